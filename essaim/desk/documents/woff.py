"""WOFF to TrueType: the tables of a packed font unpacked, under a family name of our choice."""

from __future__ import annotations

import struct
import zlib

from essaim.errors import ReadError

HEADER = struct.Struct(">4s4sIHHIHHIIIII")
PACKED_TABLE = struct.Struct(">4sIIII")
TABLE = struct.Struct(">4sIII")
NAME_HEADER = struct.Struct(">HHH")
NAME_RECORD = struct.Struct(">HHHHHH")
WINDOWS, UNICODE, ENGLISH = 3, 1, 0x409
FAMILY_IDS = (1, 16)


def sfnt_of(woff: bytes, family: str) -> bytes:
    """Return the TrueType or OpenType file that a WOFF file packs.

    Args:
        woff: the file.
        family: what the family shall be called, so that several cuts of one family can stand side by side.

    Raises:
        ReadError: the bytes are no WOFF file.

    Source: WOFF File Format 1.0, W3C Recommendation, sections 3 to 5; OpenType specification, `name` table.
    """
    if len(woff) < HEADER.size or woff[:4] != b"wOFF":
        raise ReadError("this is no WOFF file", found=repr(woff[:4]), next_step="Build the front end again")
    _signature, flavour, _length, count, *_rest = HEADER.unpack_from(woff)
    tables = [_table(woff, HEADER.size + number * PACKED_TABLE.size) for number in range(count)]
    named = [(tag, renamed(content, family) if tag == b"name" else content) for tag, content in tables]
    return _assemble(flavour, named)


def _table(woff: bytes, at: int) -> tuple[bytes, bytes]:
    tag, offset, packed, length, _checksum = PACKED_TABLE.unpack_from(woff, at)
    content = woff[offset : offset + packed]
    return tag, zlib.decompress(content) if packed < length else content


def _assemble(flavour: bytes, tables: list[tuple[bytes, bytes]]) -> bytes:
    count = len(tables)
    power = 1 << (count.bit_length() - 1)
    head = flavour + struct.pack(">HHHH", count, power * 16, power.bit_length() - 1, (count - power) * 16)
    place, directory, body = len(head) + count * TABLE.size, b"", b""
    for tag, content in tables:
        padded = content + b"\0" * (-len(content) % 4)
        checksum = sum(struct.unpack(f">{len(padded) // 4}I", padded)) & 0xFFFFFFFF
        directory += TABLE.pack(tag, checksum, place + len(body), len(content))
        body += padded
    return head + directory + body


def renamed(table: bytes, family: str) -> bytes:
    """Return a `name` table whose family is another; every other name stays."""
    _format, count, start = NAME_HEADER.unpack_from(table)
    records = [NAME_RECORD.unpack_from(table, NAME_HEADER.size + number * NAME_RECORD.size) for number in range(count)]
    kept = [(*record[:4], table[start + record[5] :][: record[4]]) for record in records if record[3] not in FAMILY_IDS]
    kept += [(WINDOWS, UNICODE, ENGLISH, id, family.encode("utf-16-be")) for id in FAMILY_IDS]
    head, texts = b"", b""
    for platform, encoding, language, id, text in sorted(kept):
        head += NAME_RECORD.pack(platform, encoding, language, id, len(text), len(texts))
        texts += text
    return NAME_HEADER.pack(0, len(kept), NAME_HEADER.size + len(head)) + head + texts
