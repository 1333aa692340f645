from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from essaim.text import analyse, fold

LANGUAGES = ("en", "fr", "es", "pt-BR", "ar", "zh", "ru", "und", "sw")


def lemmas(text: str, language: str) -> list[str]:
    return [token.text for token in analyse(text, language)]


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "Cooperatives", "cooperative"),
        ("en", "co-operative", "COOPERATIVE"),
        ("fr", "économies", "economie"),
        ("fr", "Réseaux", "reseaux"),
        ("fr", "l'économie", "Économie"),
        ("fr", "d’aujourd’hui", "AUJOURD'HUI"),
        ("es", "organizaciones", "organización"),
        ("pt", "associações", "associação"),
        ("de", "Genossenschaften", "genossenschaft"),
        ("ru", "кооперативы", "Кооператив"),
        ("ar", "التَّعاوُنيّات", "تعاونية"),
        ("ar", "الأمثلة", "امثله"),
        ("en", "U.N.E.S.X.", "unesx"),
        ("und", "Straße", "STRASSE"),
        ("zh", "ＡＢＣ", "abc"),
    ],
)
def test_forms_of_one_word_meet(language: str, one: str, other: str) -> None:
    assert lemmas(one, language) == lemmas(other, language) != []


def test_cooperativa_and_cooperacion_stay_apart() -> None:
    assert lemmas("cooperativas", "es") != lemmas("cooperación", "es")


def test_chinese_is_read_by_pairs_and_latin_words_beside_it_whole() -> None:
    assert lemmas("合作社ABC", "zh") == ["合作", "作社", "abc"]


def test_vowel_signs_of_devanagari_do_not_cut_a_word() -> None:
    assert [token.surface for token in analyse("सहकारी समिति", "hi")] == [fold("सहकारी"), fold("समिति")]


def test_offsets_count_code_points_of_the_original() -> None:
    text = "𝔸 « L'Économie »"
    token = analyse(text, "fr")[-1]
    assert text[token.start : token.end] == "Économie"


@given(st.text(), st.sampled_from(LANGUAGES))
def test_tokens_lie_in_the_text_in_order_and_hold_no_space(text: str, language: str) -> None:
    before = 0
    for token in analyse(text, language):
        assert before <= token.start < token.end <= len(text)
        assert token.text
        assert token.surface
        assert not any(sign.isspace() for sign in token.text + token.surface)
        before = token.start


@given(st.text())
def test_the_cut_does_not_depend_on_the_language(text: str) -> None:
    cuts = [[(token.start, token.end, token.surface) for token in analyse(text, language)] for language in LANGUAGES]
    assert all(cut == cuts[0] for cut in cuts)


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_an_english_possessive_is_the_word() -> None:
    assert lemmas("women's bank", "en") == ["woman", "bank"]
