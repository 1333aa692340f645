"""Asking both indexes, the release's and the site's, and making one answer of theirs."""

from __future__ import annotations

import os
import threading
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from essaim.config import configuration
from essaim.errors import ReleaseError
from essaim.pages.served import served_release
from essaim.text import FACETS, Hit, Index, Query, Results, merge
from essaim.text.merge import FUSED
from essaim.web.search.asked import PER_PAGE, Asked


@dataclass(frozen=True)
class Found:
    """An answer.

    Attributes:
        results: hits of the page, counts of all.
        reach: how many of the hits can be paged to; fewer than the total only where two indexes answer together.
        is_served: False when there is no index at all.
    """

    results: Results
    reach: int
    is_served: bool


def find(asked: Asked, per_page: int = PER_PAGE, facets: tuple[str, ...] = FACETS) -> Found:
    """Answer one page of a question.

    Two indexes are fused by rank for their first hits; where only one of them answers, as when one kind is asked for, every
    page can be reached.
    """
    everywhere = indexes()
    offset = (asked.page - 1) * per_page
    answers = [index.search(asked.query(min(offset + per_page, FUSED), 0, facets)) for index in everywhere]
    whole = merge(answers, per_page, offset)
    counted = replace(whole, facets=counts(answers, whole))
    answering = [index for index, answer in zip(everywhere, answers, strict=True) if answer.total and answer.total == whole.total]
    if len(answering) == 1:
        if offset + per_page > FUSED and offset < whole.total:
            counted = replace(counted, hits=answering[0].search(asked.query(per_page, offset, ())).hits)
        return Found(counted, whole.total, True)
    return Found(counted, min(whole.total, FUSED), bool(everywhere))


def counts(answers: Sequence[Results], whole: Results) -> dict[str, dict[str, int]]:
    """Add the counts of every index that reads the words as the answer does, also where a filter leaves it without a hit.

    With *organisation* chosen, the site's index has no hit, yet its kinds still stand beside it to be chosen.
    """
    added: dict[str, Counter[str]] = {}
    for answer in answers:
        if answer.total or (answer.corrected, answer.partial) == (whole.corrected, whole.partial):
            for name, codes in answer.facets.items():
                added.setdefault(name, Counter()).update(codes)
    return {name: dict(sorted(codes.items(), key=lambda item: (-item[1], item[0]))) for name, codes in added.items()}


def everything(asked: Asked, most: int) -> tuple[list[Hit], int]:
    """Return all that is found, fused as on the pages, up to a number, and how many there are."""
    answers = [index.search(asked.query(most, 0, ())) for index in indexes()]
    whole = merge([replace(answer, hits=answer.hits[:FUSED]) for answer in answers], FUSED * len(answers), 0)
    kept = [answer for answer in answers if (answer.corrected, answer.partial) == (whole.corrected, whole.partial)]
    deeper = [hit for answer in kept for hit in answer.hits[FUSED:]]
    return [*whole.hits, *deeper][:most], whole.total


def suggest(words: str, language: str, limit: int) -> Results:
    """Answer while a person types: the last word may be the beginning of a longer one."""
    query = Query(words, language, limit=limit, facets=(), as_typed=True)
    return merge([index.search(query) for index in indexes()] if words.strip() else [], limit, 0)


def indexes() -> list[Index]:
    """Return the indexes that there are: the release's, then the site's."""
    release = served_release()
    return [
        index for index in (release.index() if release else None, site_index(configuration().site_index)) if index is not None
    ]


_opened: dict[Path, tuple[str, Index]] = {}
_lock = threading.Lock()


def site_index(place: Path) -> Index | None:
    """Open the site's index once for each time it is built; None before the first time."""
    try:
        target = os.readlink(place)
    except OSError:
        return None
    with _lock:
        held = _opened.get(place)
        if held is None or held[0] != target:
            try:
                held = _opened[place] = target, Index.open(place)
            except ReleaseError:  # swapped between the two steps, or of a former format: the release still answers
                return None
        return held[1]
