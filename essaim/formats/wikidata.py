"""Wikidata's JSON: entities made flat, each property a list of plain values, the best ranked only."""

from __future__ import annotations

import re
from typing import Any

PROFILE = "wikidata"
PLACE = "P625"
EARTH = "Q2"
_DUMP = re.compile(rb'^(?:\xef\xbb\xbf)?\s*\[\s*\n\s*\{"type":\s*"(?:item|property|lexeme)",\s*"id":\s*"[QPL][0-9]+"')
_ID = re.compile(r"[QPL][0-9]+")
_DAY = {9: 4, 10: 7, 11: 10}
"""Precision of a time to the number of signs that are known."""


def is_dump(first: bytes) -> bool:
    """Tell whether a file begins as a dump does: a list with one entity a line."""
    return _DUMP.match(first) is not None


def is_entity(item: Any) -> bool:
    """Tell whether a JSON value is an entity: an item, property or lexeme with its id and claims."""
    if not isinstance(item, dict) or item.get("type") not in ("item", "property", "lexeme"):
        return False
    return isinstance(item.get("id"), str) and _ID.fullmatch(item["id"]) is not None and ("claims" in item or "labels" in item)


def flat(entity: dict[str, Any]) -> dict[str, Any]:
    """Return an entity as a row.

    Labels and descriptions are mappings from language to text, aliases from language to texts, sitelinks from site to
    title, claims from property to values: texts, ids, dates as precise as known, {value, language}, {longitude,
    latitude}. Preferred statements stand for all; deprecated ones, qualifiers and references are left out.

    Source:
        Wikibase JSON data model. https://doc.wikimedia.org/Wikibase/master/php/docs_topics_json.html
    """
    claims = {key: values for key, some in _pairs(entity.get("claims")) if (values := _values(some))}
    fields: dict[str, Any] = {
        "id": entity["id"],
        "type": entity["type"],
        "labels": {key: said["value"] for key, said in _pairs(entity.get("labels")) if _has_value(said)},
        "descriptions": {key: said["value"] for key, said in _pairs(entity.get("descriptions")) if _has_value(said)},
        "aliases": {
            key: [one["value"] for one in some if _has_value(one)]
            for key, some in _pairs(entity.get("aliases"))
            if isinstance(some, list)
        },
        "claims": claims,
        "sitelinks": {
            key: said["title"] for key, said in _pairs(entity.get("sitelinks")) if isinstance(said, dict) and "title" in said
        },
    }
    places = [value for value in claims.get(PLACE, []) if isinstance(value, dict) and "longitude" in value]
    return fields | (places[0] if places else {})


def _pairs(value: Any) -> list[tuple[str, Any]]:
    """Return the members of a mapping; PHP writes an empty mapping as an empty list."""
    return [(str(key), item) for key, item in value.items()] if isinstance(value, dict) else []


def _has_value(said: Any) -> bool:
    return isinstance(said, dict) and "value" in said


def _values(statements: Any) -> list[Any]:
    known = [one for one in statements if isinstance(one, dict)] if isinstance(statements, list) else []
    best = [one for one in known if one.get("rank") == "preferred"] or [one for one in known if one.get("rank") != "deprecated"]
    values = [_value(one.get("mainsnak")) for one in best]
    return [value for value in values if value is not None]


def _value(snak: Any) -> Any:
    if not isinstance(snak, dict) or snak.get("snaktype") != "value" or not isinstance(snak.get("datavalue"), dict):
        return None
    kind, value = snak["datavalue"].get("type"), snak["datavalue"].get("value")
    if not isinstance(value, dict):
        return value
    if kind == "wikibase-entityid":
        return value.get("id") or f"Q{value.get('numeric-id')}"
    if kind == "time":
        return _time(value)
    if kind == "monolingualtext":
        return {"value": value.get("text"), "language": value.get("language")}
    if kind == "quantity":
        return str(value.get("amount", "")).removeprefix("+")
    if kind == "globecoordinate":
        return _place(value)
    return value


def _time(value: dict[str, Any]) -> Any:
    """Return a day, month or year as ISO 8601; what is less precise or before our era stays as it was written."""
    written, signs = str(value.get("time", "")), _DAY.get(value.get("precision", 0))
    return written[1 : signs + 1] if signs and re.match(r"\+\d{4}-", written) else value


def _place(value: dict[str, Any]) -> Any:
    is_earth = str(value.get("globe", EARTH)).rpartition("/")[2] == EARTH
    numbers = [value.get("longitude"), value.get("latitude")]
    if not is_earth or not all(isinstance(number, int | float) for number in numbers):
        return value
    return {"longitude": numbers[0], "latitude": numbers[1]}
