"""The points of the map, from the serving file's rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from essaim.formats.tiles import Points


def read_points(rows: Sequence[tuple[Any, ...]]) -> Points:
    """Build the points from rows of (id, title, kind, longitude, latitude); degrees, WGS 84."""
    raise NotImplementedError(rows)
