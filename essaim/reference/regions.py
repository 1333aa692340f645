"""The United Nations' regions of the world (M49) and the countries in them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from essaim.reference.load import read_yaml


@dataclass(frozen=True)
class Region:
    """Where M49 puts a country.

    Attributes:
        code: M49 code of the region ("002").
        subregion_code: M49 code of the subregion ("011").
    """

    code: str
    subregion_code: str


@cache
def _countries() -> dict[str, Region]:
    return {
        country: Region(region["code"], part["code"])
        for region in read_yaml("un_regions")["regions"]
        for part in region["subregions"]
        for country in part["countries"].split()
    }


@cache
def _labels() -> dict[str, dict[str, str]]:
    regions = read_yaml("un_regions")["regions"]
    return {entry["code"]: entry for region in regions for entry in (region, *region["subregions"])}


def region_of(alpha3: str) -> Region | None:
    """Return the region and subregion of a country; None for Antarctica and for what M49 does not list."""
    return _countries().get(alpha3)


def region_name(code: str, language: str = "en") -> str:
    """Return the name of a region or subregion (en, fr, es; English where there is none), else the code itself."""
    entry = _labels().get(code, {})
    return entry.get(language.split("-")[0]) or entry.get("en") or code


def countries_in(code: str) -> list[str]:
    """Return the countries of a region or subregion as alpha-3 codes, sorted; empty for an unknown code."""
    return sorted(country for country, region in _countries().items() if code in (region.code, region.subregion_code))
