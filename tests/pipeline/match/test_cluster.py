"""Clusters: score order, cannot-links, clashing identifiers, bridges, people's words."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from essaim.pipeline.match.cluster import Edge, cluster
from essaim.pipeline.match.judgements import contradictions, standing
from essaim.pipeline.match.words import Contradiction, Judgement

KEYS = [f"s:{number}" for number in range(8)]
PAIR = st.tuples(st.sampled_from(KEYS), st.sampled_from(KEYS)).filter(lambda pair: pair[0] < pair[1])
EDGES = st.dictionaries(PAIR, st.floats(0, 1), max_size=20).map(lambda found: [Edge(*pair, p) for pair, p in found.items()])


def together(clusters: list[list[str]], left: str, right: str) -> bool:
    return any(left in one and right in one for one in clusters)


def test_the_better_edge_wins_when_a_third_record_may_join_one_of_two_only() -> None:
    edges = [Edge("a", "b", 0.6), Edge("b", "c", 0.9)]
    assert cluster(["a", "b", "c"], edges, apart=[("a", "c")]) == [["a"], ["b", "c"]]


def test_clusters_with_clashing_identifiers_do_not_meet_through_a_third_record() -> None:
    identifiers = {"a": {"x": {"123456789"}}, "c": {"x": {"987654321"}}}
    assert cluster(["a", "b", "c"], [Edge("a", "b", 0.9), Edge("b", "c", 0.8)], identifiers=identifiers) == [["a", "b"], ["c"]]


def test_identifiers_one_sign_apart_do_not_clash() -> None:
    identifiers = {"a": {"x": {"123456789"}}, "b": {"x": {"123465789"}}}
    assert cluster(["a", "b"], [Edge("a", "b", 0.9)], identifiers=identifiers) == [["a", "b"]]


def test_one_weak_pair_does_not_join_two_clusters_and_two_do() -> None:
    edges = [Edge("a", "b", 0.99), Edge("c", "d", 0.99), Edge("b", "c", 0.8)]
    assert cluster("abcd", edges) == [["a", "b"], ["c", "d"]]
    assert cluster("abcd", [*edges, Edge("a", "d", 0.7)]) == [["a", "b", "c", "d"]]
    assert cluster("abcd", [*edges[:2], Edge("b", "c", 0.98)]) == [["a", "b", "c", "d"]]


def test_a_person_stands_above_rules_and_clashes() -> None:
    identifiers = {"a": {"x": {"123456789"}}, "b": {"x": {"987654321"}}}
    assert cluster(["a", "b"], [], same=[("a", "b")], apart=[("a", "b")], identifiers=identifiers) == [["a", "b"]]
    assert cluster(["a", "b"], [Edge("a", "b", 1.0)], different=[("a", "b")]) == [["a"], ["b"]]


@given(EDGES, st.lists(PAIR, max_size=4), st.lists(PAIR, max_size=4), st.randoms())
def test_the_order_of_records_and_pairs_does_not_matter(
    edges: list[Edge], different: list[tuple[str, str]], apart: list[tuple[str, str]], chance: random.Random
) -> None:
    found = cluster(KEYS, edges, different=different, apart=apart)
    keys, mixed = chance.sample(KEYS, len(KEYS)), chance.sample(edges, len(edges))
    assert cluster(keys, mixed, different=different[::-1], apart=apart[::-1]) == found


@given(EDGES, st.lists(PAIR, max_size=5, unique=True), st.lists(PAIR, max_size=5, unique=True), st.lists(PAIR, max_size=5))
def test_a_judgement_is_never_lost(
    edges: list[Edge], same: list[tuple[str, str]], different: list[tuple[str, str]], apart: list[tuple[str, str]]
) -> None:
    said = [Judgement(*pair, "same", "2026-01-01") for pair in same]
    said += [Judgement(*pair, "different", "2026-01-02") for pair in different]
    words = standing(said)
    kept = [pair for pair, one in words.items() if one.word == "same"]
    found = cluster(KEYS, edges, same=kept, different=different, apart=apart)
    assert not any(together(found, *pair) for pair in different)
    if not contradictions(words):
        assert all(together(found, *pair) for pair in kept)


def test_the_later_word_on_a_pair_holds_whichever_way_round_it_names_it() -> None:
    said = [Judgement("a", "b", "same", "2026-01-02"), Judgement("b", "a", "different", "2026-01-01")]
    assert standing(said)[("a", "b")].word == "same"
    assert standing([*said, Judgement("b", "a", "unsure", "2026-01-03")])[("a", "b")].word == "unsure"


def test_a_contradiction_through_a_third_record_is_told_with_its_chain() -> None:
    said = [Judgement("a", "b", "same", "1"), Judgement("b", "c", "same", "2"), Judgement("a", "c", "different", "3")]
    assert contradictions(standing(said)) == [Contradiction("a", "c", ("a", "b", "c"))]
    assert contradictions(standing(said[1:])) == []
