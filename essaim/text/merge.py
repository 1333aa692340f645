"""Merging: the answers of several indexes become one, by rank fusion."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from essaim.text.entry import Hit, Results

FUSED = 200
"""How many hits of each index take part; ask each for that many, from its first."""
_DAMPING = 60


def merge(results: Sequence[Results], limit: int, offset: int) -> Results:
    """Merge the answers of several indexes to one query.

    Each hit scores 1 / (60 + rank) in each answer. Where one index has the words as typed, the corrected and the partial
    answers of the others are left out: they were only made because that index had nothing better.

    Args:
        results: answers to the same query, each from its first hit (offset 0), `FUSED` hits or fewer.
        limit: hits wanted.
        offset: hits passed over.

    Source: G. Cormack, C. Clarke, S. Büttcher, "Reciprocal Rank Fusion", SIGIR 2009.
    """
    best = min((_looseness(answer) for answer in results if answer.total), default=0)
    answers = [answer for answer in results if _looseness(answer) == best]
    hits = _fused(answers)
    return Results(
        hits=hits[max(0, offset) :][: max(0, limit)],
        total=sum(answer.total for answer in answers),
        facets=_added([answer.facets for answer in answers]),
        corrected=bool(best & 1),
        partial=bool(best & 2),
    )


def _looseness(answer: Results) -> int:
    return 2 * answer.partial + answer.corrected


def _fused(answers: Sequence[Results]) -> list[Hit]:
    scores: Counter[tuple[str, str]] = Counter()
    hits: dict[tuple[str, str], Hit] = {}
    for answer in answers:
        for rank, hit in enumerate(answer.hits[:FUSED], start=1):
            key = hit.kind, hit.id
            scores[key] += 1 / (_DAMPING + rank)  # type: ignore[assignment]
            hits.setdefault(key, hit)
    ordered = sorted(hits, key=lambda key: (-scores[key], key))
    return [replace(hits[key], score=float(scores[key])) for key in ordered]


def _added(facets: Sequence[Mapping[str, Mapping[str, int]]]) -> dict[str, dict[str, int]]:
    counts: dict[str, Counter[str]] = {}
    for one in facets:
        for name, codes in one.items():
            counts.setdefault(name, Counter()).update(codes)
    return {name: dict(sorted(codes.items(), key=lambda item: (-item[1], item[0]))) for name, codes in counts.items()}
