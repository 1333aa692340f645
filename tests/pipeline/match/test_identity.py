"""Lasting ids through releases: kept, merged, split, never lost and never given twice."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from essaim.model.lasting_id import lasting_id
from essaim.pipeline.match.identity import Identities, identify
from essaim.pipeline.match.words import Previous, Split


def then(before: Identities, clusters: list[list[str]]) -> Identities:
    return identify(clusters, Previous(before.ids, before.redirects))


def resolve(identities: Identities, former: str) -> str:
    return identities.redirects.get(former, former)


def test_a_first_cluster_is_named_after_its_least_record_key_in_byte_order() -> None:
    found = identify([["members:RIPESS", "organisations:ripess"], ["a:é"], ["a:z"]])
    assert found.ids["organisations:ripess"] == lasting_id("o", "members:RIPESS")
    assert found.ids["a:é"] == lasting_id("o", "a:é")


def test_the_thing_that_keeps_most_former_members_keeps_the_id() -> None:
    first = identify([["a:1", "a:2", "a:3"]])
    second = then(first, [["a:1"], ["a:2", "a:3"]])
    assert second.ids["a:2"] == first.ids["a:1"]
    assert second.ids["a:1"] != first.ids["a:1"]
    assert second.splits == [Split(second.ids["a:1"], first.ids["a:1"])]


def test_of_two_equal_parts_the_one_with_the_least_record_key_keeps_the_id() -> None:
    first = identify([["a:1", "a:2"]])
    second = then(first, [["a:2"], ["a:1"]])
    assert second.ids["a:1"] == first.ids["a:1"]


def test_a_merge_leaves_a_redirect_and_chains_are_flattened() -> None:
    first = identify([["a:1"], ["a:2"], ["a:3", "a:4", "a:5"]])
    second = then(first, [["a:1", "a:2"], ["a:3", "a:4", "a:5"]])
    third = then(second, [["a:1", "a:2", "a:3", "a:4", "a:5"]])
    assert third.redirects == dict.fromkeys(sorted([first.ids["a:1"], first.ids["a:2"]]), first.ids["a:3"])


def test_a_split_undoes_the_id_change_of_a_merge() -> None:
    first = identify([["a:1", "a:2"], ["b:1"]])
    merged = then(first, [["a:1", "a:2", "b:1"]])
    assert merged.redirects == {first.ids["b:1"]: first.ids["a:1"]}
    again = then(merged, [["a:1", "a:2"], ["b:1"]])
    assert again.ids == first.ids
    assert again.redirects == {}
    assert again.splits == [Split(first.ids["b:1"], first.ids["a:1"])]


def test_a_redirect_of_another_thing_is_not_taken_back() -> None:
    first = identify([["a:1"], ["b:1"]])
    merged = then(first, [["a:1", "b:1"]])
    without = then(merged, [["a:1"]])
    back = then(without, [["a:1"], ["b:1"]])
    assert back.ids["b:1"] == lasting_id("o", "b:1", 2)
    assert resolve(back, first.ids["b:1"]) == first.ids["a:1"]


def test_on_a_collision_the_greater_key_is_hashed_again() -> None:
    def narrow(letter: str, key: str, attempt: int) -> str:
        return f"{letter}{attempt}"

    found = identify([["a:2"], ["a:1"], ["a:3"]], make_id=narrow)
    assert found.ids == {"a:1": "o1", "a:2": "o2", "a:3": "o3"}


KEYS = [f"s:{number}" for number in range(7)]
PARTITIONS = st.lists(st.dictionaries(st.sampled_from(KEYS), st.integers(0, 4), min_size=1), min_size=1, max_size=6)


def clusters_of(partition: dict[str, int]) -> list[list[str]]:
    groups: dict[int, list[str]] = {}
    for key, group in partition.items():
        groups.setdefault(group, []).append(key)
    return list(groups.values())


@given(PARTITIONS)
def test_an_id_once_published_always_resolves_while_a_record_of_it_is_there(history: list[dict[str, int]]) -> None:
    now = Identities({}, {}, [])
    for partition in history:
        before, now = now, then(now, clusters_of(partition))
        alive = set(now.ids.values())
        assert len(alive) == len(clusters_of(partition)), "no id is given to two things"
        assert alive.isdisjoint(now.redirects), "a living id redirects nowhere"
        assert not set(now.redirects.values()) & set(now.redirects), "chains are flattened"
        for key, former in before.ids.items():
            if key in now.ids:
                assert resolve(now, former) in alive
        for former in before.redirects:
            assert former in now.redirects or former in alive


@given(PARTITIONS)
def test_the_same_clusters_again_change_nothing(history: list[dict[str, int]]) -> None:
    now = Identities({}, {}, [])
    for partition in history:
        now = then(now, clusters_of(partition))
        again = then(now, [list(reversed(group)) for group in reversed(clusters_of(partition))])
        assert (again.ids, again.redirects, again.splits) == (now.ids, now.redirects, [])
