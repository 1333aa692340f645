"""Gathering keeps exact bytes, adds nothing when nothing changed, and never loses the last good snapshot."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from essaim.errors import FetchError, SourceError
from essaim.formats.fetch import Courtesy
from essaim.pipeline.gather import Snapshot, gather, last_snapshot

from .web import serving

MONDAY = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
TUESDAY = MONDAY + timedelta(days=1)
WEDNESDAY = MONDAY + timedelta(days=2)
HASTE = Courtesy("https://essaim.example.org", timeout_s=0.5, retries=1, sleep=lambda _seconds: None)
FIRST, SECOND = b"name\nExample One\n", b"name\nExample Two\n"

Gather = Callable[..., Snapshot]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "snapshots" / "xx_example"


@pytest.fixture
def gathers(folder: Path) -> Gather:
    def one(place: str | Path, now: datetime = MONDAY, offline: bool = False) -> Snapshot:
        return gather("xx_example", str(place), folder, licence="CC0-1.0", offline=offline, now=now, courtesy=HASTE)

    return one


def kept(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


def test_the_exact_bytes_are_kept_with_what_is_known_of_them(gathers: Gather, folder: Path) -> None:
    with serving(FIRST, etag='"1"') as server:
        snapshot = gathers(server.url)
        assert snapshot.path.read_bytes() == FIRST
        assert snapshot.path.name == hashlib.sha256(FIRST).hexdigest()[:16] + ".csv"
        assert snapshot == last_snapshot(folder)
        assert not snapshot.is_stale
        note = json.loads((folder / f"{snapshot.path.name}.json").read_text())
        assert note == {
            "file": snapshot.path.name,
            "place": server.url,
            "gathered_at": "2026-11-23T12:00:00+00:00",
            "sha256": hashlib.sha256(FIRST).hexdigest(),
            "size": len(FIRST),
            "licence": "CC0-1.0",
            "etag": '"1"',
            "last_modified": "",
            "content_type": "text/csv",
            "status": 200,
        }
    assert kept(folder) == sorted([snapshot.path.name, f"{snapshot.path.name}.json", "latest.json"])


@pytest.mark.parametrize("etag", ['"1"', ""])
def test_unchanged_content_adds_no_copy(gathers: Gather, folder: Path, etag: str) -> None:
    with serving(FIRST, etag=etag) as server:
        gathers(server.url)
        before = kept(folder)
        again = gathers(server.url, TUESDAY)
        assert server.asked[-1].get("if-none-match", "") == etag
    assert kept(folder) == before
    assert (again.gathered_at, again.checked_at) == (MONDAY, TUESDAY)
    assert again == last_snapshot(folder)


def test_changed_content_makes_a_second_snapshot(gathers: Gather, folder: Path) -> None:
    with serving(FIRST, etag='"1"') as server:
        first = gathers(server.url)
        server.become(SECOND, etag='"2"')
        second = gathers(server.url, TUESDAY)
        assert first.path.read_bytes() == FIRST
        assert second.path.read_bytes() == SECOND
        assert last_snapshot(folder) == second
        server.become(FIRST, etag='"3"')
        back = gathers(server.url, WEDNESDAY)
    assert back.path == first.path
    assert last_snapshot(folder) == back
    assert len(list(folder.glob("*.csv"))) == 2


def test_a_failing_source_keeps_its_last_good_snapshot(gathers: Gather, folder: Path) -> None:
    with serving(FIRST) as server:
        good = gathers(server.url)
        server.fail(500)
        stale = gathers(server.url, TUESDAY)
        assert stale.is_stale
        assert "status 500" in stale.problem
        assert stale.path.read_bytes() == FIRST
        assert (stale.gathered_at, stale.checked_at) == (good.gathered_at, MONDAY)
        assert last_snapshot(folder) == stale
        server.become(FIRST)
        assert not gathers(server.url, WEDNESDAY).is_stale
    assert not [name for name in kept(folder) if name.startswith(".")]


def test_a_source_that_never_came_is_told(gathers: Gather, folder: Path) -> None:
    with serving(FIRST) as server:
        server.fail(404)
        with pytest.raises(FetchError) as caught:
            gathers(server.url)
    assert caught.value.where.startswith("xx_example, http://127.0.0.1")
    assert last_snapshot(folder) is None


def test_offline_uses_what_there_is_and_asks_nothing(gathers: Gather, folder: Path) -> None:
    with serving(FIRST) as server:
        with pytest.raises(FetchError, match="offline"):
            gathers(server.url, offline=True)
        assert server.asked == []
        good = gathers(server.url)
        count = len(server.asked)
        assert gathers(server.url, TUESDAY, offline=True) == good
        assert len(server.asked) == count


def test_a_file_is_gathered_like_an_address_even_offline(gathers: Gather, folder: Path, tmp_path: Path) -> None:
    place = tmp_path / "Members 2026.XLSX"
    place.write_bytes(b"bytes")
    snapshot = gathers(place, offline=True)
    assert snapshot.path.suffix == ".xlsx"
    assert snapshot.path.read_bytes() == b"bytes"
    place.unlink()
    stale = gathers(place, TUESDAY)
    assert stale.is_stale
    assert "Members 2026" in stale.problem
    assert stale.path == snapshot.path


@pytest.mark.parametrize("content", [None, b""])
def test_a_missing_or_empty_file_is_told(gathers: Gather, tmp_path: Path, content: bytes | None) -> None:
    place = tmp_path / "absent.csv"
    if content is not None:
        place.write_bytes(content)
    with pytest.raises(FetchError, match="xx_example"):
        gathers(place)
    with pytest.raises(FetchError, match="Correct the path"):
        gathers(tmp_path)


def test_an_address_that_is_not_of_the_web_is_told(gathers: Gather, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(FIRST)
    with pytest.raises(FetchError, match="only http"):
        gathers(f"file://{tmp_path}/a.csv")


@pytest.mark.parametrize(
    ("path", "content_type", "suffix"),
    [
        ("/export.php?format=csv", "text/csv", ".csv"),
        ("/data", "application/json", ".json"),
        ("/a.csv", "application/octet-stream", ".csv"),
        ("/a.ods", "application/octet-stream", ".ods"),
        ("/data", "", ""),
    ],
)
def test_the_suffix_tells_the_format(gathers: Gather, path: str, content_type: str, suffix: str) -> None:
    with serving(FIRST, path=path, content_type=content_type) as server:
        assert gathers(server.url).path.suffix == suffix


def test_a_damaged_snapshot_is_passed_over_and_gathered_anew(gathers: Gather, folder: Path) -> None:
    with serving(FIRST, etag='"1"') as server:
        first = gathers(server.url)
        server.become(SECOND, etag='"2"')
        second = gathers(server.url, TUESDAY)
        second.path.write_bytes(b"cut")
        before = last_snapshot(folder)
        assert before is not None
        assert (before.path, before.is_stale) == (first.path, True)
        again = gathers(server.url, WEDNESDAY)
    assert again.path.read_bytes() == SECOND
    assert last_snapshot(folder) == again


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"file": 1}', '{"file": "../../x", "sha256": "a", "size": 1, "gathered_at": "x"}']
)
def test_a_damaged_note_stops_nobody(gathers: Gather, folder: Path, text: str) -> None:
    folder.mkdir(parents=True)
    (folder / "latest.json").write_text(text)
    (folder / "0123456789abcdef.csv.json").write_text(text)
    assert last_snapshot(folder) is None
    with serving(FIRST) as server:
        assert gathers(server.url) == last_snapshot(folder)


def test_what_a_killed_run_left_is_swept_after_a_day(gathers: Gather, folder: Path) -> None:
    folder.mkdir(parents=True)
    for name, age_s in ((".part-old", 2 * 24 * 3600), (".part-young", 60)):
        (folder / name).write_bytes(b"half")
        os.utime(folder / name, (time.time() - age_s,) * 2)
    with serving(FIRST) as server:
        gathers(server.url)
    assert [name for name in kept(folder) if name.startswith(".")] == [".part-young"]


FULL_DISK = """
import resource, sys
from pathlib import Path
from essaim.errors import FetchError, SourceError
from essaim.pipeline.gather import gather
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
try:
    gather("xx_example", sys.argv[1], Path(sys.argv[2]))
except SourceError as error:
    assert not isinstance(error, FetchError)
    print(error)
"""


@pytest.mark.parametrize("is_address", [True, False])
def test_a_full_disk_leaves_the_last_good_snapshot_whole(gathers: Gather, folder: Path, tmp_path: Path, is_address: bool) -> None:
    place = tmp_path / "members.csv"
    with serving(FIRST) as server:
        place.write_bytes(FIRST)
        good = gathers(server.url if is_address else place)
        before = kept(folder)
        large = b"name\n" + b"x" * 300_000
        place.write_bytes(large)
        server.become(large)
        where = server.url if is_address else str(place)
        done = subprocess.run([sys.executable, "-c", FULL_DISK, where, str(folder)], capture_output=True, text=True, check=True)
        assert "the disk is full" in done.stdout
        assert "Free space" in done.stdout
        assert kept(folder) == before
        assert last_snapshot(folder) == good
        assert good.path.read_bytes() == FIRST
        assert gathers(where, TUESDAY).path.read_bytes() == large


def test_a_folder_that_cannot_be_made_is_told(gathers: Gather, folder: Path, tmp_path: Path) -> None:
    folder.parent.write_bytes(b"a file stands here")
    (tmp_path / "a.csv").write_bytes(FIRST)
    with pytest.raises(SourceError, match="xx_example") as caught:
        gathers(tmp_path / "a.csv")
    assert not isinstance(caught.value, FetchError)
