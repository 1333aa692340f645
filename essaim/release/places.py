"""The points of the map: what has a place of its own or a town's, never what is known to the country only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from essaim.formats.points import Points

Row = tuple[str, str, str, float, float]
"""Id, title, kind, longitude and latitude (degrees, WGS 84) of one placed site."""


def points_of(rows: Iterable[Sequence[Any]]) -> Points:
    """Put placed sites in the order of the map's tiles."""
    ids, titles, kinds, longitudes, latitudes = [list(column) for column in zip(*rows, strict=True)] or [[], [], [], [], []]
    return Points.of(ids, longitudes, latitudes, titles=titles, categories={"kind": kinds})


def placed(id: str, title: str, kind: str, sites: Iterable[dict[str, Any]]) -> Iterator[Row]:
    """Yield the rows of the sites that have a place."""
    for site in sites:
        if site["longitude"] is not None:
            yield id, title, kind, site["longitude"], site["latitude"]
