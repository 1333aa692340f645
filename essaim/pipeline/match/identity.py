"""Lasting ids: each cluster keeps the id that most of its members had; merges redirect, splits say where from."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from essaim.model.lasting_id import lasting_id
from essaim.pipeline.match.words import Previous, Split

MakeId = Callable[[str, str, int], str]


@dataclass(frozen=True)
class Identities:
    """The ids of this release.

    Attributes:
        ids: record key to lasting id.
        redirects: former id to the id that answers for it, chains flattened.
        splits: things that left another one, in the order of their ids.
    """

    ids: Mapping[str, str]
    redirects: Mapping[str, str]
    splits: Sequence[Split]


def identify(
    clusters: Sequence[Sequence[str]], previous: Previous | None = None, *, letter: str = "o", make_id: MakeId = lasting_id
) -> Identities:
    """Give each cluster its lasting id (contracts: Ids).

    A former id goes with the part that keeps most of its members (then the part with the least record key). A part
    that is due several keeps the one of which it has most members (then the least id in byte order, because ids carry
    no age) and the others redirect to it. A part that is due none gets a new id, made of its least record key. The
    new id of a part that leaves a merged thing may be one that a redirect of that thing uses up: then the part was
    that thing before the merge, takes its id back, and the redirect ends. Any other id in use makes the greater
    record key hash again.

    Args:
        clusters: record keys of each cluster, in any order.
        previous: the release before; None for the first one.
        letter: kind letter of the ids.
        make_id: makes an id of letter, record key and attempt; only tests give another.
    """
    previous = previous or Previous()
    parts = sorted((sorted(one, key=str.encode) for one in clusters), key=lambda one: one[0].encode())
    due = _due(parts, previous)
    kept = {part: _best(formers) for part, formers in due.items()}
    redirects = dict(previous.redirects)
    for part, formers in due.items():
        redirects.update({former: kept[part] for former in formers if former != kept[part]})
    taken = set(kept.values()) | set(previous.ids.values())
    splits = []
    for part, keys in enumerate(parts):
        if part not in kept:
            origin = _origin(keys, previous)
            kept[part] = _new_id(keys[0], origin, taken, redirects, letter, make_id)
            taken.add(kept[part])
            if origin:
                splits.append(Split(kept[part], origin))
    ids = {key: kept[part] for part, keys in enumerate(parts) for key in keys}
    return Identities(ids, _flatten(redirects), sorted(splits, key=lambda split: (split.id, split.split_from)))


def _due(parts: Sequence[Sequence[str]], previous: Previous) -> dict[int, Counter[str]]:
    """Part number to the former ids that go with it, each with how many of its members the part has."""
    holders: dict[str, Counter[int]] = defaultdict(Counter)
    for part, keys in enumerate(parts):
        for key in keys:
            if key in previous.ids:
                holders[previous.ids[key]][part] += 1
    due: dict[int, Counter[str]] = defaultdict(Counter)
    for former, counts in holders.items():
        part = min(counts, key=lambda one: (-counts[one], one))
        due[part][former] = counts[part]
    return due


def _best(ids: Counter[str]) -> str:
    return min(ids, key=lambda one: (-ids[one], one))


def _origin(keys: Sequence[str], previous: Previous) -> str:
    former = Counter(previous.ids[key] for key in keys if key in previous.ids)
    return _best(former) if former else ""


def _new_id(
    key: str, origin: str, taken: set[str], redirects: dict[str, str], letter: str, make_id: MakeId, attempt: int = 1
) -> str:
    """Make an id nothing else has; take back one that redirects to the thing this part leaves."""
    made = make_id(letter, key, attempt)
    if made in redirects and made not in taken and origin and _follow(redirects, made) == _follow(redirects, origin):
        del redirects[made]
        return made
    if made in taken or made in redirects:
        return _new_id(key, origin, taken, redirects, letter, make_id, attempt + 1)
    return made


def _follow(redirects: Mapping[str, str], former: str) -> str:
    seen = {former}
    while former in redirects and redirects[former] not in seen:
        former = redirects[former]
        seen.add(former)
    return former


def _flatten(redirects: Mapping[str, str]) -> dict[str, str]:
    return {former: _follow(redirects, former) for former in sorted(redirects)}
