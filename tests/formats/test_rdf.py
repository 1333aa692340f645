"""Linked data by the three profiles: the same keys, whatever the vocabulary or the syntax."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from essaim.errors import ReadError
from essaim.formats import read
from essaim.formats.rdf_profiles import SHAPES, profiles, short

from .files import fields, repairs

Write = Callable[[str, bytes | str], Path]

ESSGLOBAL = """
@prefix ess: <http://purl.org/essglobal/vocab/> .
@prefix gr: <http://purl.org/goodrelations/v1#> .
@prefix dc: <http://purl.org/dc/terms/> .
@prefix vcard: <http://www.w3.org/2006/vcard/ns#> .
<http://example.org/net> a ess:Network ; gr:name "Réseau d'exemple"@fr ; dc:hasPart <http://example.org/one> .
<http://example.org/one> a ess:SSEInitiative ;
  gr:name "Example One"@en, "Exemple Un"@fr ; gr:homepage <https://one.example.org/> ; dc:identifier "R1" ;
  dc:isPartOf <http://example.org/net> ; ess:legalForm <http://example.org/forms/L2> ; ess:totalOfMembers 12 ;
  ess:hasAddress [ a ess:Address ; vcard:locality "Sampleton" ; vcard:country-name "Exampleland" ;
    vcard:latitude "50.85" ; vcard:logitude "4.35" ] .
"""

ORG = """
@prefix org: <http://www.w3.org/ns/org#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix adms: <http://www.w3.org/ns/adms#> .
@prefix vcard: <http://www.w3.org/2006/vcard/ns#> .
@prefix geo: <http://www.w3.org/2003/01/geo/wgs84_pos#> .
<#two> a org:FormalOrganization ; skos:prefLabel "Example Two"@en ; skos:altLabel "E2" ; foaf:homepage <https://two.example.org> ;
  org:identifier "GB-COH-00000000" ; org:memberOf <http://example.org/net> ;
  org:hasSite [ a org:Site ; geo:lat 50.85 ; geo:long 4.35 ; org:siteAddress [ vcard:country-name "Exampleland" ] ] .
[] a org:Membership ; org:organization <#two> ; org:member <http://example.org/member> .
<http://example.org/net> a org:OrganizationalCollaboration ; skos:prefLabel "Network" ; org:hasMember <#two> .
"""

SCHEMA = {
    "@context": "https://schema.org/",
    "@graph": [
        {
            "@type": "Cooperative",
            "@id": "http://example.org/three",
            "name": {"@language": "es", "@value": "Ejemplo Tres"},
            "url": "https://three.example.org",
            "identifier": [{"@type": "PropertyValue", "propertyID": "ES-RM", "value": "42"}, "plain"],
            "memberOf": {"@type": "Organization", "name": "Example Network"},
            "address": {"@type": "PostalAddress", "addressLocality": "Ejemplópolis", "addressCountry": "ES"},
            "geo": {"@type": "GeoCoordinates", "latitude": 40.4, "longitude": -3.7},
            "foundingDate": "1999-05",
        },
        {"@type": "Person", "name": "Nobody Atall"},
    ],
}


def by_id(rows: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {row["id"].rpartition("/")[2]: row for row in rows}


def test_essglobal_is_read(write: Write) -> None:
    rows = by_id(fields(write("a.ttl", ESSGLOBAL)))
    one = rows["one"]
    assert one["name"] == [{"value": "Example One", "language": "en"}, {"value": "Exemple Un", "language": "fr"}]
    assert one["homepage"] == ["https://one.example.org/"]
    assert one["identifier"] == [{"id": "", "name": "", "scheme": "dc:identifier", "value": "R1"}]
    assert one["memberOf"] == [{"id": "http://example.org/net", "name": "Réseau d'exemple", "scheme": "", "value": ""}]
    assert one["legalForm"][0]["id"] == "http://example.org/forms/L2"
    assert (one["membersCount"], one["town"], one["country"], one["lat"], one["lon"]) == (
        "12",
        "Sampleton",
        "Exampleland",
        "50.85",
        "4.35",
    )
    assert [thing["id"] for thing in rows["net"]["hasMember"]] == ["http://example.org/one"]


@pytest.mark.parametrize(
    "namespace", ["http://purl.org/essglobal/vocab/v1.1/", "https://w3id.solidarityeconomy.coop/essglobal/V2a/vocab/"]
)
def test_essglobal_is_read_under_its_other_addresses(write: Write, namespace: str) -> None:
    text = ESSGLOBAL.replace("http://purl.org/essglobal/vocab/", namespace)
    assert by_id(fields(write("a.ttl", text)))["one"]["country"] == "Exampleland"


def test_the_organisation_ontology_is_read(write: Write) -> None:
    rows = by_id(fields(write("two.ttl", ORG)))
    two = rows["two.ttl#two"]
    assert two["id"] == "file:///two.ttl#two"
    assert two["prefLabel"] == [{"value": "Example Two", "language": "en"}]
    assert two["altLabel"] == [{"value": "E2", "language": ""}]
    assert two["identifier"][0]["value"] == "GB-COH-00000000"
    assert (two["lat"], two["lon"], two["country"]) == ("50.85", "4.35", "Exampleland")
    assert [thing["id"] for thing in two["hasMember"]] == ["http://example.org/member"]
    assert two["memberOf"][0]["name"] == "Network"


def test_schema_org_is_read_without_fetching_its_context(write: Write) -> None:
    rows = fields(write("a.jsonld", json.dumps(SCHEMA)))
    assert len(rows) == 1
    three = rows[0]
    assert three["name"] == [{"value": "Ejemplo Tres", "language": "es"}]
    assert three["homepage"] == ["https://three.example.org"]
    assert {"id": "", "name": "", "scheme": "ES-RM", "value": "42"} in three["identifier"]
    assert three["memberOf"] == [{"id": "", "name": "Example Network", "scheme": "", "value": ""}]
    assert (three["town"], three["country"], three["founded"]) == ("Ejemplópolis", "ES", "1999-05")
    assert (float(three["lat"]), float(three["lon"])) == (40.4, -3.7)


def test_n_triples_give_the_same_rows_as_turtle(write: Write) -> None:
    lines = [
        "<http://example.org/a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://schema.org/Organization> .",
        '<http://example.org/a> <https://schema.org/name> "Soci\\u00E9t\\u00E9"@fr .',
    ]
    turtle = '@prefix s: <http://schema.org/> . <http://example.org/a> a s:Organization ; s:name "Société"@fr .'
    triples = fields(write("a.nt", "\n".join(lines)))
    assert triples[0]["name"] == fields(write("a.ttl", turtle))[0]["name"] == [{"value": "Société", "language": "fr"}]


def test_a_profile_that_is_named_is_obeyed(write: Write) -> None:
    both = ESSGLOBAL + '<http://example.org/s> a <http://schema.org/NGO> ; <http://schema.org/name> "S" .'
    path = write("a.ttl", both)
    assert [row["id"] for row in fields(path, profile="schema")] == ["http://example.org/s"]
    assert len(fields(path)) == 2


def test_the_position_names_the_subject(write: Write) -> None:
    assert next(read(write("a.ttl", ESSGLOBAL)).rows).position == "subject http://example.org/net"


def test_named_graphs_are_merged_and_noted(write: Write) -> None:
    document = {"@id": "http://example.org/g", "@graph": [{"@id": "http://example.org/a", "@type": "http://schema.org/NGO"}]}
    assert repairs(write("a.jsonld", json.dumps(document))) == {"named_graph_merged": 1}


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("a.ttl", "<http://example.org/a> a", "parsed"),
        ("a.nt", "this is not a triple", "parsed"),
        ("a.jsonld", '{"@context": "https://example.org/context.jsonld", "@type": "X"}', "context is unknown"),
        ("a.jsonld", '{"@context": {"@vocab": 7}}', "parsed"),
        ("a.ttl", "<http://example.org/a> a <http://example.org/Thing> .", "nothing that a profile knows"),
        ("a.ttl", "# nothing\n", "nothing that a profile knows"),
    ],
)
def test_linked_data_that_cannot_be_used_is_told(write: Write, name: str, text: str, words: str) -> None:
    with pytest.raises(ReadError, match=words):
        fields(write(name, text))


def test_an_unknown_profile_is_told(write: Write) -> None:
    with pytest.raises(ReadError, match="essglobal, org, schema"):
        fields(write("a.ttl", ESSGLOBAL), profile="foaf")


def test_every_profile_is_sound() -> None:
    for profile in profiles().values():
        assert profile.classes
        for key in profile.keys.values():
            assert key.shape in SHAPES
            for step in (step for way in key.ways for step in way):
                assert ":" in step.removeprefix("^")
    assert short("https://schema.org/name") == short("http://schema.org/name") == "schema:name"


RDF_XML = """<?xml version="1.0" encoding="ISO-8859-1"?>
<!DOCTYPE rdf:RDF [<!ENTITY schema "http://schema.org/">]>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:schema="http://schema.org/">
<rdf:Description rdf:about="http://example.org/a"><rdf:type rdf:resource="&schema;Organization"/>
<schema:name xml:lang="fr">Société d'exemple</schema:name></rdf:Description></rdf:RDF>"""


def test_rdf_xml_is_read_with_its_own_encoding_and_plain_entities(write: Write) -> None:
    row = fields(write("a.rdf", RDF_XML.encode("latin-1")))[0]
    assert row["name"] == [{"value": "Société d'exemple", "language": "fr"}]
    assert row["id"] == "http://example.org/a"


def test_rdf_xml_is_told_by_its_root(write: Write) -> None:
    assert read(write("a.xml", RDF_XML.encode("latin-1"))).format == "rdfxml"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (RDF_XML[:-40], "parsed"),
        (RDF_XML.replace("schema.org/", "schema.org/" + "a" * 300), "entity bomb"),
        ("<a/>", "parsed|nothing"),
    ],
)
def test_bad_rdf_xml_is_told(write: Write, text: str, words: str) -> None:
    with pytest.raises(ReadError, match=words):
        fields(write("a.rdf", text.encode("latin-1")))


def test_plain_entities_that_swell_are_told(write: Write) -> None:
    many = RDF_XML.replace('schema.org/">', "schema.org/" + "a" * 150 + '">').replace("d'exemple", "&schema;" * 500_000)
    with pytest.raises(ReadError, match="swell"):
        fields(write("a.rdf", many.encode("latin-1")))


SKOS = """
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<http://example.org/list> a skos:ConceptScheme ; skos:prefLabel "List"@en ; skos:hasTopConcept <http://example.org/1> .
<http://example.org/1> a skos:Concept ; skos:prefLabel "Food"@en, "Alimentation"@fr ; skos:notation "A1" ;
  skos:narrower <http://example.org/2> .
<http://example.org/2> a skos:Concept ; skos:prefLabel "Bread"@en ; skos:definition "What is baked"@en .
"""


def test_skos_concepts_are_read(write: Write) -> None:
    food, bread = fields(write("a.ttl", SKOS))
    assert food["name"] == [{"value": "Food", "language": "en"}, {"value": "Alimentation", "language": "fr"}]
    assert food["notation"] == ["A1"]
    assert food["inScheme"] == [{"id": "http://example.org/list", "name": "List", "scheme": "", "value": ""}]
    assert bread["broader"] == [{"id": "http://example.org/1", "name": "Food", "scheme": "", "value": "A1"}]
    assert bread["description"] == [{"value": "What is baked", "language": "en"}]
