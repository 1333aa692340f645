"""Why several records stand on one page: each matched pair with what was compared, found and weighed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from essaim.pages.match_reasons import bits, chance, comparison_label, outcome_words

Document = Mapping[str, Any]


@dataclass(frozen=True)
class Weighed:
    """One comparison of a pair; `is_for` tells whether it speaks for their being one."""

    label: str
    outcome: str
    bits: str
    is_for: bool


@dataclass(frozen=True)
class Pair:
    """Two records of the page.

    Attributes:
        left: a record key.
        right: the other record key.
        chance: probability that they are one, in words.
        judgement: a person's word on the pair, or empty.
        weighed: the comparisons, the heaviest first.
    """

    left: str
    right: str
    chance: str
    judgement: str
    weighed: tuple[Weighed, ...]


def pairs(document: Document) -> list[Pair]:
    """Return the matched pairs among the records of a document."""
    return [
        Pair(told["left"], told["right"], chance(told["probability"]), told["judgement"], _weighed(told["weights"]))
        for told in document["match"]
    ]


def _weighed(weights: list[Mapping[str, Any]]) -> tuple[Weighed, ...]:
    ordered = sorted(weights, key=lambda one: -abs(one["weight"]))
    return tuple(
        Weighed(
            comparison_label(one["comparison"]),
            outcome_words(one["comparison"], one["outcome"]),
            bits(one["weight"]),
            one["weight"] > 0,
        )
        for one in ordered
    )
