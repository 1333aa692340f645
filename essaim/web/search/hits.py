"""Hits as the component `hit` shows them: kind, title, place, the words met, and why it was found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext, gettext_lazy

from essaim.pages.released.values import site_address
from essaim.pages.released.words import code_label
from essaim.pages.wording import country_name, language_name, listed
from essaim.text import Hit
from essaim.web.search.labels import RELEASED_KINDS, kind_label, room_of

if TYPE_CHECKING:
    from essaim.pages.registry import Words

MOST_COUNTRIES = 3
WHY: dict[str, Words] = {
    "name": gettext_lazy("in its name"),
    "acronym": gettext_lazy("in its acronym"),
    "former_name": gettext_lazy("in a former name"),
    "body": gettext_lazy("in what is said of it"),
}


def shown(hits: Iterable[Hit]) -> list[dict[str, Any]]:
    """Return hits for the component."""
    return [_hit(hit) for hit in hits]


def _hit(hit: Hit) -> dict[str, Any]:
    return {
        "title": hit.title or hit.id,
        "title_language": hit.title_language,
        "address": site_address(hit.address),
        "kind_label": kind_label(hit.kind),
        "room": room_of(hit.kind),
        "facts": facts(hit),
        "snippet": marked(hit.snippet, hit.spans) if is_worth_showing(hit) else [],
        "why": hit.why,
        "why_text": why(hit.why),
    }


def is_worth_showing(hit: Hit) -> bool:
    """Tell whether a snippet adds something: words that were met, a town, the authors of a work; not what the title says."""
    return hit.snippet.strip() != hit.title.strip() and (bool(hit.spans) or hit.kind in RELEASED_KINDS)


def facts(hit: Hit) -> list[str]:
    """Return the short words beside the kind: countries, entity types, and the languages of a work."""
    countries = [country_name(code) for code in hit.facets.get("country", ())] if hit.kind != "country" else []
    told = [
        ", ".join(countries[:MOST_COUNTRIES])
        + (f" +{len(countries) - MOST_COUNTRIES}" if len(countries) > MOST_COUNTRIES else "")
    ]
    told += [", ".join(code_label("entity_types", code) for code in hit.facets.get("entity_type", ()))]
    if hit.kind == "work":
        told.append(", ".join(language_name(code) for code in hit.facets.get("language", ())))
    return [text for text in told if text]


def marked(snippet: str, spans: Sequence[tuple[int, int]]) -> list[dict[str, Any]]:
    """Cut a snippet into parts that were met and parts that were not.

    Args:
        snippet: plain text.
        spans: (start, end) in code points; they may touch or overlap.
    """
    parts: list[dict[str, Any]] = []
    at = 0
    for start, end in sorted(spans):
        start = max(start, at)
        if start >= end:
            continue
        parts += [{"text": snippet[at:start], "is_match": False}, {"text": snippet[start:end], "is_match": True}]
        at = end
    parts.append({"text": snippet[at:], "is_match": False})
    return [part for part in parts if part["text"]]


def why(codes: Sequence[str]) -> str:
    """Say where the words were met; empty when nothing was asked in words, or only the name answers, which one sees.

    That they are spelt otherwise is told once, above the list.
    """
    known = [code for code in codes if code in WHY]
    if not known or known == ["name"]:
        return ""
    return gettext("Found {where}").format(where=listed([str(WHY[code]) for code in known]))
