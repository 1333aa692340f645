"""The shapes in which well-known publishers write JSON, each told by its own keys and turned into rows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from essaim.formats import wikidata

Rows = Iterator[tuple[str, dict[str, Any]]]
LOOKED_AT = 20
_POINT = re.compile(r"(?:<[^>]*>\s*)?POINT\s*\(\s*(-?[0-9.]+)\s+(-?[0-9.]+)\s*\)", re.IGNORECASE)


@dataclass(frozen=True)
class Shape:
    """One publisher's way of writing.

    Attributes:
        profile: its name in the report.
        fits: tells whether a document is written so.
        rows: yields position and fields of each item.
    """

    profile: str
    fits: Callable[[Any], bool]
    rows: Callable[[Any], Rows]


def recognised(document: Any) -> Shape | None:
    """Return the shape of a document; None when no publisher's is recognised."""
    return next((shape for shape in SHAPES if shape.fits(document)), None)


def _list(document: Any, key: str) -> list[Any]:
    found = document.get(key) if isinstance(document, dict) else None
    return found if isinstance(found, list) else []


def _all(items: list[Any], test: Callable[[Any], bool]) -> bool:
    return bool(items) and all(isinstance(item, dict) and test(item) for item in items[:LOOKED_AT])


def _each(items: list[Any]) -> Rows:
    for number, item in enumerate(items, 1):
        yield f"item {number}", item if isinstance(item, dict) else {"value": item}


def _is_gogocarto(document: Any) -> bool:
    """Tell an answer of GoGoCarto's interface, which names its ontology, or its bare elements.

    Source:
        GoGoCarto's API controller and element documentation. https://gitlab.com/seballot/gogocarto
    """
    if isinstance(document, dict):
        return str(document.get("ontology", "")).lower() in ("gogofull", "gogocompact") and "data" in document
    return isinstance(document, list) and _all(document, _is_element)


def _is_element(item: dict[str, Any]) -> bool:
    has_place = isinstance(item.get("geo"), dict) or isinstance(item.get("location"), dict)
    return has_place and ("name" in item or "title" in item) and isinstance(item.get("categories", item.get("taxonomy")), list)


def _gogocarto(document: Any) -> Rows:
    found = document.get("data") if isinstance(document, dict) else document
    elements = found if isinstance(found, list) else [found]
    names = _list(document, "mapping")
    yield from _each([dict(_named(names, one)) if names and isinstance(one, list) else one for one in elements])


def _named(names: list[Any], values: list[Any]) -> Iterator[tuple[str, Any]]:
    """Pair the values of a compact element with their names; a list of names stands over a list of values."""
    for name, value in zip(names, values, strict=False):
        if isinstance(name, list) and isinstance(value, list):
            yield from _named(name, value)
        else:
            yield str(name), value


def _is_murmurations(document: Any) -> bool:
    """Tell Murmurations profiles, or the nodes that an index lists.

    Source:
        Murmurations protocol, organisations schema 1.0.0 and index API. https://docs.murmurations.network
    """
    return _all(_profiles(document), lambda item: isinstance(item.get("linked_schemas"), list) or "profile_url" in item)


def _profiles(document: Any) -> list[Any]:
    if isinstance(document, list):
        return document
    if isinstance(document, dict) and "linked_schemas" in document:
        return [document]
    return _list(document, "data")


def _is_overpass(document: Any) -> bool:
    return _all(_list(document, "elements"), lambda item: item.get("type") in ("node", "way", "relation") and "id" in item)


def _overpass(document: Any) -> Rows:
    """Yield the things with tags; a point is the node's own, or the centre that Overpass gave."""
    for item in _list(document, "elements"):
        tags = item.get("tags") if isinstance(item, dict) else None
        if not isinstance(tags, dict) or not tags:
            continue
        holder = item if "lat" in item else item.get("center")
        place = {"longitude": holder.get("lon"), "latitude": holder.get("lat")} if isinstance(holder, dict) else {}
        own = {"id": f"{item.get('type')}/{item.get('id')}", **place}
        fields = {f"property_{key}" if key in own else key: value for key, value in tags.items()}
        yield f"{item.get('type')} {item.get('id')}", fields | own


def _entities(document: Any) -> list[Any]:
    if isinstance(document, list):
        return document
    if isinstance(document, dict) and isinstance(document.get("entities"), dict):
        return list(document["entities"].values())
    return [document]


def _wikidata(document: Any) -> Rows:
    for number, item in enumerate(_entities(document), 1):
        is_known = wikidata.is_entity(item)
        yield (f"entity {item['id']}", wikidata.flat(item)) if is_known else (f"item {number}", {"value": item})


def _is_sparql(document: Any) -> bool:
    results = document.get("results") if isinstance(document, dict) else None
    return isinstance(results, dict) and isinstance(results.get("bindings"), list) and "head" in document


def _sparql(document: Any) -> Rows:
    """Yield one row a result: each variable's text, its language under `<variable>_language`, and a point's place.

    Source:
        SPARQL 1.1 Query Results JSON Format, W3C Recommendation, 21 March 2013.
    """
    for number, binding in enumerate(document["results"]["bindings"], 1):
        fields: dict[str, Any] = {}
        for name, term in binding.items() if isinstance(binding, dict) else ():
            value = term.get("value") if isinstance(term, dict) else term
            fields[name] = value
            if isinstance(term, dict) and term.get("xml:lang"):
                fields[f"{name}_language"] = term["xml:lang"]
            point = _POINT.fullmatch(value) if isinstance(value, str) else None
            if point and "longitude" not in fields:
                fields |= {"longitude": point[1], "latitude": point[2]}
        yield f"result {number}", fields


SHAPES = (
    Shape("gogocarto", _is_gogocarto, _gogocarto),
    Shape("murmurations", _is_murmurations, lambda document: _each(_profiles(document))),
    Shape("overpass", _is_overpass, _overpass),
    Shape(wikidata.PROFILE, lambda document: _all(_entities(document), wikidata.is_entity), _wikidata),
    Shape("sparql", _is_sparql, _sparql),
)
