"""Mapbox Vector Tiles: many point features become bytes at once, by columns.

Source: Mapbox Vector Tile Specification 2.1 (protocol buffer messages Tile, Layer, Feature, Value).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

EXTENT = 4096
"""Units of a tile's side."""

Ints = NDArray[np.int64]
Bytes = NDArray[np.uint8]


@dataclass(frozen=True)
class Column:
    """A few bytes of every row: `signs` (rows, width) and which of them stand (`mask`, same shape)."""

    signs: Bytes
    mask: NDArray[np.bool_]

    @property
    def lengths(self) -> Ints:
        """How many bytes stand in each row."""
        return np.asarray(self.mask.sum(axis=1), np.int64)


@dataclass(frozen=True)
class Pieces:
    """Byte strings of many rows, one after another; row i is `signs[ends[i] - lengths[i] : ends[i]]`."""

    signs: Bytes
    offsets: Ints

    def between(self, first: int, last: int) -> bytes:
        """Return the bytes of the rows from `first` up to `last`, which is not included."""
        return self.signs[self.offsets[first] : self.offsets[last]].tobytes()


def constant(rows: int, *signs: int) -> Column:
    """Return a column with the same bytes in every row."""
    return Column(np.tile(np.array(signs, np.uint8), (rows, 1)), np.ones((rows, len(signs)), bool))


def varints(values: Ints, present: NDArray[np.bool_] | None = None) -> Column:
    """Return numbers from 0 as variable-length integers; nothing stands where `present` is False."""
    top = int(values.max(initial=0))
    width = max(1, -(-top.bit_length() // 7))
    shifts = 7 * np.arange(width)
    parts = values[:, None] >> shifts
    mask = (parts > 0) | (shifts == 0)
    signs = (parts & 0x7F).astype(np.uint8)
    signs[:, :-1] |= np.where(mask[:, 1:], 0x80, 0).astype(np.uint8)
    return Column(signs, mask if present is None else mask & present[:, None])


def beside(*columns: Column) -> Column:
    """Return columns side by side as one."""
    return Column(np.hstack([column.signs for column in columns]), np.hstack([column.mask for column in columns]))


def message(field: int, content: Column) -> Column:
    """Return a length-delimited field: its tag byte, the length of the content, the content."""
    return beside(constant(len(content.mask), field << 3 | 2), varints(content.lengths), content)


def pieces(column: Column) -> Pieces:
    """Return the rows of a column as bytes one after another."""
    return Pieces(column.signs[column.mask], offsets(column.lengths))


def offsets(lengths: Ints) -> Ints:
    """Return where each piece begins, and where the last one ends."""
    return np.concatenate([np.zeros(1, np.int64), np.cumsum(lengths, dtype=np.int64)])


def point_features(x: Ints, y: Ints, tags: Sequence[tuple[int, Ints]]) -> Pieces:
    """Return the features of points, ready to stand in a layer.

    Args:
        x: place in the tile from the left, 0 to 4095.
        y: place in the tile from the top, 0 to 4095.
        tags: (index of the key, index of the value in the tile's table for every row; -1 = the row has no such key).
    """
    rows = len(x)
    pairs = [part for key, values in tags for part in _tag(key, values)]
    geometry = beside(constant(rows, 1 << 3 | 1), varints(2 * x), varints(2 * y))
    inner = beside(message(2, beside(*pairs)), constant(rows, 3 << 3, 1), message(4, geometry))
    return pieces(message(2, inner))


def _tag(key: int, values: Ints) -> tuple[Column, Column]:
    present = values >= 0
    keys = constant(len(values), key)
    return Column(keys.signs, keys.mask & present[:, None]), varints(np.maximum(values, 0), present)


def count_values(counts: Ints) -> Pieces:
    """Return numbers as entries of a layer's table of values."""
    return pieces(message(4, beside(constant(len(counts), 5 << 3), varints(counts))))


def text_value(text: str) -> bytes:
    """Return a text as an entry of a layer's table of values."""
    return delimited(4, delimited(1, text.encode("utf-8", "replace")))


def delimited(field: int, content: bytes) -> bytes:
    """Return one length-delimited field."""
    return bytes((field << 3 | 2,)) + _varint(len(content)) + content


def layer(name: str, features: bytes, keys: Sequence[str], values: bytes) -> bytes:
    """Return a tile of one layer.

    Args:
        name: of the layer.
        features: as `point_features` gives them.
        keys: names of the attributes, in the order of their index.
        values: table of values, in the order of their index.
    """
    head = delimited(1, name.encode()) + bytes((15 << 3, 2))
    names = b"".join(delimited(3, key.encode()) for key in keys)
    return delimited(3, head + features + names + values + bytes((5 << 3,)) + _varint(EXTENT))


def _varint(value: int) -> bytes:
    signs = bytearray()
    while value > 0x7F:
        signs.append(value & 0x7F | 0x80)
        value >>= 7
    signs.append(value)
    return bytes(signs)
