"""A work as JSON-LD, in the words of Dublin Core and schema.org."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from essaim.config import configuration
from essaim.pages.released.forms import PREFIXES

Document = Mapping[str, Any]
Node = dict[str, Any]
FROM_VALUES = {"date": "dct:issued", "year": "dct:issued", "publisher": "dct:publisher", "work_language": "dct:language"}
RELATIONS = {
    "version_of": "dct:isVersionOf",
    "has_version": "dct:hasVersion",
    "part_of": "dct:isPartOf",
    "has_part": "dct:hasPart",
}


def as_linked_data(document: Document) -> Node:
    """Return the JSON-LD of a work; addresses of copies are left out."""
    base = configuration().base_url
    node: Node = {"@context": dict(PREFIXES), "@id": f"{base}/id/work/{document['id']}", "@type": "schema:CreativeWork"}
    titles = [_text(expression) for expression in document["expressions"]]
    _put(node, "dct:title", titles)
    _put(node, "schema:name", titles)
    _put(node, "dct:creator", list(document["authors"]))
    for name, predicate in FROM_VALUES.items():
        said = [value["value"] for value in document["values"].get(name, ())]
        if said:
            node[predicate] = list(dict.fromkeys(node.get(predicate, []) + said))
    _put(node, "schema:url", [place["url"] for place in document["locations"] if place["is_shown"]])
    _put(node, "dct:source", list(document["record_keys"]))
    for relation in document["relations"]:
        node.setdefault(RELATIONS[relation["type"]], []).append({"@id": f"{base}/id/work/{relation['other']['id']}"})
    return node


def _put(node: Node, name: str, values: list[Any]) -> None:
    if values:
        node[name] = values


def _text(value: Mapping[str, Any]) -> Node:
    language = value.get("language", "")
    return {"@value": value["value"], "@language": language} if language and language != "und" else {"@value": value["value"]}
