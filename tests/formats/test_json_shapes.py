"""Shapes of publishers in JSON: recognised, noted as the profile, turned into rows; heeded no more when plain is asked for."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from essaim.errors import ReadError
from essaim.formats import ReadOptions, read

from .files import fields

Write = Callable[[str, bytes | str], Path]


def told(file: Path, /, **options: Any) -> tuple[str, list[dict[str, Any]], list[str]]:
    """Return profile, fields and positions of a file."""
    reading = read(file, ReadOptions(**options))
    rows = list(reading.rows)
    return reading.repairs.profile, [dict(row.fields) for row in rows], [row.position for row in rows]


ELEMENT = {"id": "a1", "name": "Exemple", "geo": {"latitude": 46.3, "longitude": -0.4}, "categories": ["Food"], "address": {}}


def test_the_elements_of_gogocarto_are_recognised(write: Write) -> None:
    answer = {"licence": "https://example.org/odbl", "ontology": "gogofull", "data": [ELEMENT]}
    assert told(write("a.json", json.dumps(answer))) == ("gogocarto", [ELEMENT], ["item 1"])
    assert told(write("b.json", json.dumps([ELEMENT, {**ELEMENT, "taxonomy": [1]}])))[0] == "gogocarto"


def test_compact_elements_of_gogocarto_get_their_names(write: Write) -> None:
    mapping = ["id", ["name"], "latitude", "longitude", "status"]
    answer = {"ontology": "gogocompact", "mapping": mapping, "data": [["a1", ["Exemple"], 46.3, -0.4, 1]]}
    expected = {"id": "a1", "name": "Exemple", "latitude": 46.3, "longitude": -0.4, "status": 1}
    assert told(write("a.json", json.dumps(answer)))[:2] == ("gogocarto", [expected])


def point(name: str, **more: Any) -> dict[str, Any]:
    return {"type": "Feature", "properties": {"name": name, **more}, "geometry": {"type": "Point", "coordinates": [4.35, 50.85]}}


def test_every_layer_of_a_umap_is_read(write: Write) -> None:
    layers = [
        {
            "type": "FeatureCollection",
            "_umap_options": {"name": "Food"},
            "features": [point("A", _umap_options={"color": "red"})],
        },
        {"_storage": {"remoteData": {"url": "https://example.org"}}},
        {"type": "FeatureCollection", "features": [point("B")]},
    ]
    profile, rows, positions = told(
        write("a.umap", json.dumps({"type": "umap", "properties": {"name": "Map"}, "layers": layers}))
    )
    assert profile == "umap"
    assert rows[0] == {"name": "A", "longitude": 4.35, "latitude": 50.85, "layer": "Food"}
    assert positions == ["layer Food, feature 1", "layer 3, feature 1"]


def test_a_umap_without_features_is_told(write: Write) -> None:
    with pytest.raises(ReadError, match="no layer of the map holds features"):
        fields(write("a.umap", json.dumps({"type": "umap", "layers": [{"_umap_options": {}}]})))


def test_the_looks_in_a_geojson_of_umap_are_left_out(write: Write) -> None:
    text = json.dumps({"type": "FeatureCollection", "features": [point("A", _umap_options={"color": "red"})]})
    assert told(write("a.geojson", text))[:2] == ("umap", [{"name": "A", "longitude": 4.35, "latitude": 50.85}])


PROFILE = {"linked_schemas": ["organizations_schema-v1.0.0"], "name": "Exemple", "primary_url": "https://example.org"}


@pytest.mark.parametrize("document", [PROFILE, [PROFILE], {"data": [PROFILE], "links": {}}])
def test_murmurations_profiles_are_read_alone_or_listed(write: Write, document: Any) -> None:
    assert told(write("a.json", json.dumps(document))) == ("murmurations", [PROFILE], ["item 1"])


def test_overpass_answers_give_things_with_tags(write: Write) -> None:
    elements = [
        {"type": "node", "id": 1, "lat": 50.85, "lon": 4.35, "tags": {"name": "A", "id": "own"}},
        {"type": "node", "id": 2, "lat": 50.0, "lon": 4.0},
        {"type": "way", "id": 3, "center": {"lat": 50.5, "lon": 4.5}, "tags": {"name": "B"}},
    ]
    profile, rows, positions = told(write("a.json", json.dumps({"version": 0.6, "elements": elements})))
    assert profile == "overpass"
    assert rows[0] == {"name": "A", "property_id": "own", "id": "node/1", "longitude": 4.35, "latitude": 50.85}
    assert rows[1]["latitude"] == 50.5
    assert positions == ["node 1", "way 3"]


def test_sparql_results_become_rows(write: Write) -> None:
    binding = {
        "item": {"type": "uri", "value": "http://www.wikidata.org/entity/Q4115189"},
        "itemLabel": {"type": "literal", "xml:lang": "fr", "value": "bac à sable"},
        "place": {"type": "literal", "datatype": "http://www.opengis.net/ont/geosparql#wktLiteral", "value": "Point(4.35 50.85)"},
    }
    document = {"head": {"vars": ["item", "itemLabel", "place"]}, "results": {"bindings": [binding]}}
    profile, rows, positions = told(write("a.srj", json.dumps(document)))
    assert (profile, positions) == ("sparql", ["result 1"])
    assert rows[0]["itemLabel"] == "bac à sable"
    assert rows[0]["itemLabel_language"] == "fr"
    assert (rows[0]["longitude"], rows[0]["latitude"]) == ("4.35", "50.85")


def snak(kind: str, value: Any) -> dict[str, Any]:
    return {"snaktype": "value", "datavalue": {"type": kind, "value": value}}


def day(time: str, precision: int) -> dict[str, Any]:
    return {"mainsnak": snak("time", {"time": time, "precision": precision}), "rank": "normal"}


ENTITY = {
    "type": "item",
    "id": "Q4115189",
    "labels": {"fr": {"language": "fr", "value": "bac à sable"}},
    "descriptions": [],
    "aliases": {"en": [{"language": "en", "value": "sandpit"}]},
    "claims": {
        "P31": [{"mainsnak": snak("wikibase-entityid", {"entity-type": "item", "numeric-id": 5}), "rank": "normal"}],
        "P571": [day("+1999-05-00T00:00:00Z", 10), day("+1999-05-01T00:00:00Z", 11), day("+1990-00-00T00:00:00Z", 8)],
        "P856": [
            {"mainsnak": snak("string", "https://old.example.org"), "rank": "deprecated"},
            {"mainsnak": snak("string", "https://example.org"), "rank": "preferred"},
            {"mainsnak": snak("string", "https://other.example.org"), "rank": "normal"},
        ],
        "P1448": [{"mainsnak": snak("monolingualtext", {"text": "Exemple", "language": "fr"}), "rank": "normal"}],
        "P2124": [{"mainsnak": snak("quantity", {"amount": "+12", "unit": "1"}), "rank": "normal"}],
        "P625": [
            {
                "mainsnak": snak(
                    "globecoordinate", {"latitude": 50.85, "longitude": 4.35, "globe": "http://www.wikidata.org/entity/Q2"}
                )
            }
        ],
        "P576": [{"mainsnak": {"snaktype": "somevalue"}, "rank": "normal"}],
    },
    "sitelinks": {"frwiki": {"site": "frwiki", "title": "Bac à sable"}},
}
FLAT = {
    "id": "Q4115189",
    "type": "item",
    "labels": {"fr": "bac à sable"},
    "descriptions": {},
    "aliases": {"en": ["sandpit"]},
    "claims": {
        "P31": ["Q5"],
        "P571": ["1999-05", "1999-05-01", {"time": "+1990-00-00T00:00:00Z", "precision": 8}],
        "P856": ["https://example.org"],
        "P1448": [{"value": "Exemple", "language": "fr"}],
        "P2124": ["12"],
        "P625": [{"longitude": 4.35, "latitude": 50.85}],
    },
    "sitelinks": {"frwiki": "Bac à sable"},
    "longitude": 4.35,
    "latitude": 50.85,
}


@pytest.mark.parametrize("document", [ENTITY, [ENTITY], {"entities": {"Q4115189": ENTITY}}])
def test_wikidata_entities_are_made_flat(write: Write, document: Any) -> None:
    assert told(write("a.json", json.dumps(document))) == ("wikidata", [FLAT], ["entity Q4115189"])


def dump(*entities: Any) -> str:
    return "[\n" + ",\n".join(json.dumps(entity, separators=(",", ":")) for entity in entities) + "\n]\n"


def test_a_dump_of_wikidata_is_read_line_by_line(write: Write) -> None:
    assert told(write("a.json", dump(ENTITY, ENTITY))) == ("wikidata", [FLAT, FLAT], ["line 2", "line 3"])


@pytest.mark.parametrize(
    ("text", "words"), [(dump(ENTITY, ENTITY)[:-3], "never ends"), (dump(ENTITY)[:-40], "line 2: this is not JSON")]
)
def test_a_dump_cut_short_is_told(write: Write, text: str, words: str) -> None:
    with pytest.raises(ReadError, match=words):
        fields(write("a.json", text))


@pytest.mark.parametrize("document", [[ENTITY], {"data": [PROFILE]}, {"ontology": "gogofull", "data": [ELEMENT]}])
def test_no_shape_is_heeded_when_plain_is_asked_for(write: Write, document: Any) -> None:
    profile, rows, _positions = told(write("a.json", json.dumps(document)), profile="plain")
    assert profile == ""
    assert rows == (document if isinstance(document, list) else document["data"])


def test_a_path_is_obeyed_whatever_the_shape(write: Write) -> None:
    path = write("a.json", json.dumps({"ontology": "gogofull", "data": [ELEMENT], "other": [{"x": 1}]}))
    assert told(path, path="other")[:2] == ("", [{"x": 1}])


def test_the_only_list_of_items_is_found_and_noted(write: Write) -> None:
    reading = read(write("a.json", '{"count": 1, "tags": ["x"], "orgs": [{"id": 1}]}'))
    assert [dict(row.fields) for row in reading.rows] == [{"id": 1}]
    assert reading.repairs == {"list_found_at:orgs": 1}


def test_of_two_lists_of_items_none_is_guessed(write: Write) -> None:
    with pytest.raises(ReadError, match="orgs, people"):
        fields(write("a.json", '{"orgs": [{"id": 1}], "people": [{"id": 2}]}'))


def test_json_lines_are_read_one_by_one(write: Write) -> None:
    text = '{"id": 1, "name": "SociÃ©tÃ©"}\n\n{"id": 2, "tags": ["a"]}\n"lone"\n' + json.dumps(ENTITY) + "\n"
    profile, rows, positions = told(write("a.jsonl", text))
    assert rows == [{"id": 1, "name": "Société"}, {"id": 2, "tags": ["a"]}, {"value": "lone"}, FLAT]
    assert positions == ["line 1", "line 3", "line 4", "line 5"]
    assert profile == "wikidata"


@pytest.mark.parametrize("text", ['{"id": 1}\n{"id": 2', '{"id": 1}\nname,town\n', '{"id": 1}\n{"id": NaN}\n'])
def test_a_bad_json_line_is_told_with_its_number(write: Write, text: str) -> None:
    path = write("a.ndjson", text)
    with pytest.raises(ReadError) as caught:
        fields(path)
    assert caught.value.where == f"{path}, line 2"
    assert caught.value.next_step
