"""What people corrected, obeyed by the build: read from their source, laid over the pages, with the sources' word beside it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from essaim.config import Configuration
from essaim.errors import SourceError
from essaim.model.correction import LICENCE, TITLES, Correction, corrected, standing
from essaim.model.statement import Certainty, Statement
from essaim.pipeline.gather import Snapshot
from essaim.pipeline.normalise.record import Record
from essaim.pipeline.normalise.source import Normalised
from essaim.pipeline.publish.inputs import Published, Sourced
from essaim.pipeline.source_file import Licence, Place, Publisher, RecordMapping, SourceFile, ValueRule

Page = dict[str, Any]
SUMMARY = {
    "en": "What people hold instead of what the sources say, accepted by a reviewer, or said by the organisation itself.",
    "fr": "Ce que l’on tient pour vrai au lieu de ce que disent les sources : accepté en relecture ou dit par l’organisation.",
    "es": "Lo que se sostiene en lugar de lo que dicen las fuentes, aceptado en revisión o dicho por la propia organización.",
}
DECIDES = frozenset({"kind", "entity_type", "country", "legal_form_code"})
"""Properties that the rules ask for."""


def is_people_source(source_id: str) -> bool:
    """Tell whether a source is made by people of an installation; that it is empty or gone is no fault."""
    return source_id.startswith("people_")


def read_corrections(configuration: Configuration) -> tuple[list[Correction], Sourced | None]:
    """Read the people's source from the export of the database.

    Returns:
        The corrections in the order of the file, and the source; none where nobody corrected anything.

    Raises:
        SourceError: a line is no correction.
    """
    file = configuration.people / f"people_{configuration.installation}.jsonl"
    if not file.exists() or not file.stat().st_size:
        return [], None
    found = []
    for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
        try:
            found.append(Correction(**json.loads(line)))
        except (ValueError, TypeError) as error:
            step = "Run essaim build again: it writes the file anew"
            raise SourceError(f"holds no correction ({error})", f"{file.name}, line {number}", next_step=step) from error
    return found, _sourced(file, found)


def _sourced(file: Path, found: list[Correction]) -> Sourced:
    data = file.read_bytes()
    last = datetime.fromisoformat(max(one.at for one in found)).astimezone(UTC)
    source = SourceFile(
        id=file.stem,
        title=TITLES,
        summary=SUMMARY,
        publisher=Publisher(name="Essaim"),
        data=Place(file=file.name),
        format="jsonl",
        licence=Licence(id=LICENCE, url="https://creativecommons.org/licenses/by/4.0/"),
        cadence="daily",
        organisation=RecordMapping(id=("key",), values={"name": ValueRule.model_validate({"from": "value"})}),
        folder=file.parent,
    )
    snapshot = Snapshot(file, hashlib.sha256(data).hexdigest(), last, last, str(file), LICENCE, size=len(data))
    counts = {kind: sum(one.kind == kind for one in found) for kind in sorted({one.kind for one in found})}
    report = {"rows": len(found), "records": counts, "asides": {}, "repairs": {}, "left_over": {}, "warnings": []}
    return Sourced(source, snapshot, Normalised(source.id, report=report))


def by_thing(corrections: Iterable[Correction], clusters: Mapping[str, str]) -> dict[tuple[str, str], list[Correction]]:
    """Return (kind, lasting id) -> its corrections; those on records that are gone wait until they come back."""
    found: dict[tuple[str, str], list[Correction]] = {}
    for one in corrections:
        if one.about in clusters:
            found.setdefault((one.kind, clusters[one.about]), []).append(one)
    return {thing: standing(words) for thing, words in found.items()}


def decided_anew(
    records: Iterable[Record], clusters: Mapping[str, str], corrections: Mapping[tuple[str, str], list[Correction]]
) -> list[Record]:
    """Return the records of things of which something that the rules ask for was corrected, as corrected."""
    wanted = {
        id: {one.property: one.value for one in words if one.property in DECIDES and one.value}
        for (kind, id), words in corrections.items()
        if kind == "organisation"
    }
    return [
        _as_corrected(record, said)
        for record in records
        if record.kind == "organisation" and (said := wanted.get(clusters.get(record.key, ""), {}))
    ]


def _as_corrected(record: Record, said: Mapping[str, str]) -> Record:
    kept = [one for one in record.statements if one.property not in said]
    source_id, _sep, record_id = record.key.partition(":")
    new = [Statement(record.key, name, value, source_id, record_id) for name, value in said.items()]
    return replace(record, statements=(*new, *kept))


def obey(pages: Mapping[str, dict[str, Page]], below: Mapping[str, list[Page]], published: Published) -> None:
    """Lay every correction over its page, last of all, so that their sources are the last of the page's.

    The answers of the rules name the corrected values they went by, and other pages call the thing by its corrected name.
    """
    renamed: dict[str, dict[str, str]] = {}
    for (kind, id), words in published.corrections.items():
        page = pages.get(kind, {}).get(id)
        if page is None:
            continue
        laid = corrected(page, words)
        for answer in laid.get("classifications", ()):
            for datum in answer["data"]:
                told = [value for value in laid["values"].get(datum["property"], ()) if value.get("corrected")]
                if told:
                    datum |= {"value": told[0]["value"], "certainty": told[0]["certainty"], "sources": told[0]["sources"]}
        pages[kind][id] = laid
        if laid["titles"] != page["titles"]:
            renamed[id] = laid["titles"]
    if renamed:
        told = [tie for page in pages["organisation"].values() for tie in page["memberships"]]
        for tie in [*told, *(tie for ties in below.values() for tie in ties)]:
            tie["other"]["titles"] = renamed.get(tie["other"]["id"], tie["other"]["titles"])


def statements(published: Published) -> Iterable[Statement]:
    """Yield the corrections as statements of the people's source; hiding something says nothing."""
    for words in published.corrections.values():
        for one in words:
            if one.value:
                yield Statement(
                    one.about,
                    one.property,
                    one.value,
                    one.source_id,
                    one.key,
                    language=one.language,
                    since=one.since,
                    certainty=Certainty.SOURCED,
                    unit=one.unit,
                    evidence=one.evidence,
                )


def hidden(published: Published) -> set[tuple[str, str]]:
    """Return (lasting id, property) of what organisations do not show: no table of the release holds it."""
    return {(id, one.property) for (_kind, id), words in published.corrections.items() for one in words if one.is_hiding}


def tell_on_rows(tables: Mapping[str, list[dict[str, Any]]], corrections: Iterable[Correction]) -> None:
    """Put corrections of the database's kinds beside the rows that they are about."""
    for one in corrections:
        for row in tables.get(one.kind, ()):
            if row["id"] == one.about:
                told = {
                    name: getattr(one, name)
                    for name in ("key", "property", "value", "language", "at", "institution", "source_id")
                }
                row["facts"].setdefault("corrections", []).append(told)
