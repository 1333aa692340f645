"""The rules: each answer has its reason, and what is not known is not no."""

from __future__ import annotations

import pytest

from essaim.errors import RuleError
from essaim.rules import Facts, answer_all
from essaim.rules.engine import check_rule, load_perimeters, load_un_rule


def answers(**facts: str) -> dict[str, tuple[str, str]]:
    return {said.framework: (said.answer, said.reasons[0].code) for said in answer_all(Facts(**facts))}


@pytest.mark.parametrize(
    "entity_type", ["cooperative", "association", "mutual", "foundation", "social_enterprise", "self_help_group"]
)
def test_a_type_that_the_definition_lists_is_sse_and_says_that_criteria_were_not_examined(entity_type: str) -> None:
    un = next(
        said for said in answer_all(Facts(entity_type=entity_type, entity_type_certainty="sourced")) if said.framework == "un"
    )
    assert un.answer == "yes"
    assert [reason.code for reason in un.reasons] == ["entity_type_listed", "criteria_not_examined"]


def test_an_unknown_type_is_undetermined_never_no() -> None:
    assert answers() == {"un": ("undetermined", "entity_type_unknown")}


def test_an_unverified_type_decides_nothing() -> None:
    assert answers(entity_type="cooperative", entity_type_certainty="unverified")["un"] == (
        "undetermined",
        "entity_type_unverified",
    )


def test_a_body_of_states_is_not_sse() -> None:
    assert answers(kind="intergovernmental") == {"un": ("no", "body_of_states")}


def test_a_country_without_a_rule_on_file_says_so_and_still_gets_the_un_answer() -> None:
    assert "XKX" not in load_perimeters()
    found = answers(entity_type="cooperative", entity_type_certainty="sourced", country="XKX")
    assert found["national:XKX"] == ("no_rule_known", "no_perimeter_on_file")
    assert found["un"][0] == "yes"


def test_a_form_that_the_law_lists_is_answered_with_the_law() -> None:
    found = next(
        said
        for said in answer_all(Facts(entity_type="cooperative", entity_type_certainty="sourced", country="FRA"))
        if said.framework == "national:FRA"
    )
    assert (found.answer, found.rule) == ("yes", "fra-loi-2014-856")


def test_a_form_with_criteria_is_undetermined_without_proof() -> None:
    found = answers(entity_type="social_enterprise", entity_type_certainty="sourced", country="FRA")
    assert found["national:FRA"] == ("undetermined", "form_has_criteria")


def test_a_law_of_a_part_of_the_country_is_not_stretched_over_all_of_it() -> None:
    facts = {"entity_type": "cooperative", "entity_type_certainty": "sourced", "country": "CAN"}
    assert answers(**facts)["national:CAN"] == ("undetermined", "law_of_a_part")
    assert answers(**facts, region="Québec")["national:CAN"] == ("yes", "form_listed")


def test_an_unverified_country_decides_nothing() -> None:
    facts = {
        "entity_type": "cooperative",
        "entity_type_certainty": "sourced",
        "country": "FRA",
        "country_certainty": "unverified",
    }
    assert answers(**facts)["national:FRA"] == ("undetermined", "country_unverified")


def test_a_public_body_is_not_sse_by_the_word() -> None:
    facts = {"entity_type": "other", "entity_type_certainty": "sourced", "country": "FRA", "legal_form": "local government"}
    assert answers(**facts) == {"un": ("no", "public_body"), "national:FRA": ("no", "public_body")}


def test_the_code_of_a_legal_form_tells_the_type_where_no_source_does() -> None:
    un, national = answer_all(Facts(country="FRA", legal_form_code="5458"))
    assert (un.answer, national.answer) == ("yes", "yes")
    assert [reason.code for reason in un.reasons] == ["entity_type_listed", "type_from_form_code", "criteria_not_examined"]
    doubtful = answer_all(Facts(country="FRA", legal_form_code="9210"))[0]
    assert (doubtful.answer, [reason.code for reason in doubtful.reasons]) == (
        "undetermined",
        ["entity_type_unknown", "form_code_doubtful"],
    )


def test_a_form_that_the_source_names_is_found_by_its_name() -> None:
    facts = {"entity_type": "other", "entity_type_certainty": "sourced", "country": "ESP", "legal_form": "Sociedades laborales"}
    assert answers(**facts)["national:ESP"] == ("yes", "form_listed")


def test_every_fault_of_a_rule_file_is_told_at_once() -> None:
    rule = {"id": "x", "cases": [{"fits": {"colour": ["red"]}, "answer": "maybe"}], "otherwise": {"answer": "no", "reason": "r"}}
    with pytest.raises(RuleError) as told:
        check_rule(rule, "x.yaml")
    for fault in ("version is missing", "unknown fact 'colour'", "answer 'maybe'", "no reason"):
        assert fault in str(told.value)


def test_the_packaged_rule_can_be_run() -> None:
    assert load_un_rule()["framework"] == "un"
