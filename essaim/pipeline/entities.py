"""What matching is given: one row per record of an organisation, and the links that records of works state themselves."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from essaim.model.record_key import source_of
from essaim.pipeline.match.cluster import cluster
from essaim.pipeline.match.identity import Identities, identify
from essaim.pipeline.match.words import Previous
from essaim.pipeline.normalise.record import Record
from essaim.values import domains
from essaim.values.name_parts import legal_class

SCHEMA: dict[str, pl.DataType | type[pl.DataType]] = {
    "record_key": pl.String,
    "source_id": pl.String,
    "kind": pl.String,
    "names": pl.List(pl.String),
    "acronyms": pl.List(pl.String),
    "country": pl.String,
    "town": pl.String,
    "postcode": pl.String,
    "address": pl.String,
    "longitude": pl.Float64,
    "latitude": pl.Float64,
    "domain": pl.String,
    "phone": pl.String,
    "identifiers": pl.List(pl.String),
    "legal_class": pl.String,
    "scope": pl.String,
}


def entities(records: Iterable[Record]) -> pl.DataFrame:
    """Return one row per record of an organisation, as `pipeline.match` asks for it."""
    rows = [_row(record) for record in records if record.kind == "organisation"]
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def _row(record: Record) -> dict[str, object]:
    said: dict[str, list[str]] = {}
    for statement in record.statements:
        value = f"{statement.unit}:{statement.value}" if statement.property == "identifier" else statement.value
        said.setdefault(statement.property, []).append(value)

    def first(name: str) -> str:
        return said.get(name, [""])[0]

    all_names = list(dict.fromkeys(said.get("name", []) + said.get("alias", []) + said.get("former_name", [])))
    return {
        "record_key": record.key,
        "source_id": source_of(record.key),
        "kind": first("kind"),
        "names": all_names,
        "acronyms": list(dict.fromkeys(said.get("acronym", []))),
        **{name: first(name) for name in ("country", "town", "postcode", "address", "phone", "scope")},
        "longitude": float(first("longitude")) if first("longitude") else None,
        "latitude": float(first("latitude")) if first("latitude") else None,
        "domain": _domain(first("website")),
        "identifiers": said.get("identifier", []),
        "legal_class": next((found for found in map(legal_class, all_names) if found), ""),
    }


def _domain(website: str) -> str:
    return domains.domain_key(website) if website else ""


def identify_works(records: Iterable[Record], previous: Previous | None) -> Identities:
    """Return the lasting ids of works: records that name the work they are the same as, or bear one DOI, are one."""
    works = [record for record in records if record.kind == "work"]
    keys = {record.key for record in works}
    same: list[tuple[str, str]] = []
    by_doi: dict[str, str] = {}
    for record in works:
        for said in record.statements:
            if said.property == "same_as" and said.value in keys:
                same.append((record.key, said.value))
            elif said.property == "doi":
                first = by_doi.setdefault(said.value.lower(), record.key)
                if first != record.key:
                    same.append((record.key, first))
    return identify(cluster([record.key for record in works], [], same=same), previous, letter="w")
