"""The published tables: one Parquet file each, with the columns of `model.schema`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import polars as pl

from essaim.model.record_key import id_in_source, source_of
from essaim.model.schema import PEOPLE_TABLES, SEALED_COLUMNS, TABLES, Column
from essaim.model.statement import Statement
from essaim.pipeline.publish.corrections import hidden
from essaim.pipeline.publish.corrections import statements as corrected_statements
from essaim.pipeline.publish.inputs import Published
from essaim.pipeline.publish.values import main_title
from essaim.values import identifiers

Page = dict[str, Any]
_TYPES = {"text": pl.String, "integer": pl.Int64, "number": pl.Float64, "boolean": pl.Boolean, "json": pl.String}


def write_tables(
    folder: Path, published: Published, pages: Mapping[str, Mapping[str, Page]], edges: list[Page]
) -> dict[str, int]:
    """Write every table; return table -> number of rows."""
    organisations, works = pages["organisation"].values(), pages["work"].values()
    rows: dict[str, Iterable[Mapping[str, Any]]] = {
        "source": _sources(published),
        "snapshot": _snapshots(published),
        "record": _records(published),
        "statement": _statements(published),
        "organisation": (_organisation(page) for page in organisations),
        "organisation_name": _names(organisations),
        "site": _sites(organisations),
        "identifier": _identifiers(organisations),
        "membership": (_edge(edge) for edge in edges),
        "classification": _classifications(organisations),
        "cluster": ({"record_key": key, "lasting_id": id} for key, id in sorted(published.clusters.items())),
        "match": _matches(published),
        "judgement": published.judgements,
        "redirect": ({"from_id": old, "to_id": new, "reason": "merged"} for old, new in sorted(published.redirects.items())),
        "work": (_work(page) for page in works),
        "expression": _of_works(works, "expressions", {"value": "title"}),
        "location": _of_works(works, "locations", {}),
        "subject": _subjects(works),
    }
    counts = {name: write_table(folder / f"{name}.parquet", TABLES[name], rows[name]) for name in TABLES}
    for name in PEOPLE_TABLES:
        sealed = (
            {
                "id": row["id"],
                "titles": json.dumps(row.get("titles", {}), ensure_ascii=False),
                "facts": json.dumps(row, ensure_ascii=False),
            }
            for row in published.people.get(name, ())
        )
        counts[name] = write_table(folder / f"{name}.parquet", SEALED_COLUMNS, sealed)
    return counts


def write_table(file: Path, columns: tuple[Column, ...], rows: Iterable[Mapping[str, Any]]) -> int:
    """Write one table; columns that a row does not name are empty, columns that the schema does not name are an error."""
    file.parent.mkdir(parents=True, exist_ok=True)
    names = [column.name for column in columns]
    data: dict[str, list[Any]] = {name: [] for name in names}
    for row in rows:
        unknown = row.keys() - data.keys()
        if unknown:
            raise KeyError(f"{file.stem}: the schema has no column {', '.join(sorted(unknown))}")
        for column in columns:
            data[column.name].append(row.get(column.name, "" if column.type in ("text", "json") else None))
    frame = pl.DataFrame(data, schema={column.name: _TYPES[column.type] for column in columns})
    frame.write_parquet(file, compression="snappy")
    return frame.height


def _sources(published: Published) -> Iterable[Page]:
    for sourced in published.sources:
        source = sourced.source
        yield {
            "source_id": source.id,
            "title": json.dumps(source.title, ensure_ascii=False),
            "publisher": source.publisher.name,
            "licence_id": source.licence.id,
            "licence_url": source.licence.url,
            "page": source.page,
            "cadence": source.cadence,
            "record_count": len(sourced.normalised.records),
            "aside_count": len(sourced.normalised.asides),
        }


def _snapshots(published: Published) -> Iterable[Page]:
    for sourced in published.sources:
        snapshot = sourced.snapshot
        yield {
            "source_id": sourced.source.id,
            "sha256": snapshot.sha256,
            "gathered_at": snapshot.gathered_at.isoformat(timespec="seconds"),
            "checked_at": snapshot.checked_at.isoformat(timespec="seconds"),
            "place": sourced.source.data.url or sourced.source.data.file,
            "bytes": snapshot.size,
            "is_stale": snapshot.is_stale,
        }


def _records(published: Published) -> Iterable[Page]:
    for key, record in published.records.items():
        yield {
            "record_key": key,
            "source_id": source_of(key),
            "record_id": id_in_source(key),
            "kind": record.kind,
            "position": record.position,
            "checksum": record.checksum,
            "lasting_id": published.clusters.get(key, ""),
        }


def _statements(published: Published) -> Iterable[Page]:
    names = [column.name for column in TABLES["statement"]]
    unseen = hidden(published)
    for record in published.records.values():
        for statement in record.statements:
            if (published.clusters.get(record.key, ""), statement.property) not in unseen:
                yield {name: _plain(statement, name) for name in names}
    for statement in corrected_statements(published):
        yield {name: _plain(statement, name) for name in names}


def _plain(statement: Statement, name: str) -> Any:
    value = getattr(statement, name)
    return value.value if name == "certainty" else value


def _first(page: Page, property: str) -> str:
    values = page["values"].get(property, ())
    return str(values[0]["value"]) if values else ""


def _organisation(page: Page) -> Page:
    counts = sorted(page["values"].get("members_count", ()), key=lambda value: value["since"])
    return {
        "organisation_id": page["id"],
        "slug": page["slug"],
        "name": main_title(page["titles"]),
        "kind": _first(page, "kind"),
        "entity_type_code": _first(page, "entity_type"),
        "country_code": _first(page, "country"),
        "scope_code": _first(page, "scope"),
        "town": _first(page, "town"),
        "website": _first(page, "website"),
        "founded": _first(page, "founded"),
        "legal_form": _first(page, "legal_form"),
        "members_count": int(counts[-1]["value"]) if counts else None,
        "record_count": len(page["record_keys"]),
        "is_disputed": bool(page["disputed"]),
    }


def _provenance(page: Page, value: Page) -> Page:
    source = page["sources"][value["sources"][0] - 1]
    return {
        "source_id": source["source_id"],
        "record_id": source["record_id"],
        **{name: value.get(name, "") for name in ("since", "until", "language", "certainty")},
    }


def _names(pages: Iterable[Page]) -> Iterable[Page]:
    for page in pages:
        for name in page["names"]:
            yield {"organisation_id": page["id"], "name_kind": name["kind"], "value": name["value"], **_provenance(page, name)}


def _sites(pages: Iterable[Page]) -> Iterable[Page]:
    for page in pages:
        for site in page["sites"]:
            place = {name: site[name] for name in ("address", "postcode", "town", "longitude", "latitude", "place_precision")}
            yield {
                "organisation_id": page["id"],
                "country_code": site["country"],
                **place,
                **_provenance(page, site),
                "certainty": "sourced",
            }


def _identifiers(pages: Iterable[Page]) -> Iterable[Page]:
    for page in pages:
        for value in page["values"].get("identifier", ()):
            checksum = identifiers.parse(value["value"], value["unit"]).checksum
            row = {"organisation_id": page["id"], "scheme": value["unit"], "value": value["value"], "checksum": str(checksum)}
            yield row | _provenance(page, value)


def _edge(edge: Page) -> Page:
    key = edge["membership_key"]
    told = {name: value for name, value in edge.items() if name != "record"}
    return told | {"source_id": source_of(key), "record_id": id_in_source(key)}


def _classifications(pages: Iterable[Page]) -> Iterable[Page]:
    for page in pages:
        for told in page["classifications"]:
            row = {name: told[name] for name in ("framework", "answer", "rule", "rule_version")}
            yield row | {"organisation_id": page["id"], "reasons": json.dumps(told["reasons"], ensure_ascii=False)}


def _matches(published: Published) -> Iterable[Page]:
    for row in published.pairs.iter_rows(named=True):
        told = {name: row[name] for name in ("left", "right", "probability", "weight")}
        yield told | {"weights": json.dumps(row["explanation"], ensure_ascii=False)}


def _work(page: Page) -> Page:
    return {
        "work_id": page["id"],
        "slug": page["slug"],
        "title": main_title(page["titles"]),
        "work_kind": _first(page, "work_kind"),
        "year": _first(page, "year") or _first(page, "date")[:4],
        "publisher": _first(page, "publisher"),
        "authors": json.dumps(page["authors"], ensure_ascii=False),
        "doi": _first(page, "doi"),
    }


def _of_works(pages: Iterable[Page], part: str, renames: Mapping[str, str]) -> Iterable[Page]:
    for page in pages:
        for value in page[part]:
            told = {
                renames.get(name, name): item for name, item in value.items() if name not in ("sources", "language", "certainty")
            }
            yield {"work_id": page["id"], **told, **_provenance(page, value)}


def _subjects(pages: Iterable[Page]) -> Iterable[Page]:
    for page in pages:
        for value in page["values"].get("subject", ()):
            yield {"work_id": page["id"], "subject_code": value["value"], **_provenance(page, value)}
