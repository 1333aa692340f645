"""What is checked before any reader opens a file: there, whole, not binary, not a bomb."""

from __future__ import annotations

import re
import zipfile
import zlib
from pathlib import Path
from typing import IO, Literal
from xml.parsers import expat

from essaim.errors import ReadError

HEAD_BYTES = 65536
UNPACKED_BYTES = 1024 * 1024 * 1024
UNPACKED_RATIO = 200
RATIO_FROM_BYTES = 10 * 1024 * 1024
PARTS = 10_000
ENTITY_LENGTH = 200
ENTITY_BYTES = 64 * 1024 * 1024

Kind = Literal["text", "archive", "ole", "xml", "rdfxml"]
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_MAGIC = {
    b"PK\x03\x04": "a ZIP archive, perhaps a workbook (.xlsx) or a document",
    b"PK\x05\x06": "an empty ZIP archive",
    OLE: "an old Office file (.xls) or one locked by a password",
    b"%PDF-": "a PDF document",
    b"\x1f\x8b": "a gzip archive",
    b"BZh": "a bzip2 archive",
    b"\xfd7zXZ": "an xz archive",
    b"7z\xbc\xaf\x27\x1c": "a 7-Zip archive",
    b"Rar!": "a RAR archive",
    b"\x28\xb5\x2f\xfd": "a Zstandard archive",
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"GIF8": "a GIF picture",
    b"SQLite format 3": "an SQLite database",
    b"PAR1": "a Parquet file",
    b"\x7fELF": "a program",
    b"MZ\x90\x00": "a program",
}
_WEB_PAGE = (b"<!doctype html", b"<html")
_BYTE_ORDER_MARKS = (b"\xff\xfe", b"\xfe\xff")


def check_file(path: Path, kind: Kind | Literal[""] = "", max_bytes: int = 0) -> None:
    """Refuse a file no reader should open.

    Args:
        path: the file.
        kind: "text" refuses known binary files, web pages and XML; "archive" refuses bombs; "ole" refuses all but old
            Office files; "xml" refuses what is no XML or declares entities; "rdfxml" lets plain short ones be declared,
            as ontologies do; empty checks none of them.
        max_bytes: the largest size to accept; 0 for no limit.

    Raises:
        ReadError: the path is missing, a folder, no plain file, unreadable, empty, too large, or of the wrong kind.
    """
    _check_present(path)
    size = path.stat().st_size
    if size == 0:
        raise ReadError("the file is empty", str(path), "0 bytes", "at least one row", "Gather the source again")
    if max_bytes and size > max_bytes:
        step = "Raise max_bytes if the file is meant to be that large"
        raise ReadError("the file is too large", str(path), f"{size} bytes", f"at most {max_bytes}", step)
    if kind == "text":
        _check_text(path)
    elif kind == "archive":
        _check_archive(path)
    elif kind in ("xml", "rdfxml"):
        _check_xml(path, kind == "rdfxml")
    elif kind == "ole" and not head(path).startswith(OLE):
        step = "Open it in a spreadsheet and save it as XLSX"
        raise ReadError("the file is no old workbook", str(path), _name_of(head(path)), "an XLS workbook", step)


def head(path: Path) -> bytes:
    """Return the first bytes of a file.

    Raises:
        ReadError: the system refuses to read it.
    """
    try:
        with path.open("rb") as stream:
            return stream.read(HEAD_BYTES)
    except OSError as error:
        raise _unreadable(path, error) from error


def _check_present(path: Path) -> None:
    try:
        if path.is_dir():
            raise ReadError("this is a folder", str(path), expected="a file", next_step="Name a file in it")
        path.stat()
        is_file = path.is_file()
    except FileNotFoundError as error:
        raise ReadError("there is no such file", str(path), next_step="Correct the path, or gather the source") from error
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from error
    if not is_file:
        raise ReadError("this is not a plain file", str(path), "a device, pipe or socket", "a file", "Save its content to a file")
    head(path)


def _unreadable(path: Path, error: OSError | ValueError) -> ReadError:
    found = (error.strerror if isinstance(error, OSError) else "") or str(error)
    return ReadError("the file cannot be read", str(path), found, next_step="Allow this account to read it")


def _check_text(path: Path) -> None:
    first = head(path)
    for magic, name in _MAGIC.items():
        if first.startswith(magic):
            raise ReadError("the file is not text", str(path), name, "text", "Save it in the format its name promises")
    start = first.removeprefix(b"\xef\xbb\xbf").lstrip()[:1024].lower()
    if start.startswith(_WEB_PAGE):
        step = "Look at the address in a browser: it may ask to log in, or have moved"
        raise ReadError("the file is a web page", str(path), "HTML", "data", step)
    if start.startswith((b"<?xml", b"<rdf:rdf", b"<!doctype", b"<!entity")):
        step = "Give it the suffix of what it is, such as .rdf, .kml or .osm, or name its format in the source"
        raise ReadError("the file is XML under the name of another format", str(path), "XML", "what its name says", step)
    controls = sum(first.count(sign) for sign in (b"\x01", b"\x02", b"\x03", b"\x04", b"\x05", b"\x06", b"\x07", b"\x08"))
    if not first.startswith(_BYTE_ORDER_MARKS) and (b"\0" in first or controls * 50 > len(first)):
        found = "NUL bytes" if b"\0" in first else "control bytes"
        raise ReadError("the file is binary, not text", str(path), found, "text", "Save it in the format its name promises")


def _check_archive(path: Path) -> None:
    if not zipfile.is_zipfile(path):
        first = head(path)
        name = "an archive cut short" if first.startswith(b"PK\x03\x04") else _name_of(first)
        raise ReadError("the file is not whole", str(path), name, "a workbook or archive", "Fetch or save the file again")
    try:
        with zipfile.ZipFile(path) as archive:
            _check_bomb(path, archive.infolist())
            for part in archive.infolist():
                # LibreOffice writes parts of no bytes at all; a reader that needs one of them says so itself.
                if part.file_size and part.filename.lower().endswith((".xml", ".rels", ".vml", ".kml")):
                    with archive.open(part) as stream:
                        _check_prolog(f"{path}, part {part.filename}", stream)
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, RuntimeError, OSError) as error:
        step = "Fetch or save the file again"
        raise ReadError("the archive is damaged", str(path), str(error), "a whole archive", step) from error


def _name_of(first: bytes) -> str:
    start = first.removeprefix(b"\xef\xbb\xbf").lstrip()[:1024].lower()
    if start.startswith(_WEB_PAGE) or start.startswith((b"<table", b"<meta")):
        return "a web page"
    if start.startswith(b"<"):
        return "XML"
    return next((name for magic, name in _MAGIC.items() if first.startswith(magic)), "other bytes")


def _check_bomb(path: Path, parts: list[zipfile.ZipInfo]) -> None:
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts)
    step = "Do not open it; ask the publisher for a plain CSV"
    if len(parts) > PARTS:
        raise ReadError("the archive holds too many parts", str(path), str(len(parts)), f"at most {PARTS}", step)
    if packed > path.stat().st_size:
        raise ReadError("the archive's parts overlap, as in a zip bomb", str(path), next_step=step)
    if unpacked > UNPACKED_BYTES or (unpacked > RATIO_FROM_BYTES and unpacked > UNPACKED_RATIO * max(packed, 1)):
        found = f"{unpacked} bytes out of {packed}"
        expected = f"at most {UNPACKED_BYTES} bytes and {UNPACKED_RATIO} times the packed size"
        raise ReadError("the archive unpacks to far too much, as a zip bomb does", str(path), found, expected, step)


def _check_xml(path: Path, has_entities: bool) -> None:
    first = head(path)
    name = _name_of(first)
    if name not in ("XML", "other bytes") or not _OPENS_XML.match(first):
        step = "Save it in the format its name promises"
        raise ReadError("the file is not XML", str(path), name, "XML", step)
    with path.open("rb") as stream:
        longest = _check_prolog(str(path), stream, has_entities)
    if longest:
        _check_swelling(path, longest)


_OPENS_XML = re.compile(rb"\s*<|\xef\xbb\xbf\s*<|\xff\xfe<\0|\xfe\xff\0<")


def _check_swelling(path: Path, longest: int) -> None:
    """Refuse a file whose entities, written out wherever they may be meant, would swell beyond measure."""
    marks = 0
    with path.open("rb") as stream:
        while chunk := stream.read(HEAD_BYTES * 16):
            marks += chunk.count(b"&")
    if marks * longest > ENTITY_BYTES:
        found = f"{marks} references to entities of up to {longest} characters"
        step = "Ask the publisher for Turtle or N-Triples"
        raise ReadError("the entities swell beyond measure, as an entity bomb does", str(path), found, next_step=step)


class _RootReached(Exception):
    """The root element opens: no document type can follow."""


def _check_prolog(where: str, stream: IO[bytes], has_entities: bool = False) -> int:
    """Refuse XML with a document type: entities, and so entity bombs, can be declared nowhere else.

    Args:
        where: for the errors.
        stream: the bytes.
        has_entities: True lets entities of plain short text be declared, and nothing else.

    Returns:
        The length of the longest entity declared.
    """
    longest = 0

    def refuse(*_declaration: object) -> None:
        step = "Do not open it; ask the publisher for a plain CSV"
        raise ReadError("the part declares XML entities, as an entity bomb does", where, "<!DOCTYPE", "plain XML", step)

    def measure(_name: str, is_parameter: bool, value: str | None, *_rest: object) -> None:
        nonlocal longest
        if is_parameter or value is None or "&" in value or "%" in value or len(value) > ENTITY_LENGTH:
            refuse()
        longest = max(longest, len(value or ""))

    def stop(*_element: object) -> None:
        raise _RootReached

    parser = expat.ParserCreate()
    if has_entities:
        parser.EntityDeclHandler = measure
    else:
        parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = stop
    try:
        while chunk := stream.read(HEAD_BYTES):
            parser.Parse(chunk)
        parser.Parse(b"", True)
    except _RootReached:
        return longest
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise ReadError("the part is not XML", where, str(error), "XML", "Fetch or save the file again") from error
    return longest
