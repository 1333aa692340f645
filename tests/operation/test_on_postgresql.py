"""The same on PostgreSQL: pages, backup, restore, and what is kept when a restore is killed."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from tests.cli.running import ROOT, environment, run_in
from tests.operation.comparing import answers, files, serving
from tests.operation.conftest import furnish
from tests.operation.test_backup_and_restore import PAGES
from tests.postgresql import Cluster


@pytest.fixture(scope="session")
def kept_home(postgresql: Cluster, mini_release: object, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A data folder whose database is in PostgreSQL, and the address of that database."""
    url = postgresql.make("lived_in")
    return furnish(tmp_path_factory.mktemp("on-postgresql") / "home", ESSAIM_DATABASE_URL=url), url


def backed_up(kept_home: tuple[Path, str], target: Path) -> None:
    done = run_in(kept_home[0], "backup", str(target), ESSAIM_DATABASE_URL=kept_home[1])
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["database"] == "postgresql"


def names(url: str, schema: str = "public") -> list[str]:
    """Return the names of the persons that a schema keeps."""
    with psycopg.connect(url) as connection:
        return [row[0] for row in connection.execute(f'SELECT display_name FROM "{schema}".accounts_person ORDER BY id')]


def schemas(url: str) -> set[str]:
    """Return the schemas of a database that are not PostgreSQL's own."""
    with psycopg.connect(url) as connection:
        asked = "SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'"
        return {row[0] for row in connection.execute(asked)}


def rename(url: str, name: str) -> None:
    """Write into the database."""
    with psycopg.connect(url) as connection:
        connection.execute("UPDATE accounts_person SET display_name = %s", [name])


def test_a_restored_copy_gives_the_same_pages(kept_home: tuple[Path, str], postgresql: Cluster, tmp_path: Path) -> None:
    home, url = kept_home
    there = postgresql.make("elsewhere")
    with serving(home, ESSAIM_DATABASE_URL=url) as address:
        before = answers(address, PAGES)
        backed_up(kept_home, tmp_path / "backup.tar")
    done = run_in(tmp_path / "elsewhere", "restore", str(tmp_path / "backup.tar"), ESSAIM_DATABASE_URL=there)
    assert done.returncode == 0, done.stderr
    with serving(tmp_path / "elsewhere", ESSAIM_DATABASE_URL=there) as address:
        after = answers(address, PAGES)
    assert {path: status for path, (status, _) in before.items()} == dict.fromkeys(PAGES, 200)
    assert [path for path in PAGES if before[path] != after[path]] == []
    assert files(home) == files(tmp_path / "elsewhere")
    again = run_in(tmp_path / "elsewhere", "manage", "migrate", "--check", ESSAIM_DATABASE_URL=there)
    assert again.returncode == 0, again.stderr


def test_the_pages_are_those_of_sqlite(kept_home: tuple[Path, str], lived_in: Path) -> None:
    with serving(kept_home[0], ESSAIM_DATABASE_URL=kept_home[1]) as address:
        on_postgresql = answers(address, PAGES)
    with serving(lived_in) as address:
        on_sqlite = answers(address, PAGES)
    assert [path for path in PAGES if on_postgresql[path] != on_sqlite[path]] == []


def test_what_was_there_stays_as_a_schema_and_a_backup_leaves_it_out(
    kept_home: tuple[Path, str], postgresql: Cluster, tmp_path: Path
) -> None:
    url, home = postgresql.make("replaced"), tmp_path / "home"
    backed_up(kept_home, tmp_path / "backup.tar")
    assert run_in(home, "restore", str(tmp_path / "backup.tar"), ESSAIM_DATABASE_URL=url).returncode == 0
    rename(url, "Written since")
    refused = run_in(home, "restore", str(tmp_path / "backup.tar"), ESSAIM_DATABASE_URL=url)
    assert "the database's tables" in refused.stderr
    done = run_in(home, "restore", "--replace", str(tmp_path / "backup.tar"), ESSAIM_DATABASE_URL=url)
    assert done.returncode == 0, done.stderr
    [aside] = schemas(url) - {"public"} - {name for name in schemas(url) if not has_persons(url, name, "Written since")}
    assert aside.startswith("before_")
    assert names(url) == ["Ada Example"]
    again = run_in(home, "backup", str(tmp_path / "again.tar"), ESSAIM_DATABASE_URL=url)
    assert again.returncode == 0, again.stderr
    empty = postgresql.make("empty")
    assert run_in(tmp_path / "third", "restore", str(tmp_path / "again.tar"), ESSAIM_DATABASE_URL=empty).returncode == 0
    assert names(empty) == ["Ada Example"]


def has_persons(url: str, schema: str, name: str) -> bool:
    """Tell whether a schema keeps a person of that name; one of an empty database keeps nothing."""
    try:
        return name in names(url, schema)
    except psycopg.errors.UndefinedTable:
        return False


def test_a_backup_of_sqlite_is_not_put_into_postgresql(home: Path, postgresql: Cluster, tmp_path: Path) -> None:
    assert run_in(home, "backup", str(tmp_path / "backup.tar")).returncode == 0
    url = postgresql.make("of_another_kind")
    refused = run_in(tmp_path / "elsewhere", "restore", str(tmp_path / "backup.tar"), ESSAIM_DATABASE_URL=url)
    assert refused.returncode == 1
    assert "another kind" in refused.stderr
    assert schemas(url) == {"public"}


@pytest.mark.timeout(900)
def test_a_killed_restore_changes_nothing_or_is_finished_by_the_next_start(
    kept_home: tuple[Path, str], postgresql: Cluster, tmp_path: Path
) -> None:
    archive, log, source = tmp_path / "backup.tar", tmp_path / "log", tmp_path / "source"
    backed_up(kept_home, archive)
    url = postgresql.make("killed")
    shutil.copytree(kept_home[0], source, symlinks=True)
    assert run_in(source, "restore", "--replace", str(archive), ESSAIM_DATABASE_URL=url).returncode == 0

    def killed(at: str) -> int:
        told = {"KILL_AT": at, "KILL_LOG": str(log), "KILL_BELOW": str(source), "ESSAIM_DATABASE_URL": url}
        command = [sys.executable, "-m", "tests.operation.killing", "restore", "--replace", str(archive)]
        done = subprocess.run(command, env=environment(source) | told, cwd=ROOT, capture_output=True, check=False)
        return done.returncode

    staged = source / ".restoring"
    before = [f"open {staged}/releases/", f"os.remove {staged}/database.dump", f"os.rename {source}/.restore-in-hand.json"]
    after = [f"os.rename {source}/releases", f"os.remove {source}/restore-in-hand.json"]
    for at in [*before, *after]:
        rename(url, f"Written before {at[-30:]}")
        assert killed(at) == -signal.SIGKILL, at
        assert run_in(source, "manage", "check", ESSAIM_DATABASE_URL=url).returncode == 0
        if at in before:
            assert names(url) == [f"Written before {at[-30:]}"]
        else:
            assert names(url) == ["Ada Example"]
            asides = [name for name in schemas(url) if name.startswith("before_")]
            assert any(has_persons(url, name, f"Written before {at[-30:]}") for name in asides)
            rename(url, "Ada Example")
    assert os.path.exists(source / "releases" / "current" / "manifest.json")
