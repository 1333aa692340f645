"""Any usual spelling of a language gives its BCP 47 tag."""

from __future__ import annotations

import pytest
from hypothesis import given

from essaim.errors import RecordError
from essaim.values import languages
from tests.values.hypothesis_texts import of


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("en", "en"),
        ("EN", "en"),
        ("en_US", "en-US"),
        ("en-UK", "en-GB"),
        ("eng", "en"),
        ("fre", "fr"),
        ("fra", "fr"),
        ("ger", "de"),
        ("English", "en"),
        ("français", "fr"),
        ("FRANCAIS", "fr"),
        ("Castellano", "es"),
        ("Spanish", "es"),
        ("العربية", "ar"),
        ("中文", "zh"),
        ("zh-Hans", "zh-Hans"),
        ("zh_hant_TW", "zh-Hant-TW"),
        ("Chinese (Simplified)", "zh-Hans"),
        ("Português (Brasil)", "pt-BR"),
        ("es-419", "es-419"),
        ("iw", "he"),
        ("fr_FR.UTF-8", "fr-FR"),
        ("quechua", "qu"),
        ("und", "und"),
        ("mul", "mul"),
    ],
)
def test_codes_locales_and_names_give_a_tag(text: str, tag: str) -> None:
    assert languages.parse(text) == tag


@pytest.mark.parametrize("text", ["", "xx", "en-XX", "123", "Examplish", "en-Abcd"])
def test_an_unknown_language_is_told(text: str) -> None:
    with pytest.raises(RecordError, match="unknown language"):
        languages.parse(text)


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("en fr", ["en", "fr"]),
        ("English, French", ["en", "fr"]),
        ("Français / English", ["fr", "en"]),
        ("español y francés", ["es", "fr"]),
        ("Spanish; Castilian", ["es"]),
        ("en", ["en"]),
    ],
)
def test_several_languages_in_one_text_are_read(text: str, tags: list[str]) -> None:
    assert languages.parse_list(text) == tags


def test_names_and_direction_are_given() -> None:
    assert languages.name("fr", "es") == "francés"
    assert languages.name("qqq", "fr") == "qqq"
    assert [languages.is_rtl(tag) for tag in ("ar-MA", "az-Arab", "he", "fr", "ar-Latn")] == [True, True, True, False, False]


@given(of("aefnrsz-_, ", "en", "fr", "Hans", "US", "français", " (", ")"))
def test_normalising_twice_is_normalising_once_and_nothing_else_is_raised(text: str) -> None:
    try:
        tags = languages.parse_list(text)
    except RecordError:
        return
    assert [languages.parse(tag) for tag in tags] == tags
    assert languages.parse_list(" ".join(tags)) == tags
