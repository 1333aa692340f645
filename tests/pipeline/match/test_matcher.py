"""The whole matching on small invented registers: what is merged, what is kept apart, what is told."""

from __future__ import annotations

import random
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from essaim.errors import MatchError
from essaim.pipeline.match import Judgement, MatchResult, Previous, match
from essaim.pipeline.match.labelled import table
from essaim.pipeline.match.scoring import load_model


def record(key: str, name: str = "", **more: Any) -> dict[str, Any]:
    return {"record_key": key, "source_id": key.partition(":")[0], "names": [name] if name else [], **more}


def found(*rows: dict[str, Any], judgements: tuple[Judgement, ...] = (), previous: Previous | None = None) -> MatchResult:
    return match(table(rows), judgements=judgements, previous=previous)


def groups(result: MatchResult) -> set[frozenset[str]]:
    return set(result.clusters.group_by("lasting_id").agg("record_key")["record_key"].map_elements(frozenset, pl.Object))


def are_one(result: MatchResult, left: str, right: str) -> bool:
    ids = dict(result.clusters.iter_rows())
    return bool(ids[left] == ids[right])


def rule(result: MatchResult, left: str, right: str) -> str:
    told = result.pairs.filter((pl.col("left") == left) & (pl.col("right") == right))
    return told["rule"][0] if len(told) else ""


ROSE = "Coopérative des Roses d'Exempleville"
ALONE = (record("a:1", ROSE, country="FRA"), record("b:1", ROSE.upper(), country="FRA"))


def test_one_name_in_two_sources_and_one_country_is_one_thing_and_says_why() -> None:
    result = found(*ALONE)
    assert are_one(result, "a:1", "b:1")
    told = result.pairs.row(0, named=True)
    assert {"comparison": "name", "outcome": "same_rare_full_name"}.items() <= told["explanation"][0].items()
    assert told["weight"] == pytest.approx(
        sum(one["weight"] for one in told["explanation"]) + load_model().prior_weight, abs=0.02
    )


def test_an_empty_register_gives_empty_tables() -> None:
    result = found()
    assert (len(result.pairs), len(result.clusters), len(result.redirects)) == (0, 0, 0)


def test_empty_values_never_match() -> None:
    blank: dict[str, Any] = {
        "country": "",
        "town": "",
        "domain": "",
        "phone": "",
        "identifiers": ["", "FR-SIREN:"],
        "acronyms": [""],
    }
    result = found(record("a:1", **blank), record("b:1", **blank), record("c:1", "  ", **blank))
    assert len(result.pairs) == 0
    assert len(groups(result)) == 3


def test_records_with_one_identifier_are_one_though_their_names_differ() -> None:
    one = {"identifiers": ["FR-SIREN:732829320"], "country": "FRA"}
    result = found(record("a:1", "Atelier du Bois Exemplaire", **one), record("b:1", "Le Bois Exemplaire", **one))
    assert are_one(result, "a:1", "b:1")


def test_clashing_identifiers_keep_one_name_apart() -> None:
    result = found(
        record("a:1", ROSE, country="FRA", identifiers=["FR-SIREN:732829320"]),
        record("b:1", ROSE, country="FRA", identifiers=["FR-SIREN:404833048"]),
    )
    assert rule(result, "a:1", "b:1") == "identifiers_clash"
    assert not are_one(result, "a:1", "b:1")


def test_a_continental_branch_is_not_its_network() -> None:
    result = found(record("a:1", "Exemplary Commons Network", kind="network"), record("b:1", "Exemplary Commons Network Africa"))
    assert not are_one(result, "a:1", "b:1")


def test_a_foundation_at_the_same_address_is_not_the_cooperative() -> None:
    place = {"country": "GBR", "town": "Exampleton", "postcode": "EX1 1EX", "address": "1 Example Street"}
    result = found(record("a:1", "Friends of Quillfeather Dairy", **place), record("b:1", "Quillfeather Dairy", **place))
    assert not are_one(result, "a:1", "b:1")


def test_a_common_name_in_two_towns_is_two_things() -> None:
    towns = ("Northexample", "Southexample", "Eastexample", "Westexample")
    result = found(
        *(record(f"{source}:1", "Village Hall", country="GBR", town=town) for source, town in zip("abcd", towns, strict=True))
    )
    assert len(groups(result)) == 4


def test_a_site_is_not_a_body_and_a_federation_may_be_a_network() -> None:
    site = found(ALONE[0], {**ALONE[1], "kind": "site"})
    assert rule(site, "a:1", "b:1") == "kinds_differ"
    network = found({**ALONE[0], "kind": "federation"}, {**ALONE[1], "kind": "network"})
    assert are_one(network, "a:1", "b:1")


def test_one_source_lists_a_thing_twice_only_with_place_or_contact() -> None:
    there = {"country": "FRA", "town": "Exempleville", "postcode": "00000"}
    assert not are_one(found(record("a:1", ROSE, country="FRA"), record("a:2", ROSE, country="FRA")), "a:1", "a:2")
    assert are_one(found(record("a:1", ROSE, **there), record("a:2", ROSE, **there)), "a:1", "a:2")


def test_a_network_and_its_member_are_two_though_they_share_words() -> None:
    result = found(record("a:1", "Quillfeather", kind="network", acronyms=["QF"]), record("b:1", "Quillfeather Bakery"))
    assert not are_one(result, "a:1", "b:1")


def test_two_rows_of_one_key_are_refused() -> None:
    with pytest.raises(MatchError, match="two records have one key"):
        found(ALONE[0], ALONE[0])


def test_a_missing_model_names_the_command_that_makes_one(tmp_path: Any) -> None:
    with pytest.raises(MatchError, match=r"python -m essaim\.pipeline\.match\.train"):
        match(table(ALONE), judgements=(), previous=None, model=tmp_path / "none.json")


def test_a_model_of_other_comparisons_is_refused(tmp_path: Any) -> None:
    file = tmp_path / "model.json"
    file.write_text('{"weights": {"name": {"same": 1}}}', "utf-8")
    with pytest.raises(MatchError, match="does not fit"):
        match(table(ALONE), judgements=(), previous=None, model=file)


def test_a_judgement_on_a_record_that_is_gone_waits() -> None:
    result = found(ALONE[0], judgements=(Judgement("a:1", "b:1", "same", "2026-01-01"),))
    assert groups(result) == {frozenset({"a:1"})}


def test_a_judgement_splits_what_a_score_merged_and_the_ids_come_back() -> None:
    alone = found(ALONE[0], ALONE[1], judgements=(Judgement("a:1", "b:1", "different", "2026-01-01"),))
    merged = found(*ALONE, previous=as_previous(alone))
    assert len(merged.redirects) == 1
    split = found(*ALONE, judgements=(Judgement("b:1", "a:1", "different", "2026-02-01"),), previous=as_previous(merged))
    assert split.clusters.equals(alone.clusters)
    assert len(split.redirects) == 0
    assert len(split.splits) == 1
    assert split.pairs["judgement"].to_list() == ["different"]


def as_previous(result: MatchResult) -> Previous:
    return Previous(dict(result.clusters.iter_rows()), dict(result.redirects.select("from_id", "to_id").iter_rows()))


def test_contradicting_judgements_are_told_and_the_different_one_is_obeyed() -> None:
    rows = (*ALONE, record("c:1", "Quillfeather Dairy"))
    said = (
        Judgement("a:1", "b:1", "same", "2026-01-01"),
        Judgement("b:1", "c:1", "same", "2026-01-02"),
        Judgement("a:1", "c:1", "different", "2026-01-03"),
    )
    result = found(*rows, judgements=said)
    assert [one.through for one in result.contradictions] == [("a:1", "b:1", "c:1")]
    assert not are_one(result, "a:1", "c:1")


NAMES = st.sampled_from([ROSE, "Roses d'Exempleville", "Quillfeather Dairy", "Quillfeather", "Village Hall", "RDE", ""])
ROWS = st.lists(st.tuples(st.sampled_from("abc"), NAMES, st.sampled_from(["", "FRA", "GBR"])), min_size=2, max_size=7)


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ROWS, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(rows: list[tuple[str, str, str]], chance: random.Random) -> None:
    records = [record(f"{source}:{number}", name, country=country) for number, (source, name, country) in enumerate(rows)]
    first, second = found(*records), found(*chance.sample(records, len(records)))
    assert first.clusters.equals(second.clusters)
    assert first.pairs.equals(second.pairs)
