"""Names are cleaned for display, cut into words, made into slugs and acronyms."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from essaim.errors import RecordError
from essaim.values import names


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("  Exemple   Coop\n", "Exemple Coop"),
        ("“Exemple Coop”", "Exemple Coop"),
        ("« Exemple »", "Exemple"),
        ("L'Exemple d'ici", "L’Exemple d’ici"),
        ("Cafe\u0301 Exemple", "Café Exemple"),
        ("Exem\u00adple\ufeff", "Exemple"),
        ('The "Example" Society', 'The "Example" Society'),
        ("Members' Example", "Members' Example"),
    ],
)
def test_a_name_is_cleaned_for_display(text: str, name: str) -> None:
    assert names.parse(text) == name


@pytest.mark.parametrize("text", ["", "  ", "-", "N/A", "#REF!", "«»", "…"])
def test_what_stands_for_nothing_is_no_name(text: str) -> None:
    with pytest.raises(RecordError, match="not a name"):
        names.parse(text)


@given(st.text(max_size=60))
def test_cleaning_twice_is_cleaning_once_and_nothing_else_is_raised(text: str) -> None:
    try:
        name = names.parse(text)
    except RecordError:
        return
    assert names.parse(name) == name


@pytest.mark.parametrize(
    ("name", "acronym"),
    [
        ("Association internationale de la mutualité", "AIM"),
        ("International Co-operative Alliance", "ICA"),
        ("Réseau de l’Économie d’Exempleville", "REE"),
        ("Exemple", ""),
        ("农民合作社", ""),
    ],
)
def test_an_acronym_takes_the_words_that_carry_the_name(name: str, acronym: str) -> None:
    assert names.acronym_of(name) == acronym


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Économie sociale & solidaire", "economie-sociale-solidaire"),
        ("Кооператив Пример", "kooperativ-primer"),
        ("جمعية النساء", ""),
        ("农民合作社", ""),
        ("!!!", ""),
    ],
)
def test_a_slug_is_plain_letters_or_nothing(name: str, slug: str) -> None:
    assert names.slug(name) == slug


@given(st.text(max_size=300))
def test_a_slug_fits_an_address(text: str) -> None:
    slug = names.slug(text)
    assert len(slug) <= 80
    assert slug == "" or all(sign.isascii() and (sign.isalnum() or sign == "-") for sign in slug)
    assert names.slug(slug) == slug


def test_arabic_words_lose_their_article() -> None:
    assert names.tokens("الشركة والتعاونية") == ["شركه", "تعاونيه"]
