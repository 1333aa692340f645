"""Pairs to clusters: merge by falling score, never against a person's word, a clash or over a lone weak bridge."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz.distance import OSA

Pair = tuple[str, str]


@dataclass(frozen=True)
class Edge:
    """A pair that may be merged: two record keys and the probability that they are one thing."""

    left: str
    right: str
    probability: float


@dataclass(frozen=True)
class Limits:
    """What merging obeys.

    Attributes:
        threshold: the least probability of a pair that may be merged.
        bridge: the least probability of the only pair that joins two clusters of two records or more.
    """

    threshold: float = 0.5
    bridge: float = 0.97


@dataclass
class Clusters:
    """Disjoint sets of record keys that remember who may not meet.

    Attributes:
        parent: record key to the key above it.
        members: root to its record keys.
        enemies: root to the record keys it may not hold.
        identifiers: root to scheme to its values.
    """

    parent: dict[str, str]
    members: dict[str, list[str]]
    enemies: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    identifiers: dict[str, dict[str, set[str]]] = field(default_factory=dict)

    @classmethod
    def alone(cls, keys: Iterable[str], identifiers: Mapping[str, Mapping[str, set[str]]]) -> Clusters:
        """Start with every record in a cluster of its own."""
        keys = list(keys)
        clusters = cls({key: key for key in keys}, {key: [key] for key in keys})
        clusters.identifiers = {
            key: {scheme: set(values) for scheme, values in schemes.items()} for key, schemes in identifiers.items()
        }
        return clusters

    def root(self, key: str) -> str:
        """Return the record key that stands for the cluster of a record."""
        while self.parent[key] != key:
            self.parent[key] = self.parent[self.parent[key]]
            key = self.parent[key]
        return key

    def keep_apart(self, left: str, right: str) -> None:
        """Forbid that two records ever meet."""
        self.enemies[self.root(left)].add(right)
        self.enemies[self.root(right)].add(left)

    def are_enemies(self, left: str, right: str) -> bool:
        """Tell whether a record of one root's cluster may not meet a record of the other's."""
        fewer, other = sorted((left, right), key=lambda root: (len(self.enemies.get(root, ())), root))
        return any(self.root(key) == other for key in self.enemies.get(fewer, ()))

    def clash(self, left: str, right: str) -> bool:
        """Tell whether two roots' clusters have identifiers of one scheme and none is the same or one sign apart."""
        ours, theirs = self.identifiers.get(left, {}), self.identifiers.get(right, {})
        return any(scheme in theirs and not _meet(values, theirs[scheme]) for scheme, values in ours.items())

    def merge(self, left: str, right: str) -> None:
        """Make one cluster of two roots; the greater takes the smaller in."""
        into, gone = sorted((left, right), key=lambda root: (-len(self.members[root]), root))
        self.parent[gone] = into
        self.members[into] += self.members.pop(gone)
        if gone in self.enemies:
            self.enemies[into] |= self.enemies.pop(gone)
        for scheme, values in self.identifiers.pop(gone, {}).items():
            self.identifiers.setdefault(into, {}).setdefault(scheme, set()).update(values)


def _meet(ours: set[str], theirs: set[str]) -> bool:
    if not ours.isdisjoint(theirs):
        return True
    return any(len(a) > 5 and OSA.distance(a, b, score_cutoff=1) <= 1 for a in ours for b in theirs)


def cluster(
    keys: Sequence[str],
    edges: Iterable[Edge],
    *,
    same: Iterable[Pair] = (),
    different: Iterable[Pair] = (),
    apart: Iterable[Pair] = (),
    identifiers: Mapping[str, Mapping[str, set[str]]] | None = None,
    limits: Limits | None = None,
) -> list[list[str]]:
    """Make clusters of records; the order of keys and edges does not matter.

    Args:
        keys: every record key.
        edges: pairs that may be merged; those below the threshold are left out.
        same: pairs a person called the same, newest first; they stand above scores and clashes.
        different: pairs a person called different; they stand above all.
        apart: pairs a rule keeps apart; they stand above scores and below a person's word.
        identifiers: record key to scheme to values; clusters that clash in a scheme do not merge.
        limits: the thresholds.

    Returns:
        The clusters, each sorted in byte order, in the order of their least record keys.
    """
    limits = limits or Limits()
    clusters = Clusters.alone(sorted(keys, key=str.encode), identifiers or {})
    for left, right in different:
        clusters.keep_apart(left, right)
    for left, right in same:
        a, b = clusters.root(left), clusters.root(right)
        if a != b and not clusters.are_enemies(a, b):
            clusters.merge(a, b)
    for left, right in apart:
        if clusters.root(left) != clusters.root(right):
            clusters.keep_apart(left, right)
    _merge_by_score(clusters, [edge for edge in edges if edge.probability >= limits.threshold], limits)
    return sorted((sorted(members, key=str.encode) for members in clusters.members.values()), key=lambda one: one[0].encode())


def _merge_by_score(clusters: Clusters, edges: list[Edge], limits: Limits) -> None:
    around: dict[str, set[str]] = defaultdict(set)
    for edge in edges:
        around[edge.left].add(edge.right)
        around[edge.right].add(edge.left)
    for edge in sorted(edges, key=lambda one: (-round(one.probability, 9), one.left.encode(), one.right.encode())):
        left, right = clusters.root(edge.left), clusters.root(edge.right)
        if left == right or clusters.clash(left, right) or clusters.are_enemies(left, right):
            continue
        if edge.probability < limits.bridge and _is_lone_bridge(clusters, around, left, right):
            continue
        clusters.merge(left, right)


def _is_lone_bridge(clusters: Clusters, around: Mapping[str, set[str]], left: str, right: str) -> bool:
    """Tell whether one pair only joins two clusters that each hold two records or more."""
    fewer, other = sorted((left, right), key=lambda root: (len(clusters.members[root]), root))
    if len(clusters.members[fewer]) < 2:
        return False
    crossing = sum(1 for key in clusters.members[fewer] for end in around[key] if clusters.root(end) == other)
    return crossing < 2
