"""Data folders for the command line: one to read, one to change, one before the first build."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from tests.cli.running import Done, run_in


@pytest.fixture(scope="session")
def run(packaged_home: Path) -> Callable[..., Done]:
    """Run a command on the packaged releases; for commands that only read."""
    return partial(run_in, packaged_home)


@pytest.fixture
def own_home(packaged_home: Path, tmp_path: Path) -> Path:
    """A copy of the packaged releases that a test may change."""
    return Path(shutil.copytree(packaged_home, tmp_path / "home", symlinks=True))


@pytest.fixture
def empty_home(tmp_path: Path) -> Path:
    """A data folder before the first build."""
    return tmp_path / "empty"
