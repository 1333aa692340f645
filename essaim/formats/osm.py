"""OpenStreetMap XML: each node, way and relation that has tags, with a point where the file itself gives one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from essaim.errors import ReadError
from essaim.formats import repairs as code
from essaim.formats.encoding import mend
from essaim.formats.geojson import with_own
from essaim.formats.reading import ReadOptions, Report
from essaim.formats.xml_stream import events, forget, local
from essaim.model.record import Row

THINGS = ("node", "way", "relation")


def rows(path: Path, options: ReadOptions, repairs: Report) -> Iterator[Row]:
    """Yield one row a thing with tags: its tags as text, `id` ("node/42"), and `longitude`, `latitude` in degrees.

    Points without tags are corners of shapes and yield nothing, as does what an editor marked as deleted. A way or
    relation has a place only where the file gives its centre, as Overpass does when asked.

    Raises:
        ReadError: the file is not well-formed, or nothing in it has tags.

    Source:
        OSM XML as written by API 0.6, JOSM and Overpass ("out center"). https://wiki.openstreetmap.org/wiki/OSM_XML
    """
    is_any = False
    with path.open("rb") as stream:
        for _moment, element in events(path, stream, THINGS):
            tags = _tags(element, repairs)
            if tags and element.get("action") != "delete" and element.get("visible") != "false":
                is_any = True
                kind = local(element)
                own = {"id": f"{kind}/{element.get('id', '')}", **_point(element, kind, repairs)}
                yield Row(f"{kind} {element.get('id', '')}", with_own(tags, own, repairs))
            forget(element)
    if not is_any:
        step = "Ask Overpass for things with their tags (out center)"
        raise ReadError("nothing has tags", str(path), expected="nodes, ways or relations with tags", next_step=step)


def _tags(element: Any, repairs: Report) -> dict[str, Any]:
    return {tag.get("k", ""): mend(tag.get("v", ""), repairs) for tag in element if tag.tag == "tag"}


def _point(element: Any, kind: str, repairs: Report) -> dict[str, float]:
    holder = element if kind == "node" else element.find("center")
    if holder is None:
        repairs[f"{code.NO_POINT}:{kind}"] += 1
        return {}
    place = degrees(holder.get("lon", ""), holder.get("lat", ""))
    if not place:
        repairs[code.POINT_UNREADABLE] += 1
    return place


def degrees(longitude: str, latitude: str) -> dict[str, float]:
    """Return a place as longitude and latitude in degrees WGS 84; nothing where the texts are no such numbers."""
    try:
        place = {"longitude": float(longitude), "latitude": float(latitude)}
    except ValueError:
        return {}
    return place if all(abs(value) < 1e9 for value in place.values()) else {}
