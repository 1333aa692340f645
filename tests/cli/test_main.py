"""The command itself: what it loads, its exit codes, and how an error is told."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.running import ESSAIM, Done, environment, run_in

WRONG_USAGE = {
    "an unknown command": ["frobnicate"],
    "an unknown source": ["source", "check", "nosuch"],
    "an unknown source to gather": ["gather", "nosuch", "--dry-run"],
    "an unknown option": ["release", "list", "--nosuch"],
    "an unknown table": ["export", "nosuch"],
    "a missing word": ["search"],
    "a port that is no number": ["serve", "--port", "eighty"],
}
FAULTS = {
    "an unknown release": (["release", "show", "2020-01-01.1"], "Run essaim release list."),
    "what is no number of a release": (["release", "verify", "yesterday"], "Run essaim release list."),
    "no release to show": (["release", "show"], "Run essaim build."),
    "no release to search": (["search", "ripess"], "Run essaim build."),
    "no release to export": (["export", "organisation"], "Run essaim build."),
    "nothing to go back to": (["release", "rollback"], "Run essaim release list."),
}
LOADED = """
import sys
sys.argv = ["essaim", *{arguments!r}]
from essaim.cli.main import main
try:
    main()
except SystemExit as stopped:
    assert not stopped.code, stopped.code
HEAVY = ("django", "duckdb", "polars", "pydantic", "tantivy", "splink")
heavy = sorted(name for name in sys.modules if name.split(".")[0] in HEAVY)
print("loaded:", ",".join(heavy), file=sys.stderr)
"""


@pytest.mark.parametrize("arguments", [["--help"], ["--version"]])
def test_help_loads_neither_django_nor_duckdb(arguments: list[str], empty_home: Path) -> None:
    code = LOADED.format(arguments=arguments)
    done = subprocess.run([sys.executable, "-c", code], env=environment(empty_home), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "loaded: \n" in done.stderr


def test_commands_that_read_a_release_load_no_django(packaged_home: Path) -> None:
    code = LOADED.format(arguments=["release", "list"])
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment(packaged_home), capture_output=True, text=True, check=False
    )
    loaded = done.stderr.partition("loaded: ")[2]
    assert "tantivy" in loaded
    assert "django" not in loaded


def test_help_gives_examples_and_writes_nothing(empty_home: Path) -> None:
    done = run_in(empty_home, "--help")
    assert done.returncode == 0
    assert "essaim start" in done.stdout
    assert not empty_home.exists()


@pytest.mark.parametrize("arguments", WRONG_USAGE.values(), ids=WRONG_USAGE.keys())
def test_wrong_usage_ends_with_2_and_no_traceback(arguments: list[str], empty_home: Path) -> None:
    done = run_in(empty_home, *arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("arguments", WRONG_USAGE.values(), ids=WRONG_USAGE.keys())
def test_wrong_usage_is_told_in_one_line_that_names_the_next_step(arguments: list[str], empty_home: Path) -> None:
    done = run_in(empty_home, *arguments)
    assert len(done.stderr.splitlines()) == 1
    assert "essaim" in done.stderr.partition(": ")[2]


def test_an_unknown_source_names_the_known_ones(empty_home: Path) -> None:
    done = run_in(empty_home, "source", "check", "nosuch")
    assert "nosuch" in done.stderr
    assert "organisations" in done.stderr


def test_an_unknown_thing_ends_with_2_and_names_the_search(packaged_home: Path) -> None:
    done = run_in(packaged_home, "show", "nosuch")
    assert done.returncode == 2
    assert "essaim search 'nosuch'" in done.stderr


@pytest.mark.parametrize(("arguments", "next_step"), FAULTS.values(), ids=FAULTS.keys())
def test_a_fault_takes_one_line_that_names_the_next_step(arguments: list[str], next_step: str, empty_home: Path) -> None:
    done = run_in(empty_home, *arguments)
    assert done.returncode == 1
    assert done.stdout == ""
    (line,) = done.stderr.splitlines()
    assert line.startswith("essaim: ")
    assert line.endswith(next_step)


def test_debug_shows_the_traceback(empty_home: Path) -> None:
    done = run_in(empty_home, "--debug", "release", "show", "2020-01-01.1")
    assert done.returncode == 1
    assert done.stderr.startswith("Traceback")
    assert "ReleaseError" in done.stderr


def test_all_faults_of_the_configuration_are_told_at_once(empty_home: Path) -> None:
    done = run_in(empty_home, "release", "list", ESSAIM_PORT="eighty", ESSAIM_BASE_URL="ftp://essaim.example.org")
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert "port: 'eighty' is not a whole number" in line
    assert "ftp://essaim.example.org" in line


def test_a_pipe_gets_json_and_a_terminal_a_table(packaged_home: Path) -> None:
    assert json.loads(run_in(packaged_home, "release", "list").stdout)[0]["state"] == "served"
    shown = on_a_terminal(packaged_home, "release", "list")
    head, _, first = shown.splitlines()[:3]
    assert re.match(r"number\s+\S\s+state\s", head), shown
    assert re.search(r"\sserved\s", first), shown


def test_a_terminal_gets_json_when_it_asks(packaged_home: Path) -> None:
    assert json.loads(on_a_terminal(packaged_home, "release", "list", "--json"))


def on_a_terminal(home: Path, *arguments: str) -> str:
    """Run a command whose standard output is a terminal, and return what stood on it, without colours."""
    ours, theirs = pty.openpty()
    more = environment(home, TERM="dumb", COLUMNS="140", NO_COLOR="1")
    with subprocess.Popen([*ESSAIM, *arguments], env=more, stdout=theirs, stderr=subprocess.PIPE) as running:
        os.close(theirs)
        parts = []
        try:
            while part := os.read(ours, 65536):
                parts.append(part)
        except OSError:
            pass  # the terminal closed with the command
    os.close(ours)
    assert running.returncode == 0
    return re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", b"".join(parts).decode("utf-8").replace("\r\n", "\n"))


def test_a_reader_that_leaves_gets_no_traceback(packaged_home: Path) -> None:
    line = f"{' '.join(ESSAIM)} export statement --format csv | head -1"
    done: Done = subprocess.run(["bash", "-c", line], env=environment(packaged_home), capture_output=True, text=True, check=False)
    assert done.stdout.startswith("entity,")
    assert "Traceback" not in done.stderr
