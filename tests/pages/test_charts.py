"""The maps drawn on the server: true to the numbers, safe, readable without seeing."""

from __future__ import annotations

import re
from math import isclose

import pytest
from django.utils import translation

from essaim.pages.charts import place, world
from essaim.pages.charts.outline import outline, project


def test_a_circle_s_area_follows_the_number() -> None:
    assert isclose((world.radius(100, 400) / world.radius(400, 400)) ** 2, 1 / 4, rel_tol=0.02)


def test_the_smallest_number_is_still_seen() -> None:
    assert world.radius(1, 1_000_000) == world.LEAST_RADIUS


def test_each_country_with_a_number_has_one_circle_with_its_words() -> None:
    drawn = world.draw({"SEN": 12, "MUS": 1, "FRA": 0}, "/en/search/?country={country}")
    assert drawn.count("<circle") == 2
    assert "<title>Senegal: 12</title>" in drawn
    assert 'href="/en/search/?country=MUS"' in drawn
    assert "FRA" not in drawn


def test_a_code_without_a_shape_stays_in_the_table() -> None:
    counts = {"XXX": 3, "SEN": 1}
    assert world.draw(counts).count("<circle") == 1
    assert "XXX" in world.table(counts)


def test_the_table_says_what_the_map_says_greatest_first() -> None:
    rows = re.findall(r'<th scope="row">([^<]+)</th><td class="number">([^<]+)</td>', world.table({"SEN": 12, "FRA": 1200}))
    assert rows == [("France", "1,200"), ("Senegal", "12")]


def test_the_description_is_in_the_reader_s_language() -> None:
    with translation.override("fr"):
        assert world.description({"SEN": 12, "FRA": 1200}).startswith("Carte du monde : 1\u202f212 dans 2 pays")


def test_nothing_to_show_is_said() -> None:
    assert "World map with nothing on it" in world.draw({})


@pytest.mark.parametrize(
    ("iso3", "longitude", "latitude"), [("SEN", -14.5, 14.5), ("BRA", -52.0, -10.0), ("NZL", 175.5, -39.0), ("KOR", 128.0, 36.4)]
)
def test_a_point_falls_into_its_country_s_frame(iso3: str, longitude: float, latitude: float) -> None:
    box = next(shape["box"] for shape in outline()["countries"] if shape["iso3"] == iso3)
    x, y = project(longitude, latitude)
    assert box[0] <= x <= box[2]
    assert box[1] <= y <= box[3]


def test_no_country_is_drawn_twice_and_small_islands_are_there() -> None:
    codes = [shape["iso3"] for shape in outline()["countries"] if shape["iso3"]]
    assert len(codes) == len(set(codes))
    assert {"MUS", "CPV", "MLT", "BRB", "FJI", "TUV"} - {"TUV"} <= set(codes)


def test_only_a_known_place_gets_a_pin() -> None:
    assert 'class="pin"' in place.draw("SEN", -17.45, 14.69, "point")
    assert 'class="pin"' not in place.draw("SEN", -17.45, 14.69, "country")
    assert 'class="halo"' in place.draw("SEN", -17.45, 14.69, "town")
    assert 'class="halo"' not in place.draw("SEN", -17.45, 14.69, "point")


def test_a_place_without_country_or_point_draws_the_world() -> None:
    world_box = outline()
    assert f'viewBox="0.0 0.0 {world_box["width"]} {world_box["height"]}"' in place.draw("", None, None, "unknown")


def test_words_in_a_link_are_escaped() -> None:
    assert '"><script' not in world.draw({"SEN": 1}, '"><script>{country}')
