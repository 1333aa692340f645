"""What every test stands on: a data folder of its own, and the small world built once into a release."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

MINI = Path(__file__).parent / "mini" / "sources"


@pytest.fixture(scope="session")
def test_data() -> Path:
    """The folder of real files, where it is at hand; a test that needs it is skipped elsewhere, and fails in CI."""
    named = os.environ.get("ESSAIM_TEST_DATA")
    if not named:
        pytest.skip("ESSAIM_TEST_DATA names no folder of real files")
    folder = Path(named)
    if not folder.is_dir():
        pytest.fail(f"ESSAIM_TEST_DATA names {folder}, which is not a folder")
    return folder


@pytest.fixture(scope="session")
def mini_release() -> object:
    """The release of the small world (tests/mini), served from the tests' data folder."""
    from essaim.config import configuration
    from essaim.pipeline.run import build
    from essaim.release import Release

    built = build(configuration(), packaged=MINI)
    assert built.is_served, built.faults
    return Release(built.folder)


@pytest.fixture(scope="session")
def packaged_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with two releases of the packaged sources, built by the command line; who writes in it copies it first."""
    home = tmp_path_factory.mktemp("packaged")
    for arguments in (["build"], ["build", "--offline"]):
        command = [sys.executable, "-m", "essaim.cli.main", *arguments]
        done = subprocess.run(command, env=os.environ | {"ESSAIM_HOME": str(home)}, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
    return home


def as_failure(report: Any) -> Any:
    """In CI a test that was skipped should have run: turn its report into a failure that says why it was skipped."""
    if os.environ.get("CI") == "true" and report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome, report.longrepr = "failed", f"in CI every test must run; {reason}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, Any, Any]:
    return as_failure((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, Any, Any]:
    return as_failure((yield))


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Tests with transactions of their own empty every table, the journal too: its guard stands down, with a test of its own."""
    from django.db import connection

    from essaim.accounts import journal_guard

    with django_db_blocker.unblock():
        journal_guard.take_down(connection)
