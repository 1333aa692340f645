"""Matching at the packaged size: every member, observer and partner of the task force against the register."""

from __future__ import annotations

import csv
import hashlib
from functools import cache
from pathlib import Path

import pytest

from essaim.config import Configuration
from essaim.pipeline.entities import entities
from essaim.pipeline.match import MatchResult, match
from essaim.pipeline.run import Silent, read_sources
from essaim.pipeline.source_file import PACKAGED, find_sources

LABELS = Path(__file__).with_name("labels_packaged.csv")
Pair = tuple[str, str]


@cache
def labels() -> dict[Pair, bool]:
    """Return the labelled pairs, written by reading both files whole.

    The merges of a first run had been seen by then, so the seven that are the same are no blind trial; the negatives were
    chosen from the files for their likeness.
    """
    with LABELS.open(encoding="utf-8", newline="") as opened:
        return {(row["left"], row["right"]): row["is_same"] == "true" for row in csv.DictReader(opened)}


def is_seen(pair: Pair) -> bool:
    """Tell whether a pair belongs to the half whose scores one may look at while tuning; the other is only counted."""
    return hashlib.sha256("|".join(pair).encode()).digest()[0] % 2 == 0


@pytest.fixture(scope="module")
def packaged(tmp_path_factory: pytest.TempPathFactory) -> MatchResult:
    home = Configuration(home=tmp_path_factory.mktemp("home"), offline=True)
    sources = find_sources(PACKAGED, home.own_sources)
    read, problems = read_sources([sources["organisations"], sources["members"]], home, Silent(), False)
    assert problems == []
    table = entities(record for one in read for record in one.normalised.records)
    return match(table, judgements=(), previous=None)


def merged(result: MatchResult) -> set[Pair]:
    groups: dict[str, list[str]] = {}
    for key, lasting in result.clusters.iter_rows():
        groups.setdefault(lasting, []).append(key)
    return {(a, b) for keys in groups.values() for a in keys for b in keys if a < b}


def test_every_label_names_records_that_are_there(packaged: MatchResult) -> None:
    keys = set(packaged.clusters["record_key"])
    assert not [key for pair in labels() for key in pair if key not in keys]
    assert len(labels()) >= 60


def test_ripess_in_the_register_and_among_the_observers_is_one(packaged: MatchResult) -> None:
    ids = dict(packaged.clusters.iter_rows())
    assert ids["organisations:ripess"] == ids["members:RIPESS"]


@pytest.mark.parametrize("half", ["seen", "unseen"])
def test_no_wrong_merge_and_no_right_one_missed(packaged: MatchResult, half: str) -> None:
    found = merged(packaged)
    pairs = {pair: same for pair, same in labels().items() if is_seen(pair) == (half == "seen")}
    wrong = [pair for pair, same in pairs.items() if not same and pair in found]
    same = [pair for pair, is_same in pairs.items() if is_same]
    assert wrong == [], "precision on labelled pairs is 1.0"
    assert sum(pair in found for pair in same) >= 0.95 * len(same)


def test_nothing_is_merged_that_the_labels_do_not_call_the_same(packaged: MatchResult) -> None:
    # Both files were read whole: these seven are all the doubles there are, so any other merge is wrong.
    assert merged(packaged) == {pair for pair, same in labels().items() if same}
