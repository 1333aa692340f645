"""GeoJSON: each feature's properties, with longitude and latitude where, and only where, it is a point."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from essaim.errors import ReadError
from essaim.formats import repairs as code
from essaim.formats.documents import load
from essaim.formats.encoding import mend_all
from essaim.formats.headers import unique_name
from essaim.formats.reading import PLAIN, ReadOptions
from essaim.model.record import Row

WGS_84 = ("4326", "crs84")
UMAP_LOOKS = frozenset({"_umap_options", "_storage_options"})
UMAP_LAYER = ("_umap_options", "_storage", "_umap_storage")


def rows(path: Path, options: ReadOptions, repairs: Counter[str]) -> Iterator[Row]:
    """Yield one row a feature: its properties, `id`, and `longitude`, `latitude` (degrees WGS 84) of a point.

    Lines and areas give no coordinates: a centre would be invented.

    Raises:
        ReadError: the file is not a FeatureCollection, or its coordinates are not degrees WGS 84.

    Source:
        RFC 7946; for the older member `crs`, the GeoJSON format specification of 2008, section 3.
    """
    document = load(path, options, repairs)
    if options.profile != PLAIN and umap_layers(document):
        yield from umap_rows(path, document, repairs)
        return
    yield from feature_rows(path, document, repairs)


def feature_rows(path: Path, document: Any, repairs: Counter[str], layer: str = "") -> Iterator[Row]:
    """Yield the rows of one collection of features; a layer's name goes into position and field `layer`.

    Raises:
        ReadError: this is no FeatureCollection, or its coordinates are not degrees WGS 84.
    """
    features = document.get("features") if isinstance(document, dict) else None
    if not isinstance(features, list) or document.get("type") != "FeatureCollection":
        found = str(document.get("type")) if isinstance(document, dict) else type(document).__name__
        step = "Read the file as json with the option path if it is no GeoJSON"
        raise ReadError("the file is not a collection of features", str(path), found, "a FeatureCollection", step)
    _check_system(path, document.get("crs"))
    for number, feature in enumerate(features, 1):
        fields = _fields(path, number, feature, repairs)
        position = f"layer {layer}, feature {number}" if layer else f"feature {number}"
        yield Row(position, {**fields, unique_name("layer", list(fields)): layer} if layer else fields)


def umap_layers(document: Any) -> list[Any]:
    """Return the layers of a whole uMap map; an empty list for anything else."""
    layers = document.get("layers") if isinstance(document, dict) and document.get("type") == "umap" else None
    return layers if isinstance(layers, list) else []


def umap_rows(path: Path, document: Any, repairs: Counter[str]) -> Iterator[Row]:
    """Yield the rows of every layer of a whole uMap map that holds features; those fetched from elsewhere hold none.

    Source:
        uMap's full backup (.umap), as written by its releases 1 and 2. https://github.com/umap-project/umap
    """
    repairs[f"{code.PROFILE_RECOGNISED}:umap"] = 1
    is_any = False
    for number, layer in enumerate(umap_layers(document), 1):
        if isinstance(layer, dict) and isinstance(layer.get("features"), list):
            said: dict[str, Any] = next((layer[key] for key in UMAP_LAYER if isinstance(layer.get(key), dict)), {})
            is_any = True
            yield from feature_rows(path, {"type": "FeatureCollection", **layer}, repairs, str(said.get("name") or number))
    if not is_any:
        step = "Save the map with its data, or gather the address that its layers name"
        raise ReadError("no layer of the map holds features", str(path), expected="layers with features", next_step=step)


def _check_system(path: Path, crs: Any) -> None:
    if crs is None:
        return
    named = crs.get("properties") if isinstance(crs, dict) else None
    name = named.get("name") if isinstance(named, dict) else crs.get("name") if isinstance(crs, dict) else crs
    if not str(name).lower().endswith(WGS_84):
        step = "Ask the publisher for degrees of WGS 84, as GeoJSON demands"
        raise ReadError("the coordinates are of another system", f"{path}, crs", str(name), "EPSG:4326 or CRS84", step)


def _fields(path: Path, number: int, feature: Any, repairs: Counter[str]) -> dict[str, Any]:
    properties = feature.get("properties") if isinstance(feature, dict) else None
    if not isinstance(feature, dict) or not isinstance(properties, dict | None):
        where = f"{path}, feature {number}"
        raise ReadError("this is not a feature", where, str(feature)[:80], "an object with properties", "Mend the file")
    own = _coordinates(feature.get("geometry"), repairs)
    if "id" in feature:
        own["id"] = feature["id"]
    fields: dict[str, Any] = mend_all(properties or {}, repairs)
    for key in UMAP_LOOKS.intersection(fields):
        del fields[key]
        repairs[f"{code.PROFILE_RECOGNISED}:umap"] = 1
    return with_own(fields, own, repairs)


def with_own(fields: dict[str, Any], own: dict[str, Any], repairs: Counter[str]) -> dict[str, Any]:
    """Return the fields with the place and id of the feature itself; a field of the same name and another value is renamed."""
    for key in [key for key in own if key in fields and fields[key] != own[key]]:
        repairs[code.KEY_RENAMED] += 1
        fields[f"property_{key}"] = fields.pop(key)
    return fields | own


def _coordinates(geometry: Any, repairs: Counter[str]) -> dict[str, Any]:
    kind = geometry.get("type") if isinstance(geometry, dict) else "none"
    if kind != "Point":
        repairs[f"{code.NO_POINT}:{kind if isinstance(kind, str) else 'unknown'}"] += 1
        return {}
    place = geometry.get("coordinates")
    if not isinstance(place, list) or len(place) < 2 or not all(_is_number(value) for value in place[:2]):
        repairs[code.POINT_UNREADABLE] += 1
        return {}
    return {"longitude": place[0], "latitude": place[1]}


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e9 and math.isfinite(value)
