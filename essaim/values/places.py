"""Where something is: coordinates with their precision, and towns looked up by name; never a point nobody gave."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from essaim.errors import RecordError
from essaim.values.country_boxes import box

PlacePrecision = Literal["point", "town", "country"]
Fit = Literal["inside", "outside", "unknown"]
_DECIMALS = 6
_DEGREES = re.compile(r"([+-]?\d{1,3}(?:[.,]\d+)?)\s*°?\s*([NSEW])?", re.IGNORECASE)
_PAIR = re.compile(r"\s*[(\[]?\s*([^,;\s]+?)\s*(?:[,;]\s*|\s+)([^,;\s]+?)\s*[)\]]?\s*")
_EXPECTED_PAIR = 'two numbers with decimal points, "50.85, 4.35"'


@dataclass(frozen=True)
class Coordinates:
    """A point on the earth.

    Attributes:
        longitude: degrees WGS 84, -180 to 180, six decimals at most (about 0.1 m).
        latitude: degrees WGS 84, -90 to 90.
        precision: what the point stands for.
        fit: whether it lies where the country's towns are; "outside" may be an overseas part or a mistake.
    """

    longitude: float
    latitude: float
    precision: PlacePrecision = "point"
    fit: Fit = "unknown"

    def __str__(self) -> str:
        return f"{self.longitude} {self.latitude}"


def parse(
    longitude: str | float, latitude: str | float, *, country: str = "", precision: PlacePrecision = "point"
) -> Coordinates:
    """Read coordinates.

    Args:
        longitude: degrees, as number or text; decimal comma, "°" and E or W are read.
        latitude: the same, with N or S.
        country: ISO 3166-1 alpha-3 code, to find swapped coordinates.
        precision: what the source says the point stands for.

    Raises:
        RecordError: no numbers, out of range, both nought (the sign of a missing place), or swapped.
    """
    east = _degrees(longitude, "EW")
    north = _degrees(latitude, "NS")
    found = f"longitude {longitude}, latitude {latitude}"
    if abs(north) > 90 >= abs(east) and abs(north) <= 180:
        raise RecordError("longitude and latitude are swapped", found=found, expected="a latitude from -90 to 90")
    if abs(north) > 90 or abs(east) > 180:
        raise RecordError("no such place on earth", found=found, expected="longitude within 180, latitude within 90 degrees")
    if east == 0 == north:
        raise RecordError("nought and nought stand for a missing place", found=found, expected="coordinates, or none")
    return Coordinates(east, north, precision, _fit(east, north, country, found))


def parse_pair(text: str, *, is_latitude_first: bool, country: str = "") -> Coordinates:
    """Read "50.85, 4.35": two numbers with decimal points in one text.

    Args:
        text: the pair, in brackets or not.
        is_latitude_first: True for "latitude, longitude", False for GeoJSON's order.
        country: as in `parse`.

    Raises:
        RecordError: not two numbers, or as in `parse`.
    """
    match = _PAIR.fullmatch(text) if len(text) < 100 else None
    if not match:
        raise RecordError("this is not a pair of coordinates", found=text[:100], expected=_EXPECTED_PAIR)
    first, second = match.groups()
    longitude, latitude = (second, first) if is_latitude_first else (first, second)
    return parse(longitude, latitude, country=country)


def _degrees(value: str | float, letters: str) -> float:
    text = unicodedata.normalize("NFKC", str(value)).strip().replace("−", "-")
    match = _DEGREES.fullmatch(text)
    letter = (match[2] or "").upper() if match else ""
    if not match or (letter and letter not in letters) or (letter and match[1][0] in "+-"):
        raise RecordError("this is not a coordinate", found=str(value)[:100], expected='degrees such as 4.35 or "4,35"')
    degrees = round(float(match[1].replace(",", ".")), _DECIMALS)
    return -degrees if letter in ("W", "S") and degrees else degrees + 0.0


def _fit(longitude: float, latitude: float, country: str, found: str) -> Fit:
    area = box(country)
    if area is None:
        return "unknown"
    if area.holds(longitude, latitude):
        return "inside"
    if abs(longitude) <= 90 and area.holds(latitude, longitude):
        raise RecordError("longitude and latitude are swapped", found=found, expected=f"a place in {country}")
    return "outside"
