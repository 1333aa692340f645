"""A release, opened read-only: its manifest, its pages, its lists, its index and its points."""

from __future__ import annotations

import json
import os
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import quote

from essaim.errors import ReleaseError
from essaim.formats.points import Points
from essaim.release import layout
from essaim.release.places import points_of
from essaim.text import Index

Page = dict[str, Any]


class Release:
    """One sealed release; safe to share between threads.

    Args:
        folder: the release's folder.

    Raises:
        ReleaseError: the folder holds no manifest, or one of a format this code does not read.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.number = folder.name
        self._local = threading.local()
        try:
            self.manifest: dict[str, Any] = json.loads((folder / layout.MANIFEST).read_text("utf-8"))
        except (OSError, ValueError) as error:
            raise ReleaseError("holds no readable manifest", f"release {folder.name}", next_step="Run essaim build") from error
        if self.manifest.get("format") not in layout.READABLE_FORMATS:
            raise ReleaseError(
                "is of a format this version does not read",
                f"release {folder.name}",
                str(self.manifest.get("format")),
                f"one of {layout.READABLE_FORMATS}",
                "Run essaim build to make a new one",
            )

    @property
    def is_sealed(self) -> bool:
        """False when a floor was not reached: kept, not served."""
        return bool(self.manifest["is_sealed"])

    def _rows(self, statement: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            address = f"file:{quote(str(self.folder / layout.SERVE))}?mode=ro&immutable=1"
            connection = self._local.connection = sqlite3.connect(address, uri=True, check_same_thread=False)
        return connection.execute(statement, values).fetchall()

    def find(self, kind: str, key: str) -> str | None:
        """Return the lasting id that answers for a lasting id, a record key, a readable id or a former id."""
        rows = self._rows("SELECT id FROM alias WHERE kind = ? AND key = ?", (kind, key))
        return str(rows[0][0]) if rows else None

    def page(self, kind: str, key: str) -> Page | None:
        """Return the whole document of one thing, or None when nothing answers to the key."""
        found = self.find(kind, key)
        if found is None:
            return None
        page: Page = json.loads(self._rows("SELECT json FROM page WHERE kind = ? AND id = ?", (kind, found))[0][0])
        return page

    def pages(self, kind: str, ids: Sequence[str]) -> list[Page]:
        """Return the documents of several lasting ids, in the order asked; unknown ones are left out."""
        marks = ",".join("?" * len(ids))
        rows = self._rows(f"SELECT id, json FROM page WHERE kind = ? AND id IN ({marks})", (kind, *ids)) if ids else []
        found = {row[0]: json.loads(row[1]) for row in rows}
        return [found[id] for id in ids if id in found]

    def listing(self, kind: str, offset: int = 0, limit: int = 50) -> tuple[list[Page], int]:
        """Return one page of the documents of a kind in the order of their titles, and how many there are."""
        total = self._rows("SELECT count(*) FROM page WHERE kind = ?", (kind,))[0][0]
        statement = "SELECT json FROM page WHERE kind = ? ORDER BY sort, id LIMIT ? OFFSET ?"
        return [json.loads(row[0]) for row in self._rows(statement, (kind, limit, offset))], total

    def every(self, kind: str) -> Iterator[Page]:
        """Yield every document of a kind in the order of its id."""
        last = ""
        while rows := self._rows("SELECT id, json FROM page WHERE kind = ? AND id > ? ORDER BY id LIMIT 500", (kind, last)):
            for _, text in rows:
                yield json.loads(text)
            last = rows[-1][0]

    def members(self, network_id: str, offset: int = 0, limit: int = 50) -> tuple[list[Page], int]:
        """Return one page of a network's members in the order of their titles, and how many edges there are."""
        total = self._rows("SELECT count(*) FROM member WHERE network_id = ?", (network_id,))[0][0]
        statement = "SELECT json FROM member WHERE network_id = ? ORDER BY position LIMIT ? OFFSET ?"
        return [json.loads(row[0]) for row in self._rows(statement, (network_id, limit, offset))], total

    def sources(self) -> list[Page]:
        """Return every source of the release in the order of its id."""
        return [json.loads(row[0]) for row in self._rows("SELECT json FROM source ORDER BY id")]

    def source(self, source_id: str) -> Page | None:
        """Return one source, or None."""
        rows = self._rows("SELECT json FROM source WHERE id = ?", (source_id,))
        return json.loads(rows[0][0]) if rows else None

    def asides(self, source_id: str, offset: int = 0, limit: int = 50) -> tuple[list[Page], int]:
        """Return one page of what a source had set aside, with reasons, and how many there are."""
        total = self._rows("SELECT count(*) FROM aside WHERE source_id = ?", (source_id,))[0][0]
        statement = "SELECT json FROM aside WHERE source_id = ? ORDER BY position LIMIT ? OFFSET ?"
        return [json.loads(row[0]) for row in self._rows(statement, (source_id, limit, offset))], total

    def figures(self) -> dict[str, Any]:
        """Return the counts computed once for the whole release (see `pipeline.publish.figures`)."""
        return {name: json.loads(text) for name, text in self._rows("SELECT name, json FROM figure")}

    def fingerprints(self) -> list[tuple[str, str, str, str]]:
        """Return (kind, id, title, fingerprint of the content) of every thing, in the order of kind and id."""
        return self._rows("SELECT kind, id, title, fingerprint FROM page ORDER BY kind, id")

    def redirects(self) -> dict[str, str]:
        """Return former lasting id -> the id that answers for it."""
        return dict(self._rows("SELECT from_id, to_id FROM redirect"))

    def splits(self) -> dict[str, str]:
        """Return lasting id -> the id that it was split from."""
        return dict(self._rows("SELECT id, split_from FROM split"))

    def clusters(self) -> dict[str, str]:
        """Return record key -> lasting id."""
        return dict(self._rows("SELECT record_key, id FROM cluster"))

    def diff(self) -> dict[str, Any]:
        """Return what changed since the release before: new, gone, merged, split, changed."""
        diff: dict[str, Any] = json.loads((self.folder / layout.DIFF).read_text("utf-8"))
        return diff

    def index(self) -> Index:
        """Return the release's search index, opened once."""
        return self._index

    def points(self) -> Points:
        """Return the points of the map, read once; what is known to the country only has none."""
        return self._points

    @cached_property
    def _index(self) -> Index:
        return Index.open(self.folder / layout.SEARCH)

    @cached_property
    def _points(self) -> Points:
        return points_of(self._rows("SELECT id, title, kind, longitude, latitude FROM place"))


def open_release(folder: Path, number: str) -> Release:
    """Open one release by its number.

    Raises:
        ReleaseError: there is none of that number.
    """
    if not layout.is_number(number) or not (folder / number).is_dir():
        known = ", ".join(release.number for release in all_releases(folder)[:5]) or "none yet"
        raise ReleaseError("there is no release", "", number, f"one of: {known}", "Run essaim release list")
    return Release(folder / number)


def all_releases(folder: Path) -> list[Release]:
    """Open every release, newest first; a folder that is not one is passed over."""
    if not folder.is_dir():
        return []
    numbers = sorted((path.name for path in folder.iterdir() if layout.is_number(path.name)), key=layout.sort_key, reverse=True)
    return [Release(folder / number) for number in numbers if (folder / number / layout.MANIFEST).is_file()]


_opened: dict[str, Release] = {}
_lock = threading.Lock()


def current(folder: Path) -> Release | None:
    """Return the served release, or None before the first build; a switch is seen at the next call."""
    try:
        number = os.readlink(folder / layout.CURRENT)
    except OSError:
        return None
    key = str(folder / number)
    with _lock:
        if key not in _opened:
            opened = Release(folder / number)
            for other in [name for name in _opened if name.startswith(str(folder))]:
                del _opened[other]
            _opened[key] = opened
        return _opened[key]
