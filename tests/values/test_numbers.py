"""Numbers are read exactly, whatever separators they are written with."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from essaim.errors import RecordError
from essaim.values import numbers
from tests.values.hypothesis_texts import of


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("1 234", 1234),
        ("1.234", 1234),
        ("1,234", 1234),
        ("1\u202f234", 1234),
        ("1'234", 1234),
        ("12,34,567", 1234567),
        ("٣٤٥", 345),
        ("0", 0),
        (12, 12),
        (12.0, 12),
        ("1.234.567", 1234567),
        ("5,0", 5),
    ],
)
def test_counts_are_whole_numbers_in_any_grouping(text: object, count: int) -> None:
    assert numbers.parse_count(text) == count


@pytest.mark.parametrize("text", ["-3", "1.5", "0.125", "about 50", "~50", "", "12%", "1e5", None, True, float("inf")])
def test_what_counts_nothing_is_refused(text: object) -> None:
    with pytest.raises(RecordError):
        numbers.parse_count(text)


@pytest.mark.parametrize(
    ("text", "mark", "number"),
    [
        ("1,234.5", "", "1234.5"),
        ("1.234,5", "", "1234.5"),
        ("1,5", "", "1.5"),
        ("0,125", "", "0.125"),
        ("1.234", ".", "1.234"),
        ("1.234", ",", "1234"),
        ("−3", "", "-3"),
        (0.1, "", "0.1"),
    ],
)
def test_decimal_marks_are_read_from_the_number_or_told(text: object, mark: str, number: str) -> None:
    assert numbers.parse(text, decimal_mark=mark) == Decimal(number)


@pytest.mark.parametrize("text", ["1.234", "1,234", "1,2,3"])
def test_a_number_that_reads_two_ways_is_refused(text: str) -> None:
    with pytest.raises(RecordError, match="reads two ways"):
        numbers.parse(text)


@given(st.one_of(of("0123456789., '-+"), st.integers(), st.floats(), st.decimals()), st.sampled_from(["", ".", ","]))
def test_normalising_twice_is_normalising_once_and_nothing_else_is_raised(value: object, mark: str) -> None:
    try:
        number = numbers.parse(value, decimal_mark=mark)
    except RecordError:
        return
    assert numbers.parse(f"{number:f}", decimal_mark=".") == number


@given(st.one_of(of("0123456789., '-+"), st.integers(), st.floats()))
def test_counting_twice_is_counting_once(value: object) -> None:
    try:
        count = numbers.parse_count(value)
    except RecordError:
        return
    assert count >= 0
    assert numbers.parse_count(str(count)) == count
