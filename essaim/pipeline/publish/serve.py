"""The serving SQLite file: one document a page, the keys that answer to it, and the lists beside it."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from essaim.model.record import Aside
from essaim.pipeline.publish.values import main_title
from essaim.release.places import Row, placed
from essaim.values.folding import fold

Page = dict[str, Any]

_SCHEMA = """
CREATE TABLE page (kind TEXT, id TEXT, slug TEXT, title TEXT, sort TEXT, fingerprint TEXT, json TEXT,
  PRIMARY KEY (kind, id)) WITHOUT ROWID;
CREATE INDEX page_sort ON page (kind, sort, id);
CREATE TABLE alias (kind TEXT, key TEXT, id TEXT, PRIMARY KEY (kind, key)) WITHOUT ROWID;
CREATE TABLE member (network_id TEXT, position INTEGER, json TEXT, PRIMARY KEY (network_id, position)) WITHOUT ROWID;
CREATE TABLE source (id TEXT PRIMARY KEY, json TEXT) WITHOUT ROWID;
CREATE TABLE aside (source_id TEXT, position INTEGER, json TEXT, PRIMARY KEY (source_id, position)) WITHOUT ROWID;
CREATE TABLE figure (name TEXT PRIMARY KEY, json TEXT) WITHOUT ROWID;
CREATE TABLE place (id TEXT, title TEXT, kind TEXT, longitude REAL, latitude REAL);
CREATE TABLE redirect (from_id TEXT PRIMARY KEY, to_id TEXT) WITHOUT ROWID;
CREATE TABLE split (id TEXT PRIMARY KEY, split_from TEXT) WITHOUT ROWID;
CREATE TABLE cluster (record_key TEXT PRIMARY KEY, id TEXT) WITHOUT ROWID;
"""


def fingerprint(page: Page) -> str:
    """Return a fingerprint of what a page says; when it was gathered and its history do not count."""
    said = {name: value for name, value in page.items() if name not in ("history", "match")}
    said["sources"] = [{name: value for name, value in source.items() if name != "gathered"} for source in page["sources"]]
    said["memberships"] = [
        {name: value for name, value in membership.items() if name != "source"} for membership in page.get("memberships", ())
    ]
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:16]


def write_serve(
    file: Path,
    *,
    pages: Mapping[str, Mapping[str, Page]],
    prints: Mapping[tuple[str, str], tuple[str, str]],
    below: Mapping[str, list[Page]],
    sources: Iterable[Page],
    asides: Iterable[Aside],
    figures: Mapping[str, Any],
    clusters: Mapping[str, str],
    redirects: Mapping[str, str],
    splits: Mapping[str, str],
) -> None:
    """Write the file whole; `pages` is kind -> lasting id -> document, `below` network id -> members."""
    connection = sqlite3.connect(file)
    try:
        connection.executescript(_SCHEMA)
        for kind, documents in pages.items():
            connection.executemany(
                "INSERT INTO page VALUES (?,?,?,?,?,?,?)", (_page_row(kind, page, prints) for page in documents.values())
            )
            connection.executemany("INSERT OR IGNORE INTO alias VALUES (?,?,?)", _aliases(kind, documents, redirects))
            connection.executemany("INSERT INTO place VALUES (?,?,?,?,?)", places_of(documents.values()))
        connection.executemany(
            "INSERT INTO member VALUES (?,?,?)",
            ((network, number, _json(told)) for network, members in below.items() for number, told in enumerate(members)),
        )
        connection.executemany("INSERT INTO source VALUES (?,?)", ((source["id"], _json(source)) for source in sources))
        connection.executemany("INSERT INTO aside VALUES (?,?,?)", _aside_rows(asides))
        connection.executemany("INSERT INTO figure VALUES (?,?)", ((name, _json(value)) for name, value in figures.items()))
        connection.executemany("INSERT INTO redirect VALUES (?,?)", redirects.items())
        connection.executemany("INSERT INTO split VALUES (?,?)", splits.items())
        connection.executemany("INSERT INTO cluster VALUES (?,?)", clusters.items())
        connection.commit()
        connection.execute("VACUUM")
    finally:
        connection.close()


def _json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _page_row(kind: str, page: Page, prints: Mapping[tuple[str, str], tuple[str, str]]) -> tuple[str, ...]:
    title = main_title(page["titles"])
    return kind, page["id"], page["slug"], title, fold(title), prints[kind, page["id"]][1], _json(page)


def _aliases(kind: str, documents: Mapping[str, Page], redirects: Mapping[str, str]) -> Iterable[tuple[str, str, str]]:
    for id in documents:
        yield kind, id, id
    for former, id in redirects.items():
        if id in documents:
            yield kind, former, id
    for name in ("record_keys", "readable_ids"):
        for id, page in documents.items():
            for key in page[name]:
                yield kind, key, id


def places_of(documents: Iterable[Page]) -> Iterable[Row]:
    """Yield the placed sites of pages; works have none."""
    for page in documents:
        kinds = page["values"].get("kind", [])
        yield from placed(page["id"], main_title(page["titles"]), kinds[0]["value"] if kinds else "", page.get("sites", ()))


def _aside_rows(asides: Iterable[Aside]) -> Iterable[tuple[str, int, str]]:
    counts: dict[str, int] = {}
    for aside in asides:
        number = counts[aside.source_id] = counts.get(aside.source_id, -1) + 1
        told = {
            "position": aside.position,
            "reason": {"code": aside.reason_code, "parameters": dict(aside.parameters)},
            "fields": dict(aside.fields),
        }
        yield aside.source_id, number, _json(told)
