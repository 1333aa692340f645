"""The shapes of the world as the front-end build projected them (Equal Earth, 960 units wide)."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt
from typing import TypedDict

from essaim.pages.assets import built_json

# Equal Earth projection, Šavrič, Patterson and Jenny 2018, equations 1 to 3.
A1, A2, A3, A4 = 1.340264, -0.081106, 0.000893, 0.003796
M = sqrt(3) / 2


class Shape(TypedDict):
    """One country: `path` for large scales, `coarse` for small ones (empty for islets), `box` least and greatest x and y."""

    iso3: str
    path: str
    coarse: str
    centre: tuple[float, float]
    box: tuple[float, float, float, float]


class Outline(TypedDict):
    """The whole world: land in one path, borders, unsettled borders, each country; `scale` and `shift` of the projection."""

    width: float
    height: float
    scale: float
    shift: tuple[float, float]
    land: str
    borders: str
    unsettled: str
    countries: list[Shape]


def outline() -> Outline:
    """Return the world's shapes.

    Raises:
        ConfigurationError: the front end was not built.
    """
    shapes: Outline = built_json("outline.json")
    return shapes


def project(longitude: float, latitude: float) -> tuple[float, float]:
    """Place a point of WGS 84 degrees on the map.

    Source: the same projection as the build's (d3-geo `geoEqualEarth`), so that points fall on the shapes.
    """
    world = outline()
    angle = asin(M * sin(radians(latitude)))
    square = angle * angle
    sixth = square**3
    x = radians(longitude) * cos(angle) / (M * (A1 + 3 * A2 * square + sixth * (7 * A3 + 9 * A4 * square)))
    y = angle * (A1 + A2 * square + sixth * (A3 + A4 * square))
    return world["shift"][0] + world["scale"] * x, world["shift"][1] - world["scale"] * y
