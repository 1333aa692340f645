"""How far a country's towns reach: boxes that tell swapped coordinates from right ones."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from essaim.reference.load import FOLDER

_MARGIN = 1.5


@dataclass(frozen=True)
class Box:
    """A box in degrees WGS 84; it crosses the 180th meridian where west is greater than east."""

    west: float
    south: float
    east: float
    north: float

    def holds(self, longitude: float, latitude: float) -> bool:
        """Tell whether a point lies in the box or at most a degree and a half beside it."""
        width = (self.east - self.west) % 360
        offset = (longitude - self.west + _MARGIN) % 360
        return self.south - _MARGIN <= latitude <= self.north + _MARGIN and offset <= width + 2 * _MARGIN


@cache
def _boxes() -> dict[str, Box]:
    lines = (FOLDER / "country_boxes.csv").read_text("utf-8").splitlines()
    rows = csv.DictReader(line for line in lines if not line.startswith("#"))
    return {row["country"]: Box(*(float(row[side]) for side in ("west", "south", "east", "north"))) for row in rows}


def box(country: str) -> Box | None:
    """Return the box of a country (alpha-3), None where GeoNames knows no town."""
    return _boxes().get(country)


def derive(points: Iterable[tuple[float, float]]) -> Box:
    """Return the smallest box round points (longitude, latitude), over the 180th meridian where that is shorter."""
    known = list(points)
    longitudes = sorted({180.0 if longitude == -180 else longitude for longitude, _ in known})
    gaps = [
        ((after - before) % 360 or 360, before, after)
        for before, after in zip(longitudes, longitudes[1:] + longitudes[:1], strict=True)
    ]
    _, east, west = max(gaps)
    latitudes = [latitude for _, latitude in known]
    return Box(west, min(latitudes), east, max(latitudes))
