"""JSON Lines: one item a line, streamed, with Wikidata's entities made flat."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from essaim.errors import ReadError
from essaim.formats import repairs as code
from essaim.formats import wikidata
from essaim.formats.documents import parsed
from essaim.formats.encoding import find_encoding, mend_all, open_text
from essaim.formats.reading import PLAIN, ReadOptions, Report
from essaim.model.record import Row

LINE_CHARACTERS = 64 * 1024 * 1024


def rows(path: Path, options: ReadOptions, repairs: Report) -> Iterator[Row]:
    """Yield the item of every line that is not blank; values keep their JSON types, texts are mended.

    Raises:
        ReadError: a line is not JSON, or is longer than any item.

    Source:
        https://jsonlines.org, which Wikidata's and many a harvester's dumps follow.
    """
    yield from line_rows(path, options, repairs)


def line_rows(path: Path, options: ReadOptions, repairs: Report, *, is_dump: bool = False) -> Iterator[Row]:
    """Yield the items of a file of lines; a dump is a JSON list whose items end in a comma and a line's end.

    Raises:
        ReadError: as `rows`, or a dump lacks its closing bracket.
    """
    is_closed = not is_dump
    for number, line in _lines(path, options, repairs):
        text = line.strip()
        if is_dump and text in ("[", "]"):
            is_closed = text == "]"
        elif text:
            item = parsed(text.removesuffix(",") if is_dump else text, f"{path}, line {number}", repairs)
            yield _row(number, item, options, repairs)
    if not is_closed:
        raise ReadError("the list never ends", str(path), expected="a closing bracket", next_step="Fetch the file again")


def _lines(path: Path, options: ReadOptions, repairs: Report) -> Iterator[tuple[int, str]]:
    encoding = find_encoding(path, options.encoding)
    if encoding.repair:
        repairs[encoding.repair] += 1
    number = 0
    with open_text(path, encoding) as stream:
        while line := stream.readline(LINE_CHARACTERS):
            number += 1
            if len(line) == LINE_CHARACTERS:
                step = "Read the file as json if it is one document"
                raise ReadError("the line is longer than any item", f"{path}, line {number}", next_step=step)
            yield number, line


def _row(number: int, item: Any, options: ReadOptions, repairs: Report) -> Row:
    if options.profile != PLAIN and wikidata.is_entity(item):
        repairs[f"{code.PROFILE_RECOGNISED}:{wikidata.PROFILE}"] = 1
        item = wikidata.flat(item)
    mended = mend_all(item, repairs)
    if not isinstance(mended, dict):
        repairs[code.ITEM_WITHOUT_KEYS] += 1
        mended = {"value": mended}
    return Row(f"line {number}", mended)
