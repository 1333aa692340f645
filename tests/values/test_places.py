"""Coordinates keep their precision; swapped, missing and impossible ones are told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from essaim.errors import RecordError
from essaim.values.places import Coordinates, parse, parse_pair
from tests.values.hypothesis_texts import of


@pytest.mark.parametrize(
    ("longitude", "latitude", "place"),
    [
        (4.35, 50.85, (4.35, 50.85)),
        ("4,35", "50,85", (4.35, 50.85)),
        ("4.35° W", "50.85°S", (-4.35, -50.85)),
        ("−58.38", "-34.6", (-58.38, -34.6)),
        (0, 51.48, (0.0, 51.48)),
    ],
)
def test_usual_spellings_of_degrees_are_read(longitude: str | float, latitude: str | float, place: tuple[float, float]) -> None:
    found = parse(longitude, latitude)
    assert (found.longitude, found.latitude) == place


def test_swapped_coordinates_are_told_where_the_country_is_known() -> None:
    with pytest.raises(RecordError, match="swapped"):
        parse(50.85, 4.35, country="BEL")
    with pytest.raises(RecordError, match="swapped"):
        parse(10, 120)
    assert parse(4.35, 50.85, country="BEL").fit == "inside"


def test_a_point_far_from_the_country_is_marked_and_kept() -> None:
    assert parse(55.45, -20.88, country="FRA").fit == "outside"
    assert parse(55.45, -20.88).fit == "unknown"


def test_a_country_over_the_date_line_holds_both_sides() -> None:
    assert parse(179.9, -17, country="FJI").fit == "inside"
    assert parse(-179.9, -17, country="FJI").fit == "inside"


@pytest.mark.parametrize(
    ("longitude", "latitude"),
    [(0, 0), ("0.0", "0,0"), (200, 10), (10, 200), ("x", "y"), ("", ""), (float("nan"), 1), (float("inf"), 1), ("4.3N", "50.8E")],
)
def test_missing_and_impossible_places_are_refused(longitude: str | float, latitude: str | float) -> None:
    with pytest.raises(RecordError):
        parse(longitude, latitude)


def test_pairs_are_read_in_the_order_that_is_told() -> None:
    assert parse_pair("50.85, 4.35", is_latitude_first=True) == Coordinates(4.35, 50.85)
    assert parse_pair("[4.35 50.85]", is_latitude_first=False) == Coordinates(4.35, 50.85)
    with pytest.raises(RecordError):
        parse_pair("4,35 50,85", is_latitude_first=False)


@given(
    st.one_of(of("0123456789.,-° NSEW"), st.floats()),
    st.one_of(of("0123456789.,-° NSEW"), st.floats()),
    st.sampled_from(["", "BEL"]),
)
def test_normalising_twice_is_normalising_once_and_nothing_else_is_raised(
    longitude: str | float, latitude: str | float, country: str
) -> None:
    try:
        place = parse(longitude, latitude, country=country)
    except RecordError:
        return
    assert parse(place.longitude, place.latitude, country=country) == place
    assert -180 <= place.longitude <= 180
    assert -90 <= place.latitude <= 90


@given(of("0123456789.,-[] "))
def test_pairs_raise_nothing_else(text: str) -> None:
    try:
        parse_pair(text, is_latitude_first=True)
    except RecordError:
        return
