"""Releases kept: sealed, compared, verified, served, rolled back and pruned, and never half there."""

from __future__ import annotations

import json
import os
import sqlite3
from datetime import date
from pathlib import Path

import pytest

from essaim.errors import ReleaseError
from essaim.pipeline.publish.serve import _SCHEMA
from essaim.release import (
    all_releases,
    current,
    diff_between,
    layout,
    next_number,
    open_release,
    prune,
    rollback,
    seal,
    switch,
    verify,
)


def make(
    releases: Path, number: str, things: dict[str, str], redirects: dict[str, str] | None = None, faults: list[str] | None = None
) -> Path:
    """Seal a small release: things are id -> what it says."""
    releases.mkdir(exist_ok=True)
    unfinished = releases / f".unfinished-{number}"
    unfinished.mkdir()
    connection = sqlite3.connect(unfinished / layout.SERVE)
    connection.executescript(_SCHEMA)
    for id, says in things.items():
        connection.execute(
            "INSERT INTO page VALUES ('organisation',?,?,?,?,?,?)", (id, id, says, says, says, json.dumps({"id": id}))
        )
    connection.executemany("INSERT INTO redirect VALUES (?,?)", (redirects or {}).items())
    connection.commit()
    connection.close()
    (unfinished / layout.DIFF).write_text(json.dumps({"from": None, "to": number, "counts": {}}))
    return seal(unfinished, releases, number, {"counts": {}, "sources": []}, faults or [])


def test_nothing_is_served_before_the_first_release(tmp_path: Path) -> None:
    assert current(tmp_path) is None
    assert all_releases(tmp_path / "nowhere") == []


def test_numbers_count_within_a_day_and_are_never_used_twice(tmp_path: Path) -> None:
    day = date(2026, 11, 24)
    assert next_number(tmp_path, day) == "2026-11-24.1"
    for number in ("2026-11-24.1", "2026-11-24.9", "2026-11-24.10"):
        make(tmp_path, number, {"a": "1"})
    switch(tmp_path, "2026-11-24.10")
    prune(tmp_path, 1)
    assert [release.number for release in all_releases(tmp_path)] == ["2026-11-24.10"]
    assert next_number(tmp_path, day) == "2026-11-24.11"


def test_the_switch_is_one_step_and_seen_by_those_who_read(tmp_path: Path) -> None:
    make(tmp_path, "2026-11-24.1", {"a": "1"})
    make(tmp_path, "2026-11-24.2", {"a": "2"})
    switch(tmp_path, "2026-11-24.1")
    first = current(tmp_path)
    assert first is not None
    switch(tmp_path, "2026-11-24.2")
    second = current(tmp_path)
    assert second is not None
    assert (first.number, second.number) == ("2026-11-24.1", "2026-11-24.2")
    assert os.readlink(tmp_path / "current") == "2026-11-24.2"
    assert not list(tmp_path.glob(".current*"))


def test_a_release_that_was_not_sealed_is_kept_and_never_served(tmp_path: Path) -> None:
    make(tmp_path, "2026-11-24.1", {"a": "1"})
    switch(tmp_path, "2026-11-24.1")
    make(tmp_path, "2026-11-24.2", {}, faults=["it holds no organisation"])
    with pytest.raises(ReleaseError, match="holds no organisation"):
        switch(tmp_path, "2026-11-24.2")
    served = current(tmp_path)
    assert served is not None
    assert served.number == "2026-11-24.1"


def test_the_way_back_goes_to_the_sealed_one_before(tmp_path: Path) -> None:
    for number, faults in (("2026-11-24.1", []), ("2026-11-24.2", ["too few"]), ("2026-11-24.3", [])):
        make(tmp_path, number, {"a": "1"}, faults=faults)
    switch(tmp_path, "2026-11-24.3")
    assert rollback(tmp_path) == "2026-11-24.1"
    with pytest.raises(ReleaseError, match="no earlier release"):
        rollback(tmp_path)


def test_a_changed_a_missing_and_a_strange_file_are_told(tmp_path: Path) -> None:
    folder = make(tmp_path, "2026-11-24.1", {"a": "1"})
    (folder / "more.txt").write_text("kept")
    release = open_release(tmp_path, "2026-11-24.1")
    assert verify(release) == ["more.txt: not in the manifest"]
    (folder / "more.txt").unlink()
    assert verify(release) == []
    with (folder / layout.SERVE).open("ab") as stream:
        stream.write(b"x")
    (folder / layout.DIFF).unlink()
    assert verify(release) == ["diff.json: missing", "serve.sqlite: its checksum differs from the manifest's"]


def test_the_diff_says_new_gone_merged_and_changed(tmp_path: Path) -> None:
    make(tmp_path, "2026-11-24.1", {"a": "1", "b": "1", "c": "1", "d": "1"})
    make(tmp_path, "2026-11-24.2", {"a": "1", "b": "2", "e": "1"}, redirects={"c": "a"})
    told = diff_between(open_release(tmp_path, "2026-11-24.1"), open_release(tmp_path, "2026-11-24.2"))
    assert told["counts"] == {"new": 1, "gone": 1, "merged": 1, "split": 0, "changed": 1}
    assert told["merged"][0]["into"] == "a"
    assert [told[event][0]["id"] for event in ("new", "gone", "changed")] == ["e", "d", "b"]


def test_pruning_keeps_the_served_one_and_every_diff(tmp_path: Path) -> None:
    for number in range(1, 6):
        make(tmp_path, f"2026-11-24.{number}", {"a": str(number)})
    switch(tmp_path, "2026-11-24.2")
    assert prune(tmp_path, keep=1) == ["2026-11-24.1", "2026-11-24.3", "2026-11-24.4"]
    assert [release.number for release in all_releases(tmp_path)] == ["2026-11-24.5", "2026-11-24.2"]
    assert sorted(path.name for path in (tmp_path / "kept").iterdir()) == ["2026-11-24.1", "2026-11-24.3", "2026-11-24.4"]
    assert (tmp_path / "kept" / "2026-11-24.3" / "diff.json").exists()


def test_a_number_that_is_taken_is_refused(tmp_path: Path) -> None:
    make(tmp_path, "2026-11-24.1", {"a": "1"})
    with pytest.raises(ReleaseError, match="taken"):
        make(tmp_path, "2026-11-24.1", {"a": "2"})


def test_a_manifest_of_another_format_is_refused_in_words(tmp_path: Path) -> None:
    folder = make(tmp_path, "2026-11-24.1", {"a": "1"})
    manifest = json.loads((folder / layout.MANIFEST).read_text())
    (folder / layout.MANIFEST).write_text(json.dumps(manifest | {"format": 99}))
    with pytest.raises(ReleaseError, match="does not read"):
        open_release(tmp_path, "2026-11-24.1")


def test_an_unknown_number_names_those_there_are(tmp_path: Path) -> None:
    make(tmp_path, "2026-11-24.1", {"a": "1"})
    with pytest.raises(ReleaseError, match=r"2026-11-24\.1"):
        open_release(tmp_path, "../etc")
