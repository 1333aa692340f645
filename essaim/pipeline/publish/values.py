"""Values side by side: the same value of several sources is told once with all its sources, differing ones all stand."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from essaim.model.properties import Property
from essaim.model.record_key import id_in_source, source_of
from essaim.model.statement import Certainty, Statement
from essaim.pipeline.normalise.record import Record
from essaim.pipeline.publish.inputs import Sourced

Value = dict[str, Any]


def numbered_sources(records: list[Record], sourced: dict[str, Sourced]) -> list[dict[str, Any]]:
    """Return the numbered list of a page's sources, one a record."""
    return [
        {
            "number": number,
            "source_id": source_of(record.key),
            "source_title": sourced[source_of(record.key)].source.title,
            "record_id": id_in_source(record.key),
            "position": record.position,
            "evidence": [{"url": page.url, "is_shown": page.is_shown} for page in record.evidence],
            "licence": sourced[source_of(record.key)].source.licence.id,
            "gathered": sourced[source_of(record.key)].day,
        }
        for number, record in enumerate(records, 1)
    ]


def number_of(records: list[Record]) -> dict[str, int]:
    """Return record key -> its number in the page's list of sources."""
    return {record.key: number for number, record in enumerate(records, 1)}


def side_by_side(statements: Iterable[Statement], numbers: dict[str, int]) -> list[Value]:
    """Gather statements of one property into values: equal ones share a line, with every source that says so.

    The surest word counts: a value that one source holds unverified and another shows is sourced.
    """
    found: dict[tuple[str, str, str, str, str], Value] = {}
    for said in statements:
        key = (said.value, said.language, said.unit, said.since, said.until)
        value = found.setdefault(
            key,
            {
                "value": said.value,
                "language": said.language,
                "since": said.since,
                "until": said.until,
                "certainty": said.certainty.value,
                "original": said.original,
                "unit": said.unit,
                "note": said.note,
                "is_shown": said.is_evidence_shown,
                "sources": [],
            },
        )
        if numbers[said.entity] not in value["sources"]:
            value["sources"].append(numbers[said.entity])
        if said.certainty is Certainty.SOURCED:
            value["certainty"] = said.certainty.value
        value["is_shown"] = value["is_shown"] or said.is_evidence_shown
        value["note"] = value["note"] or said.note
    return list(found.values())


def is_disputed(property: Property, values: list[Value]) -> bool:
    """Tell whether sources disagree: a property that has one value at a time has several of one time.

    A coarser date holds the finer one ("1997" and "1997-10"), which is no dispute.
    """
    if not property.is_single:
        return False
    same_time: dict[tuple[str, str], set[str]] = {}
    for value in values:
        same_time.setdefault((value["since"], value["until"]), set()).add(value["value"])
    if property.kind == "date":
        return any(not _one_within_another(words) for words in same_time.values())
    return any(len(words) > 1 for words in same_time.values())


def _one_within_another(dates: set[str]) -> bool:
    finest = max(dates, key=len)
    return all(finest.startswith(date) for date in dates)


def dispute(values: list[Value]) -> None:
    """Mark values as disputed; a doubt of the source's own is then told by the dispute."""
    for value in values:
        value["certainty"] = Certainty.DISPUTED.value


def titles(statements: Iterable[Statement]) -> dict[str, str]:
    """Return language -> the title shown: of the best known source, a sourced one before an unverified one."""
    ordered = sorted(statements, key=lambda said: said.certainty is not Certainty.SOURCED)
    found: dict[str, str] = {}
    for said in ordered:
        found.setdefault(said.language or "und", said.value)
    return found


def main_title(by_language: dict[str, str]) -> str:
    """Return the title shown where no language is asked: English, French, Spanish, or the first there is."""
    for language in ("en", "fr", "es"):
        if language in by_language:
            return by_language[language]
    return next(iter(by_language.values()), "")
