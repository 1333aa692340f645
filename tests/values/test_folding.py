"""Folding makes spellings comparable and is done after one time."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from essaim.values.folding import fold, key


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Économie  Sociale", "economie sociale"),
        ("S.C.O.P.", "scop"),
        ("e.V.", "ev"),
        ("Straße", "strasse"),
        ("Łódź Ørsted Æble", "lodz orsted aeble"),
        ("Кооператив", "kooperativ"),
        ("Συνεταιρισμός", "synetairismos"),
        ("التَّعاوُنِيّة", "التعاونيه"),
        ("إقتصاد", "اقتصاد"),
        ("ＮＰＯ法人", "npo法人"),
        ("がん", "がん"),
        ("سنة ٢٠٢٣", "سنه 2023"),
        ("l’économie", "l economie"),
    ],
)
def test_spellings_of_one_word_fold_to_one(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text(max_size=60))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=60))
def test_a_key_holds_only_letters_and_digits(text: str) -> None:
    assert " " not in key(text)
    assert "_" not in key(text)
