"""The command lines of the documentation, run in the order of each page on a release of the packaged sources."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.reading import DOCS, ROOT, blocks, command_lines, named

RUNNING_ON = ("essaim start", "essaim serve", "essaim worker")
"""Commands that do not end by themselves; tests/cli starts and stops them."""
LEFT_TO_FILL = "..."
"""Stands in a line where only the reader knows what to write."""
REFERENCE = DOCS / "reference" / "commands.md"
PAGES = [page for page in [ROOT / "README.md", *sorted(DOCS.rglob("*.md"))] if command_lines(page)]


@pytest.fixture
def home(packaged_home: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(packaged_home, tmp_path / "home", symlinks=True))


def guided() -> set[str]:
    """Return the lines that a page before the reference runs; the reference need not build a second time."""
    return {line for page in PAGES if page != REFERENCE for line in command_lines(page)}


def run_line(line: str, home: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run one line as a shell would, `essaim` found beside this Python."""
    folder.mkdir(exist_ok=True)
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("ESSAIM_", "DJANGO_"))}
    environment |= {"ESSAIM_HOME": str(home), "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    return subprocess.run(["bash", "-c", line], cwd=folder, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_the_lines_of_a_page_run(page: Path, home: Path, tmp_path: Path) -> None:
    lay_example(page, home)
    told: list[str] = []
    elsewhere = guided() if page == REFERENCE else set()
    for line in dict.fromkeys(command_lines(page)):
        if line.startswith(RUNNING_ON) or line in elsewhere or LEFT_TO_FILL in line:
            continue
        done = run_line(line, home, tmp_path / "here")
        told += [f"{line}: {done.stderr or done.stdout[-500:]}"] if done.returncode else []
    assert not told, "\n".join(told)


def lay_example(page: Path, home: Path) -> None:
    """Lay the files that a page shows (blocks with a file name) as a source of the installation."""
    for _, name, text in blocks(page):
        if name:
            folder = home / "sources" / page.stem
            folder.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, "utf-8")


def test_the_source_of_the_how_to_page_yields_what_the_page_says(home: Path, tmp_path: Path) -> None:
    page = DOCS / "how-to" / "add-a-source.md"
    lay_example(page, home)
    assert {name for _, name, _ in blocks(page)} >= {"source.yml", "growers.csv"}
    done = run_line("essaim source check example_growers", home, tmp_path / "here")
    assert done.returncode == 0, done.stderr
    assert '"organisation": 4' in done.stdout
    assert '"record_without_id": 1' in done.stdout
    assert '"value_unusable": 1' in done.stdout
    assert "Inventée;" not in done.stdout
    assert '"warnings": []' in done.stdout
    assert "founded = 2009-03-12" in done.stdout
    assert "country = SEN" in done.stdout
    assert "A. Inventée" not in done.stdout
