"""The filters beside a list: options with counts, what is chosen, and the way to take each back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from essaim.text import FACETS
from essaim.web.search.asked import Asked
from essaim.web.search.labels import FACET_LABELS, Labels, labels

SHOWN = 8
MOST_OPTIONS = 300
"""Options of one filter that a page carries; the rest is found by words."""
OPEN = ("kind", "country")

Counts = Mapping[str, Mapping[str, int]]


def filters(asked: Asked, counts: Counts, names: Sequence[str] = FACETS) -> dict[str, Any]:
    """Return what the components `facets` and `chosen` show of a question.

    Args:
        asked: the question.
        counts: facet -> code -> how many; each facet without its own filter.
        names: the facets that the page offers.
    """
    called = {name: labels(name, _codes(asked, counts, name)) for name in names}
    return {
        "facets": [_facet(asked, counts, name, called[name]) for name in names],
        "chosen": [
            {"label": FACET_LABELS[name], "value": called[name].get(code, code), "address": asked.without(name, code).address()}
            for name in names
            for code in asked.filters.get(name, ())
        ],
        "clear_address": Asked(asked.words).address() if asked.filters else "",
        "kept": [{"name": name, "value": code} for name, codes in asked.filters.items() for code in codes],
    }


def _codes(asked: Asked, counts: Counts, name: str) -> list[str]:
    """Return the chosen codes, then the counted ones, the greatest first."""
    return list(dict.fromkeys([*asked.filters.get(name, ()), *counts.get(name, {})]))[:MOST_OPTIONS]


def _facet(asked: Asked, counts: Counts, name: str, called: Labels) -> dict[str, Any]:
    chosen, counted = set(asked.filters.get(name, ())), counts.get(name, {})
    codes = sorted(called, key=lambda code: (code not in chosen, -counted.get(code, 0), called[code].casefold()))
    options = [
        {"code": code, "label": called[code], "count": counted.get(code, 0), "is_chosen": code in chosen} for code in codes
    ]
    cut = max(SHOWN, len(chosen))
    return {
        "name": name,
        "label": FACET_LABELS[name],
        "is_open": bool(chosen) or name in OPEN,
        "chosen_count": len(chosen),
        "options": options[:cut],
        "more": options[cut:],
    }
