"""What the release's search index is fed: every organisation and work, in all its languages."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any

from essaim.text import Entry

Page = dict[str, Any]


def entries(pages: Mapping[str, Mapping[str, Page]]) -> Iterable[Entry]:
    """Yield the index entries of a release's pages."""
    for page in pages["organisation"].values():
        yield organisation_entry(page)
    for page in pages["work"].values():
        yield work_entry(page)


def organisation_entry(page: Page) -> Entry:
    """Return the index entry of an organisation."""
    shown = set(page["titles"].values())
    placed = [site for site in page["sites"] if site["longitude"] is not None]
    return Entry(
        kind="organisation",
        id=page["id"],
        titles=page["titles"],
        names=[(name["language"], name["value"], name["kind"]) for name in page["names"] if name["value"] not in shown],
        bodies=[
            (value["language"], value["value"])
            for name in ("town", "legal_form", "activity", "note")
            for value in page["values"].get(name, ())
        ],
        facets={
            "kind": ["organisation"],
            "country": _values(page, "country"),
            "entity_type": _values(page, "entity_type"),
            "sector": _values(page, "sector"),
            "network": sorted({membership["other"]["id"] for membership in page["memberships"]}),
            "source": sorted({source["source_id"] for source in page["sources"]}),
            "language": sorted({name["language"] for name in page["names"] if name["language"]}),
        },
        address=f"/organisations/{page['id']}-{page['slug']}",
        longitude=placed[0]["longitude"] if placed else None,
        latitude=placed[0]["latitude"] if placed else None,
        weight=1 + math.log1p(page["members_total"]) + 0.2 * (len(page["record_keys"]) - 1),
    )


def work_entry(page: Page) -> Entry:
    """Return the index entry of a work."""
    people = [("", author) for author in page["authors"]]
    about = [("", value["value"]) for name in ("publisher", "series", "doi", "year") for value in page["values"].get(name, ())]
    return Entry(
        kind="work",
        id=page["id"],
        titles=page["titles"],
        names=[],
        bodies=people + about,
        facets={
            "kind": ["work"],
            "country": _values(page, "country"),
            "source": sorted({source["source_id"] for source in page["sources"]}),
            "language": sorted(set(_values(page, "work_language"))),
        },
        address=f"/works/{page['id']}-{page['slug']}",
        weight=1.0,
    )


def _values(page: Page, property: str) -> list[str]:
    return list(dict.fromkeys(value["value"] for value in page["values"].get(property, ())))
