"""Releases on the command line: list, show, diff, verify, roll back, prune."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from tests.cli.running import Done, run_in

Run = Callable[..., Done]


def numbers_in(home: Path) -> dict[str, str]:
    """Return number -> state, newest first."""
    return {row["number"]: row["state"] for row in json.loads(run_in(home, "release", "list").stdout)}


def test_the_newest_of_two_builds_is_served(packaged_home: Path) -> None:
    assert list(numbers_in(packaged_home).values()) == ["served", "sealed"]


def test_show_tells_the_manifest_of_the_served_or_the_named_release(run: Run, packaged_home: Path) -> None:
    newer, older = numbers_in(packaged_home)
    assert json.loads(run("release", "show").stdout)["number"] == newer
    manifest = json.loads(run("release", "show", older).stdout)
    assert manifest["number"] == older
    assert {source["id"] for source in manifest["sources"]} >= {"organisations", "memberships", "documents"}


def test_the_diff_of_two_builds_of_the_same_sources_is_empty(run: Run, packaged_home: Path) -> None:
    newer, older = numbers_in(packaged_home)
    told = json.loads(run("release", "diff").stdout)
    assert (told["from"], told["to"]) == (older, newer)
    assert set(told["counts"].values()) == {0}


def test_the_diff_of_the_first_release_tells_all_things_as_new(run: Run, packaged_home: Path) -> None:
    _, older = numbers_in(packaged_home)
    first = json.loads((packaged_home / "releases" / older / "diff.json").read_text("utf-8"))
    assert first["from"] is None
    assert first["counts"]["new"] > 600
    same = json.loads(run("release", "diff", older, older).stdout)
    assert set(same["counts"].values()) == {0}


def test_a_whole_release_is_verified(run: Run) -> None:
    done = run("release", "verify")
    assert done.returncode == 0
    assert "is whole" in done.stdout


def test_a_changed_and_a_missing_file_are_found(own_home: Path) -> None:
    served = own_home / "releases" / "current"
    with (served / "aside.jsonl").open("a") as stream:
        stream.write("{}\n")
    (served / "catalogue.jsonld").unlink()
    done = run_in(own_home, "release", "verify")
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert "aside.jsonl: its checksum differs" in line
    assert "catalogue.jsonld: missing" in line
    assert "essaim release rollback" in line


def test_rollback_serves_the_one_before_and_back_again(own_home: Path) -> None:
    newer, older = numbers_in(own_home)
    told = run_in(own_home, "release", "rollback", "--dry-run")
    assert newer in told.stdout
    assert numbers_in(own_home) == {newer: "served", older: "sealed"}
    assert run_in(own_home, "release", "rollback").stdout == f"Serving release {older}.\n"
    assert numbers_in(own_home) == {newer: "sealed", older: "served"}
    assert run_in(own_home, "release", "rollback").returncode == 1
    assert run_in(own_home, "release", "rollback", newer).returncode == 0
    assert numbers_in(own_home) == {newer: "served", older: "sealed"}


def test_prune_keeps_the_served_release_and_the_diff_of_the_other(own_home: Path) -> None:
    newer, older = numbers_in(own_home)
    assert older in run_in(own_home, "release", "prune", "--keep", "1", "--dry-run").stdout
    assert list(numbers_in(own_home)) == [newer, older]
    assert older in run_in(own_home, "release", "prune", "--keep", "1").stdout
    assert list(numbers_in(own_home)) == [newer]
    assert (own_home / "releases" / "kept" / older / "diff.json").is_file()
    assert run_in(own_home, "release", "verify").returncode == 0
    assert run_in(own_home, "release", "prune", "--keep", "0").returncode == 2
