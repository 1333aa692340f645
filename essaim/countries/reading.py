"""Read countries.yaml into countries and what is known of each."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any

from essaim.countries.models import Country, CountryFact, Figure, Partner, Priority, PublicBody, Review
from essaim.pages.facts import Entry, common_columns, json_ready, names_by_language

TABLES: tuple[tuple[str, type[CountryFact], tuple[str, ...]], ...] = (
    ("figures", Figure, ("indicator", "year", "scope", "publisher", "unit", "source")),
    ("priorities", Priority, ("document", "year", "source", "priority")),
    ("institutions", PublicBody, ("name",)),
    ("partners", Partner, ("name",)),
    ("vnr", Review, ("year", "basis", "source")),
)
"""Key in the file, table, and the keys that tell one entry from another (so that a changed value is a change)."""


def read(documents: Mapping[str, Any], version: int) -> Iterator[Country | CountryFact]:
    """Yield every country, then every fact, table by table."""
    entries = documents["countries"]["countries"]
    for position, entry in enumerate(entries, 1):
        yield country(entry, position, version)
    for key, model, marks in TABLES:
        position = 0
        for entry in entries:
            taken: set[str] = set()
            for fact in entry.get(key, []):
                position += 1
                id = _free(fact_id(entry["iso3"], key, fact, marks), taken)
                yield model(id=id, country_id=entry["iso3"], **columns(model, fact), **common_columns(fact, position, version))


def country(entry: Entry, position: int, version: int) -> Country:
    """Build a country; its names in other languages come from CLDR when shown. What has a table of its own stays there."""
    own = {key: value for key, value in entry.items() if key not in {table[0] for table in TABLES}}
    return Country(
        id=entry["iso3"],
        titles=dict(entry["name"]),
        official_languages=list(entry.get("official_languages", [])),
        laws=list(entry.get("laws", [])),
        **common_columns(own, position, version),
    )


def fact_id(iso3: str, table: str, fact: Entry, marks: tuple[str, ...]) -> str:
    """Make an id from what tells the entry from others of its country; it stays when the value changes."""
    told = json.dumps([json_ready(fact.get(mark)) for mark in marks], sort_keys=True, ensure_ascii=False)
    return f"{iso3}-{table}-{hashlib.sha256(told.encode()).hexdigest()[:8]}"


def _free(id: str, taken: set[str]) -> str:
    free, count = id, 1
    while free in taken:
        count += 1
        free = f"{id}-{count}"
    taken.add(free)
    return free


def columns(model: type[CountryFact], fact: Entry) -> dict[str, Any]:
    """Return the columns of one table."""
    year = str(fact.get("year", ""))
    if model is Figure:
        return {
            "indicator": fact["indicator"],
            "value": fact["value"],
            "unit": fact["unit"],
            "year": year,
            "scope": fact.get("scope", ""),
            "publisher": fact["publisher"],
            "is_doubtful": bool(fact.get("doubtful")),
        }
    if model is Priority:
        return {"priority": fact["priority"], "document": fact["document"], "year": year, "instrument": fact.get("law", "")}
    if model is Review:
        return {"year": fact["year"], "basis": fact["basis"]}
    names = {"titles": names_by_language(fact["name"]), "kind": fact["kind"]}
    return names | ({"role": fact["role"], "instrument": fact.get("law", "")} if model is PublicBody else {})
