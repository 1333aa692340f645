"""JSON, GeoJSON and YAML: lists by path, points and nothing else as places, text left as written."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from essaim.errors import ReadError
from essaim.formats import read

from .files import fields, repairs

Write = Callable[[str, bytes | str], Path]


def test_json_items_keep_their_types(write: Write) -> None:
    item = {"id": 1, "names": {"fr": "Exemple", "en": "Example"}, "tags": ["a", None], "share": 0.5, "open": True}
    path = write("a.json", json.dumps([item]))
    assert fields(path) == [item]
    assert [row.position for row in read(path).rows] == ["item 1"]


@pytest.mark.parametrize("path", ["data.items", "pages.0.items"])
def test_a_path_leads_to_the_list(write: Write, path: str) -> None:
    inner = {"items": [{"id": "a"}]}
    assert fields(write("a.json", json.dumps({"data": inner, "pages": [inner]})), path=path) == [{"id": "a"}]


@pytest.mark.parametrize(
    ("path", "expected"),
    [("", "a list"), ("dat", "one of data"), ("data.items.7", "a number below 1"), ("data.n.x", "no further step")],
)
def test_a_wrong_path_is_told_with_what_would_be_right(write: Write, path: str, expected: str) -> None:
    with pytest.raises(ReadError) as caught:
        fields(write("a.json", '{"data": {"items": [{}], "n": 1}}'), path=path)
    assert caught.value.expected == expected


def test_items_without_keys_and_doubled_keys_are_noted(write: Write) -> None:
    path = write("a.json", '["x", {"id": 1, "id": 2}]')
    assert fields(path) == [{"value": "x"}, {"id": 2}]
    assert repairs(path) == {"item_without_keys": 1, "key_duplicated": 1}


@pytest.mark.parametrize("text", ['[{"a": 1}', "[NaN]", "{a: 1}", "[1] [2]", "1" * 5000])
def test_what_is_not_json_is_told(write: Write, text: str) -> None:
    with pytest.raises(ReadError, match="Expected"):
        fields(write("a.json", text))


def test_texts_deep_inside_are_mended(write: Write) -> None:
    path = write("a.json", '[{"a": {"b": ["SociÃ©tÃ© &amp; fils"]}}]')
    assert fields(path) == [{"a": {"b": ["Société & fils"]}}]
    assert repairs(path) == {"mojibake_mended": 1, "html_entity_decoded": 1}


def collection(*features: dict[str, Any], **more: Any) -> str:
    return json.dumps({"type": "FeatureCollection", "features": list(features), **more})


def feature(geometry: Any, **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def test_only_points_give_coordinates(write: Write) -> None:
    line = {"type": "LineString", "coordinates": [[1, 2], [3, 4]]}
    point = {"type": "Point", "coordinates": [4.35, 50.85, 12]}
    path = write("a.geojson", collection(feature(point, name="A"), feature(line, name="B"), feature(None, name="C")))
    assert fields(path) == [{"name": "A", "longitude": 4.35, "latitude": 50.85}, {"name": "B"}, {"name": "C"}]
    assert repairs(path) == {"geometry_not_a_point:LineString": 1, "geometry_not_a_point:none": 1}


@pytest.mark.parametrize("place", [[], [1], ["4.35", "50.85"], [None, 1], "4.35,50.85", [True, False]])
def test_a_point_without_numbers_gives_none(write: Write, place: Any) -> None:
    path = write("a.geojson", collection(feature({"type": "Point", "coordinates": place}, name="A")))
    assert fields(path) == [{"name": "A"}]
    assert repairs(path) == {"point_unreadable": 1}


def test_a_property_does_not_hide_the_features_own(write: Write) -> None:
    one = feature({"type": "Point", "coordinates": [1, 2]}, latitude="two", id="x") | {"id": "node/1"}
    path = write("a.geojson", collection(one))
    assert fields(path) == [{"property_latitude": "two", "property_id": "x", "longitude": 1, "latitude": 2, "id": "node/1"}]
    assert repairs(path) == {"key_renamed": 2}


@pytest.mark.parametrize("name", ["urn:ogc:def:crs:EPSG::3857", "EPSG:2154"])
def test_coordinates_of_another_system_are_told(write: Write, name: str) -> None:
    crs = {"type": "name", "properties": {"name": name}}
    with pytest.raises(ReadError, match="another system"):
        fields(write("a.geojson", collection(crs=crs)))


def test_degrees_may_be_named_in_the_older_way(write: Write) -> None:
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}
    assert fields(write("a.geojson", collection(feature(None, name="A"), crs=crs))) == [{"name": "A"}]


@pytest.mark.parametrize("text", ["[]", '{"type": "Feature"}', '{"type": "FeatureCollection", "features": [1]}'])
def test_what_is_no_collection_is_told(write: Write, text: str) -> None:
    with pytest.raises(ReadError, match="feature"):
        fields(write("a.geojson", text))


def test_yaml_keeps_codes_dates_and_zeros_as_written(write: Write) -> None:
    text = "- {country: NO, no: norsk, since: 2023-05-01, month: 2023-05, number: 007, time: 12:30:45, on: yes, n: 12, f: 1.5}\n"
    assert fields(write("a.yaml", text)) == [
        {
            "country": "NO",
            "no": "norsk",
            "since": "2023-05-01",
            "month": "2023-05",
            "number": "007",
            "time": "12:30:45",
            "on": "yes",
            "n": 12,
            "f": 1.5,
        }
    ]


def test_yaml_aliases_merges_and_empty_values_are_read(write: Write) -> None:
    text = "base: &b {a: 1, b: ~}\nlist:\n- {<<: *b, a: 2, c: true, d: }\n"
    assert fields(write("a.yaml", text), path="list") == [{"a": 2, "b": None, "c": True, "d": None}]


def test_a_doubled_yaml_key_is_noted(write: Write) -> None:
    assert repairs(write("a.yaml", "- {a: 1, a: 2}\n")) == {"key_duplicated": 1}


@pytest.mark.parametrize(
    "text",
    [
        "- !!python/object/apply:os.system [ls]",
        "a: [1",
        "--- 1\n--- 2",
        "? [a]\n: b",
        "- &a [*a]",
        "\t- x",
        "- !!int x",
        "- !!timestamp x",
        "- " * 5000,
    ],
)
def test_unsafe_broken_or_endless_yaml_is_told(write: Write, text: str) -> None:
    with pytest.raises(ReadError):
        fields(write("a.yaml", text))


def test_an_alias_bomb_is_told(write: Write) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 9)]
    with pytest.raises(ReadError, match="bomb"):
        fields(write("a.yaml", "\n".join(lines)), path="a8")
