"""How good clusters are, against the truth: pairs' precision and recall, B-cubed, the largest wrong cluster."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass

from essaim.pipeline.match.labelled import Labelled
from essaim.pipeline.match.matcher import match
from essaim.pipeline.match.scoring import Model


@dataclass(frozen=True)
class Quality:
    """Figures of a matching.

    Attributes:
        precision: share of the merged pairs that are true.
        recall: share of the true pairs that are merged.
        f1: their harmonic mean.
        b_cubed_f1: the same mean over records instead of pairs.
        largest_wrong: records in the largest cluster that holds two things; 0 for none.
    """

    precision: float
    recall: float
    f1: float
    b_cubed_f1: float
    largest_wrong: int

    def as_dict(self) -> dict[str, float]:
        """Return the figures with four decimals."""
        return {name: round(value, 4) for name, value in asdict(self).items()}


def clusters_of(labelled: Labelled, model: Model) -> list[list[str]]:
    """Match a labelled set and return its clusters."""
    found = match(labelled.entities, judgements=(), previous=None, model=model).clusters
    groups: dict[str, list[str]] = defaultdict(list)
    for key, lasting in found.select("record_key", "lasting_id").iter_rows():
        groups[lasting].append(key)
    return list(groups.values())


def pair_quality(clusters: Iterable[Sequence[str]], truth: Mapping[str, str]) -> Quality:
    """Measure clusters.

    Args:
        clusters: record keys of each cluster; every record of the truth is in one.
        truth: record key to the thing it is about.
    """
    inside = [Counter(truth[key] for key in keys) for keys in clusters]
    things = Counter(truth.values())
    merged = sum(_pairs(sum(counts.values())) for counts in inside)
    right = sum(_pairs(number) for counts in inside for number in counts.values())
    true = sum(map(_pairs, things.values()))
    precision, recall = right / merged if merged else 1.0, right / true if true else 1.0
    b_precision = sum(n * n / sum(counts.values()) for counts in inside for n in counts.values()) / len(truth)
    b_recall = sum(n * n / things[thing] for counts in inside for thing, n in counts.items()) / len(truth)
    wrong = max((sum(counts.values()) for counts in inside if len(counts) > 1), default=0)
    return Quality(precision, recall, _mean(precision, recall), _mean(b_precision, b_recall), wrong)


def _pairs(number: int) -> int:
    return number * (number - 1) // 2


def _mean(a: float, b: float) -> float:
    return 2 * a * b / (a + b) if a + b else 0.0
