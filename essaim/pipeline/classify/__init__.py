"""Is it SSE, record by record: the facts that a record states, asked of every rule that applies."""

from __future__ import annotations

from collections.abc import Iterable

from essaim.pipeline.normalise.record import Record
from essaim.rules import Answer, Facts, answer_all


def classify(records: Iterable[Record]) -> dict[str, list[Answer]]:
    """Return record key -> the answers of each framework, for the records of organisations."""
    return {record.key: answer_all(facts_of(record)) for record in records if record.kind == "organisation"}


def facts_of(record: Record) -> Facts:
    """Gather what the rules may ask of a record; the first statement of a property stands."""
    found = {statement.property: statement for statement in reversed(record.statements)}

    def value(name: str) -> str:
        return found[name].value if name in found else ""

    def certainty(name: str) -> str:
        return found[name].certainty.value if name in found else ""

    return Facts(
        kind=value("kind"),
        entity_type=value("entity_type"),
        entity_type_certainty=certainty("entity_type"),
        country=value("country"),
        country_certainty=certainty("country"),
        region=value("region"),
        legal_form=value("legal_form"),
        legal_form_code=value("legal_form_code"),
    )
