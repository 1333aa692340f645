"""What every test stands on: a data folder of its own, and the small world built once into a release."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest

# Settings are read when Django is first imported; the tests' data folder must be named before that.
HOME = tempfile.TemporaryDirectory(prefix="essaim-tests-")
os.environ["ESSAIM_HOME"] = HOME.name
os.environ.pop("ESSAIM_CONFIG", None)

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
