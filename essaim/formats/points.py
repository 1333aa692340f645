"""Points of a map, put in the order of a space-filling curve, so that any tile's points lie side by side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

from essaim.formats.mvt import Bytes, Ints, offsets, text_value

MAX_ZOOM = 10
BITS = MAX_ZOOM + 12
"""Bits of a place along one axis: 4096 units in a tile of the last zoom, about 10 m at the equator."""
_SIDE = 1 << BITS
_SPREADS = (
    (16, 0x0000FFFF0000FFFF),
    (8, 0x00FF00FF00FF00FF),
    (4, 0x0F0F0F0F0F0F0F0F),
    (2, 0x3333333333333333),
    (1, 0x5555555555555555),
)


@dataclass(frozen=True)
class Category:
    """An attribute with few values: `codes` index `words` for every point, -1 where it is not known."""

    codes: Ints
    words: Sequence[str]


@dataclass(frozen=True)
class Points:
    """Points with their ids, ordered along the curve; made by `Points.of`.

    Attributes:
        ids: of the things, one for each point; a thing with two sites is there twice.
        longitude: degrees WGS 84, -180 to 180.
        latitude: degrees WGS 84, -90 to 90; beyond 85.05 a point is drawn at the edge of the map.
        count: how many things each point stands for.
        titles: of the things; empty when tiles shall carry none.
        categories: name of an attribute -> its values.
        keys: place on the curve: bits of the column and row of a grid of 2^22 a side, interleaved.
    """

    ids: Sequence[str]
    longitude: NDArray[np.float64]
    latitude: NDArray[np.float64]
    count: Ints
    titles: Sequence[str] = ()
    categories: Mapping[str, Category] = field(default_factory=dict)
    keys: Ints = field(default_factory=lambda: np.zeros(0, np.int64))

    @staticmethod
    def of(
        ids: Sequence[str],
        longitude: ArrayLike,
        latitude: ArrayLike,
        *,
        count: ArrayLike | None = None,
        titles: Sequence[str] = (),
        categories: Mapping[str, Category | Sequence[str]] | None = None,
    ) -> Points:
        """Put points in order.

        Args:
            ids: one for each point.
            longitude: degrees WGS 84; beyond 180 they go round.
            latitude: degrees WGS 84.
            count: of the things at each point; 1 when not given.
            titles: one for each point, or none at all.
            categories: words (empty = not known) or `Category` for each point.

        Raises:
            ValueError: lengths differ, or a coordinate is not a finite number.
        """
        x, y = np.asarray(longitude, np.float64), np.asarray(latitude, np.float64)
        number = np.ones(len(ids), np.int64) if count is None else np.asarray(count, np.int64)
        if not len(ids) == len(x) == len(y) == len(number) or (titles and len(titles) != len(ids)):
            raise ValueError("ids, coordinates, counts and titles differ in length")
        if not (np.isfinite(x).all() and np.isfinite(y).all()):
            raise ValueError("a coordinate is not a finite number")
        keys = interleave(*project(x, y))
        order = np.argsort(keys, kind="stable")
        places = order.tolist()
        coded = {name: _coded(values) for name, values in (categories or {}).items()}
        return Points(
            ids=[ids[place] for place in places],
            longitude=x[order],
            latitude=y[order],
            count=number[order],
            titles=[titles[place] for place in places] if titles else (),
            categories={name: Category(one.codes[order], one.words) for name, one in coded.items()},
            keys=keys[order],
        )

    def __len__(self) -> int:
        """Return the number of points."""
        return len(self.keys)

    def among(self, ids: Iterable[str]) -> NDArray[np.bool_]:
        """Return which points belong to some things, for `tile`: True or False in the order of the points."""
        wanted = set(ids)
        return np.fromiter((one in wanted for one in self.ids), bool, len(self))

    @cached_property
    def values(self) -> tuple[Bytes, Ints]:
        """Id and title of every point as entries of a tile's table of values, and where each point's begin."""
        titles = self.titles or [""] * len(self)
        texts = [
            text_value(one) + text_value(title) if self.titles else text_value(one)
            for one, title in zip(self.ids, titles, strict=True)
        ]
        signs = np.frombuffer(b"".join(texts), np.uint8)
        return signs, offsets(np.fromiter(map(len, texts), np.int64, len(texts)))


def project(longitude: NDArray[np.float64], latitude: NDArray[np.float64]) -> tuple[Ints, Ints]:
    """Return column and row (from the north-west) on a grid of 2^22 a side in Web Mercator.

    The 180th meridian is one line: 180 and -180 give the same column. Latitudes beyond the square are clamped to its edge.
    """
    column = np.floor(np.mod(longitude / 360 + 0.5, 1.0) * _SIDE).astype(np.int64) % _SIDE
    sine = np.sin(np.radians(np.clip(latitude, -89.9, 89.9)))
    north = 0.5 - np.log((1 + sine) / (1 - sine)) / (4 * np.pi)
    return column, np.clip(np.floor(north * _SIDE), 0, _SIDE - 1).astype(np.int64)


def interleave(column: Ints, row: Ints) -> Ints:
    """Return keys whose bits are those of row and column in turn (Morton order): a tile's points share the first bits."""
    return _spread(column) | _spread(row) << 1


def separate(keys: Ints) -> tuple[Ints, Ints]:
    """Return the columns and rows of keys."""
    return _gather(keys), _gather(keys >> 1)


def _spread(numbers: Ints) -> Ints:
    spread = numbers & 0xFFFFFFFF
    for shift, mask in _SPREADS:
        spread = (spread | spread << shift) & mask
    return spread


def _gather(numbers: Ints) -> Ints:
    gathered = numbers & _SPREADS[-1][1]
    for (shift, _), (_, mask) in zip(_SPREADS[::-1], [*_SPREADS[-2::-1], (32, 0xFFFFFFFF)], strict=True):
        gathered = (gathered | gathered >> shift) & mask
    return gathered


def _coded(values: Category | Sequence[str]) -> Category:
    if isinstance(values, Category):
        return values
    words = sorted({word for word in values if word})
    number = {word: code for code, word in enumerate(words)}
    return Category(np.array([number.get(word, -1) for word in values], np.int64), words)
