from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from essaim.formats.tiles import MAX_ZOOM, MOST_IDS, Points, tile, tiles

from .tile_decoder import Feature, decode

_COORDINATES = st.tuples(st.floats(-180, 180), st.floats(-90, 90)) | st.sampled_from(
    [(180.0, 90.0), (-180.0, -90.0), (0.0, 0.0), (2.35, 48.85), (2.35, 48.85), (2.3500001, 48.85), (-0.0, 85.06)]
)
_PLACES = st.lists(_COORDINATES, max_size=60)


def points(places: list[tuple[float, float]], **more: Any) -> Points:
    ids = [f"o{number}" for number in range(len(places))]
    return Points.of(ids, [x for x, _ in places], [y for _, y in places], **more)


def features(of: Points, z: int) -> list[Feature]:
    return [feature for _, _, content in tiles(of, z) for feature in decode(content)]


@given(_PLACES)
@settings(deadline=None)
def test_no_zoom_loses_or_doubles_a_point(places: list[tuple[float, float]]) -> None:
    of = points(places)
    for z in range(MAX_ZOOM + 1):
        assert sum(feature.tags["count"] for feature in features(of, z)) == len(places)


@given(_PLACES, st.data())
@settings(deadline=None)
def test_a_filtered_view_is_the_view_of_the_filtered_points(places: list[tuple[float, float]], data: st.DataObject) -> None:
    of = points(places)
    kept = set(data.draw(st.lists(st.sampled_from(of.ids)))) if places else set()
    small = Points.of(
        [one for one in of.ids if one in kept],
        [x for one, x in zip(of.ids, of.longitude, strict=True) if one in kept],
        [y for one, y in zip(of.ids, of.latitude, strict=True) if one in kept],
    )
    chosen = of.among(kept)
    for z in (0, 3, MAX_ZOOM):
        for x, y, _ in tiles(of, z):
            assert tile(of, z, x, y, chosen) == tile(small, z, x, y)


@given(_PLACES)
@settings(deadline=None, max_examples=30)
def test_a_tile_asked_for_alone_is_the_tile_made_among_all(places: list[tuple[float, float]]) -> None:
    of = points(places)
    for z in (0, 1, 6, MAX_ZOOM):
        for x, y, content in tiles(of, z):
            assert tile(of, z, x, y) == content


@given(_PLACES)
@settings(deadline=None)
def test_the_last_zoom_has_one_feature_a_place_and_tells_all_ids(places: list[tuple[float, float]]) -> None:
    of = points(places)
    told = [id for feature in features(of, MAX_ZOOM) for id in feature.ids]
    if max(Counter(of.keys.tolist()).values(), default=0) <= MOST_IDS:
        assert sorted(told) == sorted(of.ids)
    assert len(features(of, MAX_ZOOM)) == len(set(of.keys.tolist()))


@given(st.floats(-180, 179.999), st.floats(-85, 85))
def test_a_single_point_is_where_it_was_given_at_the_last_zoom(longitude: float, latitude: float) -> None:
    of = points([(longitude, latitude)])
    ((x, y, content),) = tiles(of, MAX_ZOOM)
    (feature,) = decode(content)
    side = 1 << MAX_ZOOM
    column, row = x + (feature.x + 0.5) / 4096, y + (feature.y + 0.5) / 4096
    assert column / side * 360 - 180 == pytest.approx(longitude, abs=360 / side / 4096)
    north = np.degrees(np.arctan(np.sinh(np.pi * (1 - 2 * row / side))))
    assert north == pytest.approx(latitude, abs=360 / side / 4096)


@given(_PLACES)
@settings(deadline=None)
def test_every_feature_lies_in_its_tile(places: list[tuple[float, float]]) -> None:
    for feature in features(points(places), 4):
        assert 0 <= feature.x < 4096
        assert 0 <= feature.y < 4096


def test_one_point_carries_its_id_its_title_and_its_kind() -> None:
    of = points([(2.0, 48.0), (100.0, 10.0)], titles=["Exemple é", "例"], categories={"kind": ["network", ""]})
    found = {feature.tags["id"]: feature.tags for feature in features(of, 5)}
    assert found["o0"] == {"count": 1, "id": "o0", "title": "Exemple é", "kind": "network"}
    assert found["o1"] == {"count": 1, "id": "o1", "title": "例"}


def test_many_at_one_place_are_one_feature_at_every_zoom() -> None:
    of = points([(5.0, 50.0)] * 30, categories={"kind": ["a"] * 30, "entity_type": ["x", "y"] * 15})
    for z in (0, 7, MAX_ZOOM):
        (feature,) = features(of, z)
        assert feature.tags == {"count": 30, "ids": " ".join(f"o{number}" for number in range(MOST_IDS)), "kind": "a"}


def test_points_apart_in_one_cell_are_a_cluster_without_ids() -> None:
    of = points([(5.0, 50.0), (5.01, 50.01), (6.0, 50.0)], count=[10, 5, 300], titles=["a", "b", "c"])
    tags = [feature.tags for feature in features(of, 6)]
    assert {"count": 15} in tags
    assert {"count": 300, "id": "o2", "title": "c"} in tags


def test_both_sides_of_the_antimeridian_are_one_line() -> None:
    east, west = points([(180.0, 10.0)]), points([(-180.0, 10.0)])
    assert [(x, y) for x, y, _ in tiles(east, 8)] == [(x, y) for x, y, _ in tiles(west, 8)]
    assert [x for x, _, _ in tiles(points([(179.999, 10.0)]), 8)] == [255]


def test_the_poles_are_at_the_edge_of_the_map() -> None:
    assert [y for _, y, _ in tiles(points([(0.0, 90.0)]), 5)] == [0]
    assert [y for _, y, _ in tiles(points([(0.0, -90.0)]), 5)] == [31]


@pytest.mark.parametrize(("z", "x", "y"), [(-1, 0, 0), (11, 0, 0), (2, 4, 0), (2, 0, -1), (0, 10**9, 0)])
def test_a_tile_that_cannot_be_is_empty(z: int, x: int, y: int) -> None:
    assert tile(points([(0.0, 0.0)]), z, x, y) == b""


@pytest.mark.parametrize("bad", [float("nan"), float("inf")])
def test_a_coordinate_that_is_no_number_is_refused(bad: float) -> None:
    with pytest.raises(ValueError, match="finite"):
        points([(bad, 0.0)])


def test_columns_of_different_length_are_refused() -> None:
    with pytest.raises(ValueError, match="length"):
        Points.of(["a", "b"], [0.0], [0.0])
