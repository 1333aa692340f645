"""People's words on pairs: the later one holds, and chains that contradict them are found."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping

from essaim.pipeline.match.words import Contradiction, Judgement

Pair = tuple[str, str]


def standing(judgements: Iterable[Judgement]) -> dict[Pair, Judgement]:
    """Keep the last word on each pair.

    Two words said at the same instant are ordered by the word, so that the order of rows does not matter; then
    *unsure* is the last, because nobody can say which of the two was meant.

    Returns:
        Pair (record keys in byte order) to its judgement, in the order of the pairs.
    """
    last: dict[Pair, Judgement] = {}
    for judgement in sorted(judgements, key=lambda one: (one.at, one.word)):
        if judgement.left != judgement.right:
            last[judgement.pair] = judgement
    return dict(sorted(last.items()))


def contradictions(words: Mapping[Pair, Judgement]) -> list[Contradiction]:
    """Find every pair judged different whose records a chain of *same* joins, with the shortest such chain."""
    neighbours: dict[str, list[str]] = defaultdict(list)
    for (left, right), judgement in words.items():
        if judgement.word == "same":
            neighbours[left].append(right)
            neighbours[right].append(left)
    found = []
    for (left, right), judgement in words.items():
        if judgement.word == "different" and (chain := _chain(neighbours, left, right)):
            found.append(Contradiction(left, right, chain))
    return found


def _chain(neighbours: Mapping[str, list[str]], start: str, end: str) -> tuple[str, ...]:
    before: dict[str, str] = {start: ""}
    queue = deque([start])
    while queue:
        here = queue.popleft()
        if here == end:
            return _walk_back(before, end)
        for other in sorted(neighbours.get(here, ())):
            if other not in before:
                before[other] = here
                queue.append(other)
    return ()


def _walk_back(before: Mapping[str, str], end: str) -> tuple[str, ...]:
    chain = [end]
    while before[chain[-1]]:
        chain.append(before[chain[-1]])
    return tuple(reversed(chain))
