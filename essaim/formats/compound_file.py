"""The streams of an OLE compound file, the box in which old Office files lie, with no chain of sectors followed in a circle.

Source:
    [MS-CFB] Compound File Binary File Format, sections 2.2 (header) to 2.6 (directory).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from typing import NamedTuple

LAST_SECTOR = 0xFFFFFFF9
NO_ENTRY = 0xFFFFFFFF
STREAM = 2
ENTRY_BYTES = 128


class Entry(NamedTuple):
    """One entry of the directory: its name, sort, neighbours, child, first sector and size in bytes."""

    name: str
    sort: int
    left: int
    right: int
    child: int
    start: int
    size: int


def streams(content: bytes) -> dict[str, bytes]:
    """Return the streams that lie in the root of a compound file, by name; those in inner storages are left alone.

    Raises:
        ValueError: the file is cut short, or its sectors, chains or directory cannot be.
    """
    try:
        return _Box(content).streams()
    except (struct.error, IndexError) as error:
        raise ValueError(f"the compound file is cut short: {error}") from error


class _Box:
    def __init__(self, content: bytes) -> None:
        self.content = content
        self.shift, small_shift = struct.unpack_from("<HH", content, 30)
        if self.shift not in (9, 12) or small_shift != 6:
            raise ValueError(f"sectors of 2**{self.shift} and 2**{small_shift} bytes")
        directory, _, self.cutoff, small, _, self.difat, _ = struct.unpack_from("<7I", content, 48)
        self.table = self._numbers(self._table_sectors())
        self.small_table = self._numbers(self._chain(self.table, small))
        self.entries = [*self._entries(b"".join(self._sector(number) for number in self._chain(self.table, directory)))]

    def streams(self) -> dict[str, bytes]:
        if not self.entries:
            raise ValueError("the directory is empty")
        root = self.entries[0]
        box = b"".join(self._sector(number) for number in self._chain(self.table, root.start))
        return {entry.name: self._stream(entry, box) for entry in self._siblings(root.child) if entry.sort == STREAM}

    def _stream(self, entry: Entry, box: bytes) -> bytes:
        if entry.size < self.cutoff:
            parts = [box[number << 6 : (number + 1) << 6] for number in self._chain(self.small_table, entry.start)]
        else:
            parts = [self._sector(number) for number in self._chain(self.table, entry.start)]
        return b"".join(parts)[: entry.size]

    def _sector(self, number: int) -> bytes:
        start = (number + 1) << self.shift
        if start >= len(self.content):
            raise ValueError(f"sector {number} lies behind the end")
        return self.content[start : start + (1 << self.shift)]

    def _table_sectors(self) -> Iterator[int]:
        """Yield the sectors that hold the table of chains: 109 named in the header, the others in a chain of their own."""
        yield from (number for number in struct.unpack_from("<109I", self.content, 76) if number <= LAST_SECTOR)
        following, count = self.difat, 0
        while following <= LAST_SECTOR:
            count += 1
            *numbers, following = self._numbers([following])
            if count > len(self.content) >> self.shift:
                raise ValueError("the chain of tables runs in a circle")
            yield from (number for number in numbers if number <= LAST_SECTOR)

    def _numbers(self, sectors: Iterator[int] | Sequence[int]) -> list[int]:
        numbers: list[int] = []
        for sector in sectors:
            if len(numbers) * 4 > len(self.content):
                raise ValueError("the table of chains is larger than the file")
            numbers += struct.unpack(f"<{1 << (self.shift - 2)}I", self._sector(sector))
        return numbers

    def _chain(self, table: Sequence[int], start: int) -> Iterator[int]:
        count = 0
        while start <= LAST_SECTOR:
            count += 1
            if start >= len(table) or count > len(table):
                raise ValueError(f"the chain of sectors leads to {start}, or in a circle")
            yield start
            start = table[start]

    def _entries(self, directory: bytes) -> Iterator[Entry]:
        for place in range(0, len(directory) - ENTRY_BYTES + 1, ENTRY_BYTES):
            length, sort = struct.unpack_from("<HB", directory, place + 64)
            left, right, child = struct.unpack_from("<3I", directory, place + 68)
            start, size = struct.unpack_from("<II", directory, place + 116)
            name = directory[place : place + max(min(length, 64) - 2, 0)].decode("utf-16-le", "replace")
            yield Entry(name, sort, left, right, child, start, size)

    def _siblings(self, first: int) -> Iterator[Entry]:
        waiting, seen = [first], {NO_ENTRY}
        while waiting:
            number = waiting.pop()
            if number in seen:
                continue
            seen.add(number)
            entry = self.entries[number]
            yield entry
            waiting += [entry.left, entry.right]
