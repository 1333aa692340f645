"""An organisation as JSON-LD, in the words of W3C ORG, SKOS and schema.org."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from essaim.config import configuration
from essaim.pages.released.forms import PREFIXES
from essaim.reference import is_readers_link

Document = Mapping[str, Any]
Node = dict[str, Any]
NAMES = {"name": "skos:prefLabel", "acronym": "skos:altLabel", "alias": "skos:altLabel", "former_name": "skos:hiddenLabel"}
DECIMAL = "http://www.w3.org/2001/XMLSchema#decimal"


def as_linked_data(document: Document) -> Node:
    """Return the JSON-LD of an organisation; its triples hold all that the release's linked data says of it."""
    iri = f"{configuration().base_url}/id/organisation/{document['id']}"
    node: Node = {"@context": dict(PREFIXES), "@id": iri, "@type": ["org:Organization", "schema:Organization"]}
    for name in document["names"]:
        node.setdefault(NAMES[name["kind"]], []).append(_text(name))
    values = document["values"]
    _put(node, "schema:name", [_text({"value": title, "language": language}) for language, title in document["titles"].items()])
    _put(node, "schema:url", [value["value"] for value in values.get("website", ()) if is_readers_link(value["value"])])
    _put(node, "schema:foundingDate", [value["value"] for value in values.get("founded", ())])
    _put(node, "org:identifier", [f"{value['unit']}:{value['value']}" for value in values.get("identifier", ())])
    types = [{"@id": f"{configuration().base_url}/id/entity_type/{value['value']}"} for value in values.get("entity_type", ())]
    _put(node, "org:classification", types)
    _put(node, "dct:source", list(document["record_keys"]))
    _put(node, "org:hasSite", [_site(iri, number, site) for number, site in enumerate(document["sites"], 1)])
    memberships = [_membership(iri, told) for told in document["memberships"] if told["direction"] == "in"]
    if memberships:
        node["@reverse"] = {"org:member": memberships}
    return node


def _put(node: Node, name: str, values: list[Any]) -> None:
    if values:
        node[name] = values


def _text(value: Mapping[str, Any]) -> Node:
    language = value.get("language", "")
    return {"@value": value["value"], "@language": language} if language and language != "und" else {"@value": value["value"]}


def _site(iri: str, number: int, site: Mapping[str, Any]) -> Node:
    node: Node = {"@id": f"{iri}#site-{number}", "@type": "org:Site"}
    for name, predicate in (("country", "addressCountry"), ("town", "addressLocality"), ("address", "streetAddress")):
        if site.get(name):
            node[f"schema:{predicate}"] = site[name]
    if site["place_precision"] == "point":
        for name in ("longitude", "latitude"):
            node[f"schema:{name}"] = {"@value": str(site[name]), "@type": DECIMAL}
    return node


def _membership(iri: str, told: Mapping[str, Any]) -> Node:
    other = told["other"]["id"]
    node: Node = {
        "@id": f"{iri}#member-of-{other}-{told['role']}",
        "@type": "org:Membership",
        "org:organization": {"@id": f"{configuration().base_url}/id/organisation/{other}"},
    }
    for name, predicate in (("since", "startDate"), ("until", "endDate")):
        if told[name]:
            node[f"schema:{predicate}"] = told[name]
    return node
