"""An installation that was lived in: a release, facts, people, a journal, an upload, a source of its own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from essaim.config import configuration
from tests.cli.running import run_in
from tests.postgresql import MISSING, Cluster, start

A_PERSON = """
from essaim.accounts import journal
from essaim.accounts.models import Person
Person.objects.create(email="ada@example.org", display_name="Ada Example")
for number in range(40):
    journal.record("invited", ("invitation", str(number)), None, words={"role": "observer"})
"""
OWN_SOURCE = "id: own_example\n"


@pytest.fixture(scope="session")
def lived_in(mini_release: object, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder; who writes in it copies it first."""
    home = tmp_path_factory.mktemp("lived-in") / "home"
    return furnish(home)


def furnish(home: Path, **settings: str) -> Path:
    """Fill a data folder, and the database that the settings name."""
    here = configuration()
    for name in ("releases", "snapshots", "work/normalised"):
        shutil.copytree(here.home / name, home / name, symlinks=True)
    for arguments in (["migrate"], ["load_facts"], ["reindex"], ["shell", "-c", A_PERSON]):
        done = run_in(home, "manage", *arguments, **settings)
        assert done.returncode == 0, done.stderr
    for name, content in (
        ("uploads/ab/abcd", "a minute\n" * 4000),
        ("people/judgements.jsonl", ""),
        ("sources/own/note.txt", OWN_SOURCE),
    ):
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text(content, "utf-8")
    return home


@pytest.fixture
def home(lived_in: Path, tmp_path: Path) -> Path:
    """A copy of it that a test may change."""
    return Path(shutil.copytree(lived_in, tmp_path / "home", symlinks=True))


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Cluster]:
    """A PostgreSQL of this session's own; a test that needs it is skipped where there is none, and fails in CI."""
    cluster = start()
    if cluster is None:
        pytest.skip(MISSING)
    yield cluster
    cluster.stop()
