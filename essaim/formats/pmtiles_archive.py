"""One file with all tiles of a map (PMTiles 3): written once, read by any number of threads.

Source: PMTiles Version 3 Specification (header of 127 bytes, directories of varints, tiles along Hilbert curves).
"""

from __future__ import annotations

import gzip
import mmap
import os
import tempfile
import zlib
from array import array
from bisect import bisect_right
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import IO, Any, NamedTuple

import numpy as np
from pmtiles.tile import Compression, TileType, deserialize_header
from pmtiles.writer import Writer

from essaim.errors import ReleaseError
from essaim.formats.mvt import Ints
from essaim.formats.points import MAX_ZOOM, Points
from essaim.formats.tiles import LAYER, tiles

_HEADER = 127
_GZIP = 16 + zlib.MAX_WBITS
_LEVEL = 6


def build_archive(points: Points, path: Path, progress: Callable[[int, int], None] | None = None) -> int:
    """Write the tiles of all zooms that are not empty into one archive, in place of the one that stands there.

    Args:
        points: of the map; without any, the archive holds one empty tile.
        path: of the archive; its folder is made.
        progress: called after each zoom with (zooms done, zooms in all).

    Returns:
        How many tiles are in it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            count = _write(points, file, progress or (lambda done, total: None))
        Path(name).chmod(0o644)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return count


def compressed(content: bytes) -> bytes:
    """Return a tile compressed by gzip, the same bytes for the same tile."""
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, _GZIP)
    return packer.compress(content) + packer.flush()


def _write(points: Points, file: IO[bytes], progress: Callable[[int, int], None]) -> int:
    writer: Any = Writer(file)  # type: ignore[no-untyped-call]
    count = 0
    with writer.tile_f:
        for z in range(MAX_ZOOM + 1):
            for number, content in _along_the_curve(points, z):
                writer.write_tile(number, content)
                count += 1
            progress(z + 1, MAX_ZOOM + 1)
        if not count:
            writer.write_tile(0, compressed(b""))
        writer.finalize(_header(points), _metadata(points))
    return count


def _along_the_curve(points: Points, z: int) -> list[tuple[int, bytes]]:
    """Return the tiles of a zoom, compressed, by their number in the archive."""
    found = [(x, y, compressed(content)) for x, y, content in tiles(points, z)]
    columns = np.array([one[:2] for one in found], np.int64).reshape(-1, 2)
    numbers = hilbert_ids(z, columns[:, 0], columns[:, 1])
    return [(int(numbers[place]), found[place][2]) for place in np.argsort(numbers).tolist()]


def _header(points: Points) -> dict[str, Any]:
    bounds = [-180.0, -85.0, 180.0, 85.0]
    if len(points):
        west, east = points.longitude.min(), points.longitude.max()
        bounds = [west, points.latitude.min(), east, points.latitude.max()]
    names = ("min_lon_e7", "min_lat_e7", "max_lon_e7", "max_lat_e7")
    limits = (180, 90, 180, 90)
    edges = {
        name: round(1e7 * max(-limit, min(limit, float(edge)))) for name, edge, limit in zip(names, bounds, limits, strict=True)
    }
    return {"tile_type": TileType.MVT, "tile_compression": Compression.GZIP, "center_zoom": 0, **edges}


def _metadata(points: Points) -> dict[str, Any]:
    fields = {"count": "Number", "id": "String", "ids": "String"} | ({"title": "String"} if points.titles else {})
    fields |= dict.fromkeys(points.categories, "String")
    return {"name": LAYER, "vector_layers": [{"id": LAYER, "fields": fields, "minzoom": 0, "maxzoom": MAX_ZOOM}]}


def hilbert_ids(z: int, x: Ints, y: Ints) -> Ints:
    """Return the numbers of tiles in an archive: zooms one after another, each along its Hilbert curve."""
    column, row = x.copy(), y.copy()
    ids = np.full(len(x), ((1 << 2 * z) - 1) // 3, np.int64)
    for level in range(z - 1, -1, -1):
        side = 1 << level
        right, low = (column & side) > 0, (row & side) > 0
        ids += (3 * right.astype(np.int64) ^ low) << 2 * level
        flip = right & ~low
        column, row = np.where(flip, side - 1 - column, column), np.where(flip, side - 1 - row, row)
        column, row = np.where(low, column, row), np.where(low, row, column)
    return ids


def hilbert_id(z: int, x: int, y: int) -> int:
    """Return the number of one tile in an archive; the same as `hilbert_ids`, without arrays."""
    number = ((1 << 2 * z) - 1) // 3
    for level in range(z - 1, -1, -1):
        side = 1 << level
        right, low = x & side, y & side
        number += ((3 if right else 0) ^ (1 if low else 0)) << 2 * level
        if not low:
            if right:
                x, y = side - 1 - x, side - 1 - y
            x, y = y, x
    return number


class _Directory(NamedTuple):
    """Entries of an archive: first tile, how many tiles share the content (0 = a leaf), its place and length."""

    ids: array[int]
    runs: array[int]
    offsets: array[int]
    lengths: array[int]


class ArchiveReader:
    """Reads tiles of an archive; directories are parsed once, the file is mapped, any number of threads may read.

    Args:
        path: of the archive.

    Raises:
        ReleaseError: the file is missing or is no PMTiles archive.

    Attributes:
        is_compressed: True when tiles are given as gzip.
    """

    def __init__(self, path: Path) -> None:
        try:
            with path.open("rb") as file:
                self._bytes = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            header = deserialize_header(self._bytes[:_HEADER])
            self._leaves: dict[int, _Directory] = {}
            self._data, self._leaf_base = header["tile_data_offset"], header["leaf_directory_offset"]
            self._max_zoom: int = header["max_zoom"]
            self.is_compressed = header["tile_compression"] == Compression.GZIP
            self._root = self._directory(header["root_offset"], header["root_length"])
        except Exception as error:
            problem = str(error) or type(error).__name__
            raise ReleaseError("the tile archive cannot be read", str(path), problem, next_step="Run `essaim build`") from error

    def tile(self, z: int, x: int, y: int) -> bytes | None:
        """Return a tile as it stands in the archive (gzip when `is_compressed`), None when there is none."""
        if not (0 <= z <= self._max_zoom and 0 <= x < 1 << z and 0 <= y < 1 << z):
            return None
        number = hilbert_id(z, x, y)
        directory = self._root
        while True:
            at = bisect_right(directory.ids, number) - 1
            if at < 0:
                return None
            offset, length, run = directory.offsets[at], directory.lengths[at], directory.runs[at]
            if run:
                start = self._data + offset
                return self._bytes[start : start + length] if number < directory.ids[at] + run else None
            directory = self._leaves.get(offset) or self._leaf(offset, length)

    def _leaf(self, offset: int, length: int) -> _Directory:
        return self._leaves.setdefault(offset, self._directory(self._leaf_base + offset, length))

    def _directory(self, offset: int, length: int) -> _Directory:
        numbers = _varints(gzip.decompress(self._bytes[offset : offset + length]))
        count = int(numbers[0])
        steps, runs, lengths, written = numbers[1 : 1 + 4 * count].reshape(4, count)
        columns = (np.cumsum(steps), runs, _places(written, lengths), lengths)
        return _Directory(*(array("Q", column.astype(np.uint64).tobytes()) for column in columns))

    def close(self) -> None:
        """Let the file go."""
        self._bytes.close()

    def __enter__(self) -> ArchiveReader:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()


def _varints(data: bytes) -> Ints:
    """Return the variable-length integers of some bytes."""
    signs = np.frombuffer(data, np.uint8).astype(np.int64)
    ends = np.flatnonzero(signs < 0x80)
    starts = np.append(0, ends[:-1] + 1)
    depth = np.arange(len(signs)) - np.repeat(starts, ends - starts + 1)
    numbers: Ints = np.add.reduceat((signs & 0x7F) << 7 * depth, starts)
    return numbers


def _places(written: Ints, lengths: Ints) -> Ints:
    """Return offsets from how they are written: 0 is "right after the entry before", else the offset and 1."""
    sums = np.concatenate([np.zeros(1, np.int64), np.cumsum(lengths)[:-1]])
    told = np.maximum.accumulate(np.where(written > 0, np.arange(len(written)), 0))
    places: Ints = written[told] - 1 + sums - sums[told]
    return places
