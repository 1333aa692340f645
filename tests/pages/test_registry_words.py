"""Everything the packaged files say can be said in the reader's language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from essaim.accounts import words as accounts_words
from essaim.coordination import words as coordination_words
from essaim.countries import words as countries_words
from essaim.pages.fact_sheet import STRUCTURE
from essaim.pages.facts import json_ready
from essaim.pages.own_words import all_translations, say
from essaim.pages.packaged import own_words, read_documents
from essaim.pages.registry import facts_folder
from essaim.policy import words as policy_words

FIELDS = {
    "accounts": (
        accounts_words.FIELDS,
        {"role", "organisation", "person", "at", "date", "members", "observers", "agencies_at_founding"},
    ),
    "coordination": (coordination_words.FIELDS, {"ref", "en", "fr", "es", "field", "other_value"}),
    "countries": (
        countries_words.FIELDS,
        {"figures", "priorities", "institutions", "partners", "vnr", "laws", "iso3", "values"},
    ),
    "policy": (
        policy_words.NORM_FIELDS | policy_words.INSTRUMENT_FIELDS,
        {
            "titles",
            "calls",
            "building_blocks",
            "definition",
            "elements",
            "to",
            "action",
            "tags",
            "text",
            "field",
            "other_value",
            "what",
            "fact",
        },
    ),
}
"""The labels of each room, and the keys that its pages show without one (tables and columns with headings of their own)."""
LANGUAGES = {"ar", "da", "de", "el", "en", "es", "fi", "fr", "gl", "id", "it", "ms", "pl", "pt", "ro", "sk", "sl"}


def keys(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for item in value:
            yield from keys(item)
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield key
            yield from keys(item)


@pytest.mark.parametrize("room", FIELDS)
def test_every_key_of_the_files_has_a_label(room: str) -> None:
    labels, shown_apart = FIELDS[room]
    found = {
        key
        for document in json_ready(read_documents(facts_folder(room))).values()
        for entries in document.values()
        for key in keys(entries)
    }
    known = {key.split(".")[-1] for key in labels} | shown_apart | STRUCTURE | LANGUAGES
    assert {key for key in found - known if not key.endswith("_note")} == set()


def untranslated(strings: set[str]) -> list[str]:
    return sorted(text for text in strings if not {"fr", "es"} <= all_translations().get(text, {}).keys())


def test_every_call_criterion_and_priority_is_translated() -> None:
    norms = read_documents(facts_folder("policy"))["norms"]["norms"]
    laws = read_documents(facts_folder("policy"))["laws"]["laws"]
    countries = read_documents(facts_folder("countries"))["countries"]["countries"]
    calls = {piece["action"] for norm in norms for key in ("calls", "building_blocks") for piece in norm.get(key, [])}
    elements = {piece["text"] for norm in norms for piece in norm.get("definition", {}).get("elements", [])}
    criteria = {
        text for law in laws for text in ([law["criteria"]] if isinstance(law.get("criteria"), str) else law.get("criteria", []))
    }
    priorities = {one["priority"] for country in countries for one in country.get("priorities", [])}
    assert min(len(calls), len(elements), len(criteria), len(priorities)) > 5
    assert untranslated(calls | elements | criteria | priorities) == []


@pytest.mark.parametrize("room", FIELDS)
def test_nearly_every_own_word_is_translated(room: str) -> None:
    """What is left are names of decrees and acronyms, which are the same in every language."""
    assert len(untranslated(own_words(room))) <= 5


def test_a_string_without_translation_is_said_in_english_and_says_so() -> None:
    said = say("a sentence that nobody translated", "fr")
    assert (said.text, said.language, said.is_our_translation) == ("a sentence that nobody translated", "en", False)


def test_a_translation_says_that_it_is_ours() -> None:
    said = say("task force created", "fr")
    assert (said.language, said.is_our_translation) == ("fr", True)


CODES = {
    "meeting kinds": ("coordination", "meetings", "meetings", "kind", coordination_words.kind_word),
    "norm kinds": ("policy", "norms", "norms", "kind", policy_words.norm_kind_word),
    "instrument kinds": ("policy", "laws", "laws", "kind", policy_words.kind_word),
    "levels": ("policy", "laws", "laws", "level", policy_words.level_word),
    "statuses": ("policy", "laws", "laws", "status", policy_words.status_word),
}


@pytest.mark.parametrize("what", CODES)
def test_every_code_of_the_files_has_words_in_french(what: str) -> None:
    from django.utils import translation

    room, file, group, key, word = CODES[what]
    codes = {entry[key] for entry in read_documents(facts_folder(room))[file][group] if key in entry}
    tables = {**policy_words.NORM_KINDS, **policy_words.INSTRUMENT_KINDS, **policy_words.LEVELS, **policy_words.STATUSES}
    with translation.override("fr"):
        said = {code: word(code) for code in codes}
    assert all(said.values())
    if room == "policy":
        assert codes <= tables.keys()
    assert all("_" not in words for words in said.values())


def test_every_indicator_tag_and_addressee_has_words() -> None:
    countries = read_documents(facts_folder("countries"))["countries"]["countries"]
    calls = [call for norm in read_documents(facts_folder("policy"))["norms"]["norms"] for call in norm.get("calls", [])]
    assert {figure["indicator"] for one in countries for figure in one.get("figures", [])} <= countries_words.INDICATORS.keys()
    assert {body["kind"] for one in countries for body in one.get("institutions", [])} <= countries_words.BODY_KINDS.keys()
    assert {review["basis"] for one in countries for review in one.get("vnr", [])} <= countries_words.BASES.keys()
    assert {call["to"] for call in calls} <= policy_words.ADDRESSEES.keys()
    assert {tag for call in calls for tag in call["tags"]} <= policy_words.TAGS.keys()
