"""Things as lines of a list: what tells one from another, and the addresses of the rest."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from essaim.config import configuration
from essaim.pages.released.serving import PATHS, path_of

Document = Mapping[str, Any]
Line = dict[str, Any]


def line(document: Document) -> Line:
    """Return an organisation or a work as a line."""
    base = configuration().base_url
    told = {
        "id": document["id"],
        "kind": document["kind"],
        "titles": document["titles"],
        "country": codes(document, "country"),
        "address": f"{base}/en{path_of(dict(document))}",
        "url": f"{base}/api/v1/{PATHS[document['kind']]}/{document['id']}",
    }
    return told | (_organisation(document) if document["kind"] == "organisation" else _work(document))


def _organisation(document: Document) -> Line:
    return {
        "entity_type": codes(document, "entity_type"),
        "organisation_kind": codes(document, "kind"),
        "sector": codes(document, "sector"),
        "place_precision": document["page_precision"],
        "members_total": document["members_total"],
    }


def _work(document: Document) -> Line:
    return {
        "work_kind": codes(document, "work_kind"),
        "year": codes(document, "year"),
        "languages": codes(document, "work_language"),
        "authors": document["authors"],
    }


def codes(document: Document, property: str) -> list[str]:
    """Return the distinct values of a property."""
    return list(dict.fromkeys(value["value"] for value in document["values"].get(property, ())))


def published(document: Document) -> dict[str, Any]:
    """Return a whole document with its addresses."""
    base = configuration().base_url
    return {
        **document,
        "address": f"{base}/en{path_of(dict(document))}",
        "iri": f"{base}/id/{document['kind']}/{document['id']}",
    }
