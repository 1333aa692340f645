"""Accepted corrections on the pages of things that the database keeps."""

from __future__ import annotations

from dataclasses import dataclass

from django import template

from essaim.desk.suggestions import RELEASED, Suggestion
from essaim.desk.suggestions_shown import property_word, value_word
from essaim.pages.released.corrections import said_by

register = template.Library()


@dataclass(frozen=True)
class Corrected:
    """One correction as the page of its thing shows it."""

    word: str
    value: str
    language: str
    who: str
    day: str
    evidence: str


@register.simple_tag
def corrections_of(kind: str, id: str) -> list[Corrected]:
    """Return what was accepted on a thing of the database; pages of a release have their corrections at each value."""
    if kind in RELEASED:
        return []
    return [_corrected(one) for one in Suggestion.objects.about(kind, [id]).accepted()]


def _corrected(one: Suggestion) -> Corrected:
    who = said_by({"is_claim": one.is_claim, "institution": one.for_institution})
    day = one.reviewed_at.date().isoformat() if one.reviewed_at else ""
    return Corrected(property_word(one.property), value_word(one), one.language, who, day, one.evidence)
