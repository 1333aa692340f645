"""Tiles of points: clusters on a grid that never lose a point, for the archive and for filtered views alike."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from essaim.formats.mvt import Bytes, Ints, Pieces, count_values, layer, offsets, point_features, text_value
from essaim.formats.points import BITS, MAX_ZOOM, Category, Points, interleave, separate

__all__ = ["LAYER", "MAX_ZOOM", "Category", "Points", "tile", "tiles"]

LAYER = "organisations"
CELL_BITS = 4
"""A tile is cut into 16 by 16 cells, each of which shows one feature; in the last zoom each place shows one."""
MOST_IDS = 20
"""Ids told of one place; the count tells how many there are."""
_CHUNK = 200_000
_COUNT, _ID, _IDS, _TITLE = range(4)
_KEYS = ("count", "id", "ids", "title")


def tile(points: Points, z: int, x: int, y: int, chosen: NDArray[np.bool_] | None = None) -> bytes:
    """Return one tile, not compressed; b"" when no point is in it or there is no such tile.

    Every feature has `count`. A feature for one point has `id` and, if the points have titles, `title`; one for several
    points at one place has `ids` (the first 20, with spaces). Categories are given where all points of a feature agree.

    Args:
        points: of the map.
        z: zoom, 0 to 10.
        x: column of the tile from the west.
        y: row of the tile from the north.
        chosen: which points to show (`Points.among`); all when not given.
    """
    if not (0 <= z <= MAX_ZOOM and 0 <= x < 1 << z and 0 <= y < 1 << z):
        return b""
    key = int(interleave(np.array([x]), np.array([y]))[0])
    shift = 2 * (BITS - z)
    first, last = np.searchsorted(points.keys, [key << shift, (key + 1) << shift])
    at = np.arange(first, last) if chosen is None else first + np.flatnonzero(chosen[first:last])
    return next((content for _, _, content in tiles(points, z, at)), b"")


def tiles(points: Points, z: int, at: Ints | None = None) -> Iterator[tuple[int, int, bytes]]:
    """Yield (x, y, content) of the tiles of a zoom that are not empty.

    Args:
        points: of the map.
        z: zoom, 0 to 10.
        at: places of the points to show, rising; all when not given.
    """
    places = np.arange(len(points)) if at is None else at
    if not len(places):
        return
    groups = _grouped(points, z, places)
    starts = _run_starts(groups.tile)
    ends = np.append(starts[1:], len(groups.tile))
    x, y = separate(groups.tile[starts])
    for first, last in _chunks(starts, ends):
        part = groups.between(int(starts[first]), int(ends[last - 1]))
        contents = _contents(points, part, starts[first:last] - starts[first], ends[first:last] - starts[first])
        yield from zip(x[first:last].tolist(), y[first:last].tolist(), contents, strict=True)


@dataclass(frozen=True)
class _Groups:
    """Features of a zoom in the order of the curve.

    Attributes:
        points: place of each group's first point in `at`, and of the end of the last.
        at: places of the points shown.
        tile: key of each group's tile.
        x: in the tile, 0 to 4095.
        y: in the tile, 0 to 4095.
        count: of things.
        is_one_place: True where all points of the group are at the same place.
        codes: of each category; -1 where it is not known or the points differ.
    """

    points: Ints
    at: Ints
    tile: Ints
    x: Ints
    y: Ints
    count: Ints
    is_one_place: NDArray[np.bool_]
    codes: list[Ints]

    def between(self, first: int, last: int) -> _Groups:
        """Return the groups from `first` up to `last`, which is not included."""
        columns: dict[str, Any] = {name: getattr(self, name)[first:last] for name in ("tile", "x", "y", "count", "is_one_place")}
        return _Groups(self.points[first : last + 1], self.at, codes=[codes[first:last] for codes in self.codes], **columns)


def _grouped(points: Points, z: int, at: Ints) -> _Groups:
    """Gather points by the cells of a zoom; a group stands at the middle of its points, in its own cell."""
    keys = points.keys[at]
    starts = _run_starts(keys >> 2 * (BITS - z - CELL_BITS) if z < MAX_ZOOM else keys)
    ends = np.append(starts[1:], len(keys))
    sizes = ends - starts
    column, row = separate(keys)
    inside, shift = (1 << BITS - z) - 1, MAX_ZOOM - z
    return _Groups(
        points=np.append(starts, len(keys)),
        at=at,
        tile=keys[starts] >> 2 * (BITS - z),
        x=(_summed(column, starts) // sizes & inside) >> shift,
        y=(_summed(row, starts) // sizes & inside) >> shift,
        count=_summed(points.count[at], starts),
        is_one_place=keys[starts] == keys[ends - 1],
        codes=[_agreed(one.codes[at], starts) for one in points.categories.values()],
    )


def _summed(numbers: Ints, starts: Ints) -> Ints:
    sums: Ints = np.add.reduceat(numbers, starts)
    return sums


def _agreed(codes: Ints, starts: Ints) -> Ints:
    """Return the code that all points of a group share, else -1."""
    least = np.minimum.reduceat(codes, starts)
    return np.where(least == np.maximum.reduceat(codes, starts), least, -1)


def _run_starts(values: Ints) -> Ints:
    """Return where each run of equal values begins."""
    return np.concatenate([np.zeros(1, np.int64), np.flatnonzero(np.diff(values)) + 1])


def _chunks(starts: Ints, ends: Ints) -> Iterator[tuple[int, int]]:
    """Yield ranges of tiles that hold a bounded number of features, one tile at least."""
    first = 0
    while first < len(starts):
        last = max(first + 1, int(np.searchsorted(ends, starts[first] + _CHUNK, side="right")))
        yield first, last
        first = last


def _contents(points: Points, groups: _Groups, starts: Ints, ends: Ints) -> Iterator[bytes]:
    """Yield the tiles of a chunk; a tile's table of values holds the words of categories, counts, then ids and titles."""
    words = b"".join(text_value(word) for one in points.categories.values() for word in one.words)
    of = np.repeat(np.arange(len(starts)), ends - starts)
    counts, count_index = _counts(groups.count, of)
    names, told = _names(points, groups)
    base = sum(len(one.words) for one in points.categories.values())
    count_starts, name_starts = (
        np.searchsorted(counts[1], np.arange(len(starts) + 1)),
        offsets(told)[np.append(starts, ends[-1:])],
    )
    before = base + np.diff(count_starts)[of] + (offsets(told)[:-1] - name_starts[of])
    features = point_features(groups.x, groups.y, _tags(points, groups, base + count_index - count_starts[of], before, told))
    keys = (*_KEYS, *points.categories)
    for number, (start, end) in enumerate(zip(starts.tolist(), ends.tolist(), strict=True)):
        values = words + counts[0].between(int(count_starts[number]), int(count_starts[number + 1])) + names.between(start, end)
        yield layer(LAYER, features.between(start, end), keys, values)


def _tags(points: Points, groups: _Groups, count_index: Ints, before: Ints, told: Ints) -> list[tuple[int, Ints]]:
    """Return the keys of every feature with the index of their values."""
    is_single = np.diff(groups.points) == 1
    tags = [
        (_COUNT, count_index),
        (_ID, np.where(is_single, before, -1)),
        (_IDS, np.where(~is_single & (told > 0), before, -1)),
    ]
    if points.titles:
        tags.append((_TITLE, np.where(is_single, before + 1, -1)))
    base = 0
    for key, (one, codes) in enumerate(zip(points.categories.values(), groups.codes, strict=True), start=len(_KEYS)):
        tags.append((key, np.where(codes >= 0, base + codes, -1)))
        base += len(one.words)
    return tags


def _counts(count: Ints, of: Ints) -> tuple[tuple[Pieces, Ints], Ints]:
    """Return the distinct counts of each tile (their entries, the tile of each) and each feature's index among all of them."""
    order = np.lexsort((count, of))
    is_new = np.ones(len(count), bool)
    is_new[1:] = (np.diff(count[order]) != 0) | (np.diff(of[order]) != 0)
    index = np.empty(len(count), np.int64)
    index[order] = np.cumsum(is_new) - 1
    return (count_values(count[order][is_new]), of[order][is_new]), index


def _names(points: Points, groups: _Groups) -> tuple[Pieces, Ints]:
    """Return the entries of ids and titles of every feature, and how many entries each has."""
    blob, begins = points.values
    sizes = np.diff(groups.points)
    is_single = sizes == 1
    several = np.flatnonzero(groups.is_one_place & ~is_single)
    texts = {int(group): _ids_at(points, groups, int(group)) for group in several}
    only = groups.at[groups.points[:-1][is_single]]
    lengths = np.zeros(len(sizes), np.int64)
    lengths[is_single] = begins[only + 1] - begins[only]
    lengths[several] = [len(text) for text in texts.values()]
    ends = offsets(lengths)
    signs = np.empty(int(ends[-1]), np.uint8)
    _copy(blob, begins[only], lengths[is_single], signs, ends[:-1][is_single])
    for group, text in texts.items():
        signs[ends[group] : ends[group + 1]] = np.frombuffer(text, np.uint8)
    told = np.where(is_single, 2 if points.titles else 1, groups.is_one_place.astype(np.int64))
    return Pieces(signs, ends), told


def _ids_at(points: Points, groups: _Groups, group: int) -> bytes:
    first, last = groups.points[group], groups.points[group + 1]
    ids = dict.fromkeys(points.ids[place] for place in groups.at[first:last].tolist())
    return text_value(" ".join(list(ids)[:MOST_IDS]))


def _copy(source: Bytes, begins: Ints, lengths: Ints, target: Bytes, places: Ints) -> None:
    """Copy pieces of one array to places of another, all at once."""
    steps = np.arange(int(lengths.sum())) - np.repeat(offsets(lengths)[:-1], lengths)
    target[np.repeat(places, lengths) + steps] = source[np.repeat(begins, lengths) + steps]
