"""KML and KMZ: the placemarks of a map with their data and folders, and a place where, and only where, they are a point."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from essaim.errors import ReadError
from essaim.formats import repairs as code
from essaim.formats.encoding import mend
from essaim.formats.geojson import with_own
from essaim.formats.headers import JOINT, unique_name
from essaim.formats.osm import degrees
from essaim.formats.reading import ReadOptions, Report
from essaim.formats.xml_stream import attribute, events, forget, local
from essaim.model.record import Row

FOLDERS = ("Folder", "Document")
TEXTS = {"name": "name", "description": "description", "address": "address", "phoneNumber": "phone", "Snippet": "snippet"}
_OTHER_GEOMETRY = ("LineString", "LinearRing", "Polygon", "MultiGeometry", "Model", "Track", "MultiTrack")


def rows(path: Path, options: ReadOptions, repairs: Report) -> Iterator[Row]:
    """Yield one row a placemark: its texts, the data it is extended by, `folder`, `id`, and `longitude`, `latitude`.

    Descriptions keep the HTML they are written in. Looks (styles, views) are left out. Lines and areas give no
    coordinates: a centre would be invented.

    Raises:
        ReadError: the file is not well-formed, the archive holds no map, or there is no placemark.

    Source:
        OGC KML 2.3, sections 9 (features) and 10 (geometries).
    """
    number = 0
    with _stream(path) as stream:
        for number, (element, folder) in enumerate(_placemarks(path, stream), 1):
            yield Row(f"placemark {number}", _fields(element, folder, repairs))
            forget(element)
    if not number:
        step = "Open it in a map: it may only link to another address (NetworkLink), which can be gathered"
        raise ReadError("there is no placemark", str(path), expected="placemarks", next_step=step)


@contextmanager
def _stream(path: Path) -> Iterator[IO[bytes]]:
    if not zipfile.is_zipfile(path):
        with path.open("rb") as plain:
            yield plain
        return
    try:
        with zipfile.ZipFile(path) as archive:
            maps = [name for name in archive.namelist() if name.lower().endswith(".kml")]
            if not maps:
                found = ", ".join(archive.namelist()[:5])
                raise ReadError("the archive holds no map", str(path), found, "a part ending in .kml", "Save the map anew as KMZ")
            with archive.open("doc.kml" if "doc.kml" in maps else maps[0]) as part:
                yield part
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError) as error:
        step = "Fetch or save the file again"
        raise ReadError("the archive is damaged", str(path), str(error), "a whole KMZ", step) from error


def _placemarks(path: Path, stream: IO[bytes]) -> Iterator[tuple[Any, str]]:
    """Yield each placemark with the names of the folders it lies in, the outermost first."""
    names: list[str] = []
    tags = ("{*}Placemark", "{*}name", *(f"{{*}}{folder}" for folder in FOLDERS))
    for moment, element in events(path, stream, tags, ("start", "end")):
        kind = local(element)
        if kind in FOLDERS and moment == "start":
            names.append("")
        elif kind in FOLDERS:
            names.pop()
            forget(element)
        elif kind == "name" and moment == "end" and names and local(element.getparent()) in FOLDERS:
            names[-1] = " ".join((element.text or "").split())
        elif kind == "Placemark" and moment == "end":
            yield element, JOINT.join(name for name in names[1:] if name) or (names[0] if names else "")


def _fields(element: Any, folder: str, repairs: Report) -> dict[str, Any]:
    own: dict[str, Any] = {"folder": folder} if folder else {}
    own |= _point(element, repairs)
    if element.get("id"):
        own["id"] = element.get("id")
    fields: dict[str, Any] = {}
    for key, value in _texts(element):
        name = unique_name(key, list(fields))
        fields[name] = mend(value, repairs)
    return with_own(fields, own, repairs)


def _texts(element: Any) -> Iterator[tuple[str, str]]:
    for part in element:
        kind = local(part)
        if kind in TEXTS:
            yield TEXTS[kind], _whole(part)
        elif kind == "link" and attribute(part, "href"):
            yield "link", attribute(part, "href")
        elif kind == "TimeStamp":
            yield "when", "".join(_whole(inner) for inner in part if local(inner) == "when")
        elif kind == "ExtendedData":
            yield from _data(part)


def _data(extended: Any) -> Iterator[tuple[str, str]]:
    for part in extended.iter():
        kind = local(part)
        if kind == "Data" and part.get("name"):
            yield part.get("name"), "".join(_whole(inner) for inner in part if local(inner) == "value")
        elif kind == "SimpleData" and part.get("name"):
            yield part.get("name"), _whole(part)


def _whole(element: Any) -> str:
    return "".join(element.itertext()).strip()


def _point(element: Any, repairs: Report) -> dict[str, float]:
    kinds = [local(part) for part in element]
    points = [part for part in element if local(part) == "Point"]
    if not points:
        kind = next((kind for kind in kinds if kind in _OTHER_GEOMETRY), "none")
        repairs[f"{code.NO_POINT}:{kind}"] += 1
        return {}
    written = "".join(_whole(part) for part in points[0] if local(part) == "coordinates")
    longitude, _, rest = written.partition(",")
    place = degrees(longitude, rest.partition(",")[0])
    if not place:
        repairs[code.POINT_UNREADABLE] += 1
    return place
