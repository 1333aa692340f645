"""Numbers, dates, countries and certainties in the reader's words."""

from __future__ import annotations

import pytest
from django.utils import translation

from essaim.pages import wording


@pytest.mark.parametrize(
    ("language", "text", "said"),
    [
        ("en", "2013", "2013"),
        ("en", "2013-05", "May 2013"),
        ("fr", "2013-05", "mai 2013"),
        ("es", "2013-05-28", "28 de mayo de 2013"),
        ("en", "2013-05-28", "28 May 2013"),
        ("en", "spring 2013", "spring 2013"),
        ("en", "2013-13", "2013-13"),
        ("en", "", ""),
    ],
)
def test_a_date_is_said_no_more_precisely_than_it_is_known(language: str, text: str, said: str) -> None:
    with translation.override(language):
        assert wording.precise_date(text) == said


@pytest.mark.parametrize(("language", "said"), [("en", "1,234,567"), ("fr", "1\u202f234\u202f567"), ("es", "1.234.567")])
def test_a_number_is_written_as_the_language_writes_it(language: str, said: str) -> None:
    with translation.override(language):
        assert wording.number(1234567) == said


def test_what_is_no_number_stays_as_it_is() -> None:
    assert wording.number("about forty") == "about forty"
    assert wording.number(None) == ""


@pytest.mark.parametrize(("language", "said"), [("en", "Senegal"), ("fr", "Sénégal"), ("es", "Senegal")])
def test_a_country_is_named_in_the_reader_s_language(language: str, said: str) -> None:
    with translation.override(language):
        assert wording.country_name("SEN") == said


def test_an_unknown_code_is_shown_and_not_guessed() -> None:
    assert wording.country_name("ZZZ") == "ZZZ"
    assert wording.certainty("invented") == "invented"


@pytest.mark.parametrize(
    ("titles", "chosen"),
    [
        ({"fr": "Jardins", "en": "Gardens"}, ("fr", "Jardins")),
        ({"es": "Huertos", "en": "Gardens"}, ("en", "Gardens")),
        ({"es": "Huertos", "und": "Jardin"}, ("und", "Jardin")),
        ({"es": "Huertos"}, ("es", "Huertos")),
        ({}, ("und", "")),
    ],
)
def test_a_title_is_chosen_by_the_reader_s_language_then_english_then_any(
    titles: dict[str, str], chosen: tuple[str, str]
) -> None:
    with translation.override("fr"):
        assert wording.choose(titles) == chosen


def test_arabic_is_written_from_right_to_left() -> None:
    assert wording.direction("ar") == "rtl"
    assert wording.direction("ar-MA") == "rtl"
    assert wording.direction("fr") == "ltr"
