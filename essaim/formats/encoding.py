"""Bytes to right text: find the encoding, mend what earlier programs broke, and count each repair."""

from __future__ import annotations

import codecs
import html
import io
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import ftfy
from charset_normalizer import from_bytes

from essaim.errors import ReadError
from essaim.formats import repairs as code

CHUNK_BYTES = 1024 * 1024
SAMPLE_BYTES = 256 * 1024
CANDIDATES = ["cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp850", "mac_roman", "koi8_r",
              "cp932", "euc_jp", "gb18030", "big5", "cp949"]  # fmt: skip
_BYTE_ORDER_MARKS = [
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
]
_WESTERN = frozenset("àâäáãåçèéêëìíîïñòóôöõøùúûüýÿæœßðþšžÀÂÄÁÃÅÇÈÉÊËÌÍÎÏÑÒÓÔÖÕØÙÚÛÜÝŸÆŒŠŽ€’‘“”–—…•«»°ºª·¡¿£§©®™²³½¼´\xa0")
_FOREIGN_RUN = re.compile(r"[^\x00-\x7f]{3,}")
# A named entity without its semicolon may be a part of an address (?a=1&copy=2): only numbers may lack it.
_ENTITY = re.compile(r"&(?:#[0-9]{2,7};?|#[xX][0-9a-fA-F]{2,6};?|[A-Za-z][A-Za-z0-9]{1,31};)")
_FTFY = ftfy.TextFixerConfig(replace_lossy_sequences=False, unescape_html=False, explain=False)


def _as_cp1252(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    stray = error.object[error.start : error.end]
    return "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in stray), error.end


codecs.register_error("essaim_stray_bytes", _as_cp1252)


@dataclass(frozen=True)
class Encoding:
    """How a file's bytes become text: codec, what to do with stray bytes, and the repair code this amounts to."""

    codec: str
    errors: str = "strict"
    repair: str = ""


def find_encoding(path: Path, wanted: str = "") -> Encoding:
    """Find the encoding of a text file by reading it once, in constant memory.

    A byte order mark decides; then UTF-8 where all bytes are UTF-8, or where most lines that leave ASCII are (the
    others are read as Windows-1252); else the encoding is guessed from the lines that leave ASCII.

    Args:
        path: the file.
        wanted: a codec name that is obeyed; empty looks at the bytes.

    Raises:
        ReadError: the codec is unknown, or the file holds NUL bytes.
    """
    if wanted:
        return Encoding(_known(path, wanted))
    with path.open("rb") as stream:
        first = stream.read(4)
    for mark, codec in _BYTE_ORDER_MARKS:
        if first.startswith(mark) and (codec != "utf-8-sig" or _is_utf8(path)):
            return Encoding(codec, repair=code.BOM_REMOVED)
    return Encoding("utf-8") if _is_utf8(path) else _guess(path)


@contextmanager
def open_text(path: Path, encoding: Encoding) -> Iterator[io.TextIOWrapper]:
    """Open a file as text with its line ends kept.

    Raises:
        ReadError: while reading, where bytes are not of the encoding.
    """
    try:
        with path.open(encoding=encoding.codec, errors=encoding.errors, newline="") as stream:
            yield stream
    except UnicodeError as error:
        step = "Set the option encoding to what the publisher uses"
        raise ReadError("the text is not of its encoding", str(path), str(error), encoding.codec, step) from error


def read_text(path: Path, wanted: str, repairs: Counter[str]) -> str:
    """Return a whole file as text and count what was repaired in its bytes.

    Raises:
        ReadError: as `find_encoding` and `open_text`.
    """
    encoding = find_encoding(path, wanted)
    if encoding.repair:
        repairs[encoding.repair] += 1
    with open_text(path, encoding) as stream:
        return stream.read()


def mend(text: str, repairs: Counter[str]) -> str:
    """Return a text with HTML entities decoded and mojibake undone, counting what was done.

    Right text comes back as it was, and mended text is mended no further.

    Example:
        >>> mend("La Coru&#241;a, SociÃ©tÃ©", Counter())
        'La Coruña, Société'
    """
    if text.isascii() and "&" not in text:
        return text
    mended, codes = _mended(text)
    for each in codes:
        repairs[each] += 1
    return mended


def mend_all(value: Any, repairs: Counter[str]) -> Any:
    """Mend every text of a JSON-like value, and make every key of its mappings a text."""
    if isinstance(value, str):
        return mend(value, repairs)
    if isinstance(value, dict):
        return {key if isinstance(key, str) else str(key): mend_all(item, repairs) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [mend_all(item, repairs) for item in value]
    return value


@lru_cache(maxsize=16384)
def _mended(text: str) -> tuple[str, tuple[str, ...]]:
    codes: list[str] = []
    decoded = _without_entities(text)
    if decoded != text:
        codes.append(code.HTML_ENTITY_DECODED)
    mended = decoded
    for _round in range(4):
        fixed = _without_entities(ftfy.fix_encoding(mended, _FTFY))
        if fixed == mended:
            break
        mended = fixed
    if mended != decoded:
        codes.append(code.MOJIBAKE_MENDED)
    if "\ufffd" in mended:
        codes.append(code.CHARACTER_LOST)
    return mended, tuple(codes)


def _without_entities(text: str) -> str:
    for _round in range(4 if "&" in text else 0):
        decoded = _ENTITY.sub(_entity, text)
        if decoded == text:
            break
        text = decoded
    return text


def _entity(match: re.Match[str]) -> str:
    decoded = html.unescape(match[0])
    is_text = bool(decoded) and "\ufffd" not in decoded and all(sign.isprintable() or sign in "\n\t\xa0\xad" for sign in decoded)
    return decoded if is_text else match[0]


def _known(path: Path, name: str) -> str:
    try:
        codec = codecs.lookup(name)
        "a".encode(name)
    except (LookupError, UnicodeError, TypeError, ValueError) as error:
        step = "Correct the option encoding"
        raise ReadError("unknown encoding", str(path), name, "a name such as utf-8, cp1252, latin-1", step) from error
    return codec.name


def _is_utf8(path: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for chunk in _chunks(path):
            decoder.decode(chunk)
        decoder.decode(b"", True)
    except UnicodeDecodeError:
        return False
    return True


def _chunks(path: Path) -> Iterator[bytes]:
    place = 0
    with path.open("rb") as stream:
        while chunk := stream.read(CHUNK_BYTES):
            if b"\0" in chunk:
                found = f"a NUL byte at {place + chunk.index(0)}"
                raise ReadError(
                    "the file is binary, not text", str(path), found, "text", "Save it in the format its name promises"
                )
            place += len(chunk)
            yield chunk


def _guess(path: Path) -> Encoding:
    good = bad = 0
    sample = bytearray()
    for line in _pieces(path):
        if line.isascii():
            continue
        try:
            line.decode("utf-8")
            good += 1
        except UnicodeDecodeError:
            bad += 1
            sample += line if len(sample) < SAMPLE_BYTES else b""
    if good > bad:
        return Encoding("utf-8", "essaim_stray_bytes", code.STRAY_BYTES)
    codec = _likely(bytes(sample))
    # Windows-1252 leaves five bytes undefined; read as Latin-1 they lose nothing and stop nobody.
    errors = "essaim_stray_bytes" if codec == "cp1252" else "strict"
    return Encoding(codec, errors, f"{code.ENCODING_GUESSED}:{codec}")


def _pieces(path: Path) -> Iterator[bytes]:
    """Yield the file line by line, a line without end in pieces, after the same NUL check as everywhere."""
    rest = b""
    for chunk in _chunks(path):
        lines = (rest + chunk).splitlines(keepends=True)
        rest = lines.pop() if len(lines[-1]) < CHUNK_BYTES else b""
        yield from lines
    yield rest


def _likely(sample: bytes) -> str:
    western = sample.decode("cp1252", "replace")
    foreign = [sign for sign in western if sign > "\x7f"]
    runs = sum(len(run) for run in _FOREIGN_RUN.findall(western))
    if all(sign in _WESTERN for sign in foreign) and runs * 10 <= len(foreign):
        return "cp1252"
    best = from_bytes(sample, cp_isolation=CANDIDATES).best()
    return best.encoding if best is not None else "cp1252"
