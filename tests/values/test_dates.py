"""Dates keep the precision their source gives, and what reads two ways is refused."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from essaim.errors import RecordError
from essaim.values.dates import PartialDate, parse
from tests.values.hypothesis_texts import of


@pytest.mark.parametrize(
    ("value", "iso"),
    [
        (2013, "2013"),
        (2013.0, "2013"),
        ("2013", "2013"),
        ("2013-05", "2013-05"),
        ("2013-5-3", "2013-05-03"),
        ("20130523", "2013-05-23"),
        ("2013-05-23T10:00:00Z", "2013-05-23"),
        ("2013/05/23", "2013-05-23"),
        ("05/2013", "2013-05"),
        ("23/05/2013", "2013-05-23"),
        ("05/23/2013", "2013-05-23"),
        ("03.03.2013", "2013-03-03"),
        ("May 2013", "2013-05"),
        ("mai 2013", "2013-05"),
        ("mayo de 2013", "2013-05"),
        ("12 de março de 2014", "2014-03-12"),
        ("1er mai 2013", "2013-05-01"),
        ("May 23rd, 2013", "2013-05-23"),
        ("23. Mai 2013", "2013-05-23"),
        ("Sept. 2012", "2012-09"),
        ("23 мая 2013 г.", "2013-05-23"),
        ("2013年5月23日", "2013-05-23"),
        ("2013년 5월", "2013-05"),
        ("٢٣ مايو ٢٠١٣", "2013-05-23"),
        (datetime.date(2013, 5, 23), "2013-05-23"),
        (datetime.datetime(2013, 5, 23, 12, 0), "2013-05-23"),
    ],
)
def test_usual_spellings_are_read_as_precisely_as_they_say(value: object, iso: str) -> None:
    assert parse(value).iso == iso


def test_a_date_that_reads_two_ways_needs_to_be_told() -> None:
    with pytest.raises(RecordError, match="reads two ways"):
        parse("03/04/2013")
    assert parse("03/04/2013", is_day_first=True).iso == "2013-04-03"
    assert parse("03/04/2013", is_day_first=False).iso == "2013-03-04"


@pytest.mark.parametrize(
    "value",
    [
        "0",
        0,
        "0000",
        "0000-05-01",
        "2013-02-30",
        "31 April 2013",
        "2013-13",
        "13",
        "c. 1990",
        "1990s",
        "2013-2014",
        "Q1 2013",
        "9999-12-31",
        "",
        None,
        True,
        float("nan"),
        datetime.date(1, 1, 1),
        [2013],
    ],
)
def test_year_nought_impossible_days_and_guesses_are_refused(value: object) -> None:
    with pytest.raises(RecordError):
        parse(value)


def test_excel_serials_are_read_only_on_request() -> None:
    assert parse("41417", is_excel_serial=True).iso == "2013-05-23"
    with pytest.raises(RecordError):
        parse("41417")
    with pytest.raises(RecordError):
        parse("12", is_excel_serial=True)


def test_a_reader_sees_no_more_than_is_known() -> None:
    assert PartialDate("2013").display("fr") == "2013"
    assert PartialDate("2013-05").display("es") == "mayo de 2013"
    assert PartialDate("2013-05-23").display("en") == "23 May 2013"
    assert PartialDate("2013-05-23").display("xx") == "23 May 2013"


def test_overlap_follows_precision() -> None:
    year, may, june = PartialDate("2013"), PartialDate("2013-05"), PartialDate("2013-06")
    assert year.overlaps(may)
    assert may.overlaps(year)
    assert not may.overlaps(june)
    assert (may.precision, may.month, may.day) == ("month", 5, None)
    assert PartialDate("2012-02").last_day == datetime.date(2012, 2, 29)


def test_dates_sort_by_time() -> None:
    assert sorted([PartialDate("2013-05-23"), PartialDate("2012"), PartialDate("2013-05")]) == [
        PartialDate("2012"),
        PartialDate("2013-05"),
        PartialDate("2013-05-23"),
    ]


@given(st.one_of(of("0123456789-/. ", "2013", "May", "mai", "年", "月", "th"), st.integers(), st.floats(), st.dates()))
def test_normalising_twice_is_normalising_once_and_nothing_else_is_raised(value: object) -> None:
    try:
        date = parse(value, is_day_first=True)
    except RecordError:
        return
    assert parse(str(date)) == date
    assert date.first_day <= date.last_day
    assert date.display("fr")


@given(of("0123456789.-+e"))
def test_excel_serials_raise_nothing_else(text: str) -> None:
    try:
        parse(text, is_excel_serial=True)
    except RecordError:
        return
