"""A statement: record R of source S says that entity E has property P = V."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum


class Certainty(StrEnum):
    """How sure a value is; one visual language everywhere."""

    SOURCED = "sourced"
    UNVERIFIED = "unverified"
    DISPUTED = "disputed"


@dataclass(frozen=True)
class Statement:
    """One value of one property, with everything a value carries.

    Attributes:
        entity: the record key of the thing it is about: `organisations:ripess`.
        property: a name of `model.properties`.
        value: the normalised value as text.
        language: BCP 47 tag of the value when it is language; empty otherwise.
        since: ISO 8601 date from which it holds, possibly partial ("2023", "2023-05").
        until: ISO 8601 date until which it holds, possibly partial.
        certainty: sourced, unverified or disputed.
        original: the value as the source wrote it, when normalising changed it.
        unit: unit, currency or scheme, where the property needs one.
        note: the source's own caution about the value, in the source's language.
        evidence: the page on which the source saw it.
        is_evidence_shown: False where that page is a copy and never a reader's link.
        source_id: the source.
        record_id: the record in it.
    """

    entity: str
    property: str
    value: str
    source_id: str
    record_id: str
    language: str = ""
    since: str = ""
    until: str = ""
    certainty: Certainty = Certainty.SOURCED
    original: str = ""
    unit: str = ""
    note: str = ""
    evidence: str = ""
    is_evidence_shown: bool = True

    def with_certainty(self, certainty: Certainty) -> Statement:
        """Return the same statement, held to be as sure as said."""
        return replace(self, certainty=certainty)
