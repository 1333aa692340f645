"""Linked data: the organisations, their sites and memberships as N-Triples (W3C ORG, schema.org, SKOS)."""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, serialize

Page = dict[str, Any]
ORG = "http://www.w3.org/ns/org#"
SCHEMA = "https://schema.org/"
SKOS = "http://www.w3.org/2004/02/skos/core#"
DCT = "http://purl.org/dc/terms/"
TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
GEO_TYPE = NamedNode("http://www.w3.org/2001/XMLSchema#decimal")


def triples(pages: Mapping[str, Mapping[str, Page]], edges: list[Page], base_url: str) -> Iterator[Triple]:
    """Yield every triple of a release; `base_url` is the base of its machine addresses."""
    for page in pages["organisation"].values():
        yield from _organisation(page, base_url)
    for page in pages["work"].values():
        yield from _work(page, base_url)
    for edge in edges:
        subject = NamedNode(f"{base_url}/id/organisation/{edge['member_id']}#member-of-{edge['network_id']}-{edge['role']}")
        yield Triple(subject, TYPE, NamedNode(ORG + "Membership"))
        yield Triple(subject, NamedNode(ORG + "member"), _iri(base_url, "organisation", edge["member_id"]))
        yield Triple(subject, NamedNode(ORG + "organization"), _iri(base_url, "organisation", edge["network_id"]))
        for name, predicate in (("since", "startDate"), ("until", "endDate")):
            if edge[name]:
                yield Triple(subject, NamedNode(SCHEMA + predicate), Literal(edge[name]))


def _iri(base_url: str, kind: str, id: str) -> NamedNode:
    return NamedNode(f"{base_url}/id/{kind}/{id}")


def _literal(value: Page) -> Literal:
    return Literal(value["value"], language=value["language"]) if value.get("language") else Literal(value["value"])


def _organisation(page: Page, base_url: str) -> Iterator[Triple]:
    subject = _iri(base_url, "organisation", page["id"])
    yield Triple(subject, TYPE, NamedNode(ORG + "Organization"))
    predicates = {"name": "prefLabel", "acronym": "altLabel", "alias": "altLabel", "former_name": "hiddenLabel"}
    for name in page["names"]:
        yield Triple(subject, NamedNode(SKOS + predicates[name["kind"]]), _literal(name))
    for website in page["values"].get("website", ()):
        yield Triple(subject, NamedNode(SCHEMA + "url"), Literal(website["value"]))
    for founded in page["values"].get("founded", ()):
        yield Triple(subject, NamedNode(SCHEMA + "foundingDate"), Literal(founded["value"]))
    for identifier in page["values"].get("identifier", ()):
        yield Triple(subject, NamedNode(ORG + "identifier"), Literal(f"{identifier['unit']}:{identifier['value']}"))
    for code in page["values"].get("entity_type", ()):
        yield Triple(subject, NamedNode(ORG + "classification"), NamedNode(f"{base_url}/id/entity_type/{code['value']}"))
    for key in page["record_keys"]:
        yield Triple(subject, NamedNode(DCT + "source"), Literal(key))
    for number, site in enumerate(page["sites"], 1):
        place = NamedNode(f"{subject.value}#site-{number}")
        yield Triple(subject, NamedNode(ORG + "hasSite"), place)
        yield Triple(place, TYPE, NamedNode(ORG + "Site"))
        for name, predicate in (("country", "addressCountry"), ("town", "addressLocality"), ("address", "streetAddress")):
            if site[name]:
                yield Triple(place, NamedNode(SCHEMA + predicate), Literal(site[name]))
        if site["place_precision"] == "point":
            yield Triple(place, NamedNode(SCHEMA + "longitude"), Literal(str(site["longitude"]), datatype=GEO_TYPE))
            yield Triple(place, NamedNode(SCHEMA + "latitude"), Literal(str(site["latitude"]), datatype=GEO_TYPE))


def _work(page: Page, base_url: str) -> Iterator[Triple]:
    subject = _iri(base_url, "work", page["id"])
    yield Triple(subject, TYPE, NamedNode(SCHEMA + "CreativeWork"))
    for expression in page["expressions"]:
        yield Triple(subject, NamedNode(DCT + "title"), _literal(expression))
    for author in page["authors"]:
        yield Triple(subject, NamedNode(DCT + "creator"), Literal(author))
    for name, predicate in (("date", "issued"), ("year", "issued"), ("publisher", "publisher"), ("work_language", "language")):
        for value in page["values"].get(name, ()):
            yield Triple(subject, NamedNode(DCT + predicate), Literal(value["value"]))
    for location in page["locations"]:
        if location["is_shown"]:
            yield Triple(subject, NamedNode(SCHEMA + "url"), Literal(location["url"]))


def write_rdf(file: Path, pages: Mapping[str, Mapping[str, Page]], edges: list[Page], base_url: str) -> int:
    """Write the triples, sorted, so that equal content gives equal bytes; return how many there are."""
    file.parent.mkdir(parents=True, exist_ok=True)
    lines = sorted(
        set(
            (
                serialize(
                    (Quad(t.subject, t.predicate, t.object) for t in triples(pages, edges, base_url)), format=RdfFormat.N_QUADS
                )
                or b""
            ).splitlines()
        )
    )
    with file.open("wb") as raw, gzip.GzipFile(filename="", mode="wb", fileobj=raw, mtime=0) as stream:
        for line in lines:
            stream.write(line + b"\n")
    return len(lines)
