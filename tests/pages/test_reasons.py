"""Every reason has a sentence: codes are taken out of the sources, so that a new one without words fails here."""

from __future__ import annotations

import ast
import string
from pathlib import Path

import pytest
import yaml
from django.utils.translation import override

import essaim
from essaim.model.properties import BY_KIND
from essaim.pages.match_reasons import COMPARISONS, OUTCOMES, bits, chance, outcome_words
from essaim.pages.reasons import SENTENCES, sentence
from essaim.pages.released.words import PROPERTIES, period
from essaim.rules.engine import ANSWERS

PACKAGE = Path(essaim.__file__).parent
SPEAKING = {
    "rules": PACKAGE / "rules",
    "normalise": PACKAGE / "pipeline" / "normalise",
    "publish": PACKAGE / "pipeline" / "publish",
}
CALLS = {"Reason", "say", "aside", "_aside", "Aside"}


def codes_in(folder: Path) -> set[str]:
    found: set[str] = set()
    for file in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in CALLS:
                words = [part for argument in node.args for part in ast.walk(argument) if isinstance(part, ast.Constant)]
                found |= {part.value for part in words if isinstance(part.value, str) and "_" in part.value}
            if isinstance(node, ast.Dict) and folder.name == "publish":  # the warnings of a source have words of their own
                pairs = zip(node.keys, node.values, strict=True)
                found |= {
                    value.value
                    for key, value in pairs
                    if isinstance(key, ast.Constant) and key.value == "code" and isinstance(value, ast.Constant)
                }
    return found - set(ANSWERS)


@pytest.mark.parametrize("part", SPEAKING)
def test_every_code_that_the_pipeline_gives_has_a_sentence(part: str) -> None:
    found = codes_in(SPEAKING[part])
    parameters = {"entity_type"}
    assert found
    assert found - parameters - set(SENTENCES) == set()


def test_the_walk_finds_the_codes_it_is_meant_to_find() -> None:
    assert {"no_perimeter_on_file", "form_listed", "criteria_not_examined"} <= codes_in(SPEAKING["rules"])
    assert {"record_without_id", "record_duplicate_id", "record_without_name", "value_unusable"} <= codes_in(
        SPEAKING["normalise"]
    )
    assert {"membership_unknown_end", "membership_of_itself", "sources_disagree"} <= codes_in(SPEAKING["publish"])


def test_every_reason_of_the_un_rule_has_a_sentence() -> None:
    rule = yaml.safe_load((PACKAGE / "reference" / "rules" / "un.yaml").read_text("utf-8"))
    assert {case["reason"] for case in [*rule["cases"], rule["otherwise"]]} - set(SENTENCES) == set()


def test_every_outcome_of_every_comparison_has_words() -> None:
    from essaim.pipeline.match.comparisons import COMPARISONS as COMPARED
    from essaim.pipeline.match.comparisons import outcomes

    assert {comparison.name for comparison in COMPARED} - set(COMPARISONS) == set()
    wanted = {f"{comparison.name}.{outcome.name}" for comparison in COMPARED for outcome in outcomes(comparison)}
    assert wanted - set(OUTCOMES) == set()


def test_every_property_has_a_label() -> None:
    assert {name for properties in BY_KIND.values() for name in properties} - set(PROPERTIES) == set()


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("language", ["fr", "es"])
@pytest.mark.parametrize("code", SENTENCES)
def test_a_translated_sentence_keeps_its_parameters_and_is_translated(code: str, language: str) -> None:
    with override("en"):
        english = str(SENTENCES[code])
    with override(language):
        translated = str(SENTENCES[code])
    assert fields(translated) == fields(english)
    assert translated != english


def test_codes_among_the_parameters_are_said_in_the_reader_s_language() -> None:
    with override("fr"):
        said = sentence("entity_type_listed", {"entity_type": "cooperative"})
        assert "Coopérative" in said
        assert "cooperative" not in said
    with override("es"):
        assert "Senegal" in sentence("no_perimeter_on_file", {"country": "SEN"})


def test_a_missing_parameter_or_an_unknown_code_never_breaks_a_page() -> None:
    with override("en"):
        assert "–" in sentence("form_listed", {})
        assert "from_the_future" in sentence("from_the_future", {"x": "y"})
        assert outcome_words("name", "of_the_future") == "of the future"


def test_what_was_expected_is_told_where_a_source_knows_it() -> None:
    with override("en"):
        said = sentence("value_unusable", {"property": "founded", "found": "0", "expected": "a year"})
    assert "Founded" in said
    assert "Expected: a year." in said


def test_weights_have_their_sign_and_no_probability_is_a_certainty() -> None:
    with override("en"):
        assert bits(7.24) == "+7.2 bits"
        assert bits(-3) == "−3 bits"
        assert chance(1.0) == "more than 99.9 %"
        assert chance(0.9321) == "93.2 %"


@pytest.mark.parametrize(
    ("language", "since", "until", "said"),
    [
        ("en", "2009", "", "since 2009"),
        ("fr", "2004-01-28", "", "depuis le 28 janvier 2004"),
        ("fr", "2004-01", "", "depuis janvier 2004"),
        ("es", "", "2019-03-01", "hasta el 1 de marzo de 2019"),
        ("en", "2009", "2011", "since 2009 until 2011"),
        ("en", "2009", "2009", "in 2009"),
        ("en", "", "", ""),
    ],
)
def test_a_period_is_said_as_precisely_as_it_is_known(language: str, since: str, until: str, said: str) -> None:
    with override(language):
        assert period(since, until) == said
