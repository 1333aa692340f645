"""Telephone numbers become E.164, with the country's help where they are national."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from essaim.errors import RecordError
from essaim.values import phones
from tests.values.hypothesis_texts import of


@pytest.mark.parametrize(
    ("text", "country", "number"),
    [
        ("+32 2 555 12 34", "", "+3225551234"),
        ("01 23 45 67 89", "FRA", "+33123456789"),
        ("0033 1 23 45 67 89", "BEL", "+33123456789"),
        ("020 7946 0000 (24 hours)", "GBR", "+442079460000"),
        ("(020) 7946 0000 ext. 5", "GBR", "+442079460000"),
    ],
)
def test_numbers_become_international(text: str, country: str, number: str) -> None:
    assert phones.parse(text, country=country) == number


@pytest.mark.parametrize(("text", "country"), [("01 23 45 67 89", ""), ("", "FRA"), ("12", "FRA"), ("none", "FRA"), ("1", "XXX")])
def test_what_cannot_be_dialled_is_refused(text: str, country: str) -> None:
    with pytest.raises(RecordError):
        phones.parse(text, country=country)


def test_a_reader_sees_groups() -> None:
    assert phones.display("+33123456789") == "+33 1 23 45 67 89"


@given(of("0123456789+() -x"), st.sampled_from(["", "FRA", "BRA", "ATA"]))
def test_normalising_twice_is_normalising_once_and_nothing_else_is_raised(text: str, country: str) -> None:
    try:
        number = phones.parse(text, country=country)
    except RecordError:
        return
    assert phones.parse(number) == number
    assert phones.parse(phones.display(number)) == number
