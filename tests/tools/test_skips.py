"""In CI a test that was skipped should have run: it fails, and says why it was skipped."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SKIPPED = """
import pytest

def test_that_needs_something():
    pytest.skip("no Chromium on this machine")

@pytest.mark.xfail(reason="known")
def test_that_is_known_to_fail():
    assert False
"""


@pytest.mark.parametrize(("in_ci", "code", "told"), [("true", 1, "1 failed, 1 xfailed"), ("", 0, "1 skipped, 1 xfailed")])
def test_a_skip_is_a_failure_in_ci_only(tmp_path: Path, in_ci: str, code: int, told: str) -> None:
    file = tmp_path / "test_skipped.py"
    file.write_text(SKIPPED, "utf-8")
    options = ["-q", "-ra", "-p", "tests.conftest", "-c", os.devnull, "--rootdir", str(tmp_path), str(file)]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-p", "no:django", *options],
        cwd=ROOT,
        env=os.environ | {"CI": in_ci},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == code, done.stdout + done.stderr
    assert told in done.stdout
    assert "no Chromium on this machine" in done.stdout
