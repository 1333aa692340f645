"""ODS workbooks: rows streamed from `content.xml`, dates as ISO 8601, repeated cells and rows counted before they are believed.

Source:
    OpenDocument 1.3 part 3, sections 9.1 (tables) and 19.385 (values of cells).
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from essaim.errors import ReadError
from essaim.formats import repairs as code
from essaim.formats.reading import ReadOptions, Report
from essaim.formats.sheets import MOST_COLUMNS, MOST_ROWS, Merge, Sheet, sheet_rows, too_many_rows
from essaim.formats.xml_stream import attribute, events, forget, local
from essaim.model.record import Row

PART = "content.xml"
TABLE, TABLE_ROW, STYLE = "{*}table", "{*}table-row", "{*}style"
_TIME = re.compile(r"PT(\d+)H(\d+)M(\d+)(?:[.,]\d+)?S")
_ERROR = re.compile(r"#(?:REF|VALUE|NAME|DIV/0|NUM|NULL|N/A)[!?]?|Err:\d+")
_LEFT_OUT = frozenset({"annotation", "annotation-end", "frame", "custom-shape", "table", "shapes"})
_CELLS = frozenset({"table-cell", "covered-table-cell"})


def rows(path: Path, options: ReadOptions, repairs: Report) -> Iterator[Row]:
    """Yield the rows of one sheet or of all; every value is text.

    Raises:
        ReadError: the workbook is damaged or locked, has no such sheet, or the sheet has no header.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            sheets = [
                Sheet(
                    name,
                    is_visible,
                    partial(_cells, path, archive, name, number, repairs),
                    partial(_merges, path, archive, number),
                )
                for number, (name, is_visible) in enumerate(_tables(path, archive))
            ]
            yield from sheet_rows(path, sheets, options, repairs)
    except (zipfile.BadZipFile, KeyError, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        step = "Open it in a spreadsheet and save it again, without a password"
        raise ReadError("the workbook is damaged", str(path), f"{error}", "a whole ODS", step) from error


def _tables(path: Path, archive: zipfile.ZipFile) -> Iterator[tuple[str, bool]]:
    """Yield name and visibility of each sheet."""
    hidden: set[str] = set()
    with archive.open(PART) as stream:
        for moment, element in events(path, stream, (TABLE, TABLE_ROW, STYLE), ("start", "end")):
            kind = local(element)
            if kind == "style" and moment == "end" and any(attribute(part, "display") == "false" for part in element):
                hidden.add(attribute(element, "name"))
            elif kind == "table" and moment == "start" and _is_sheet(element):
                yield attribute(element, "name"), attribute(element, "style-name") not in hidden
            elif moment == "end" and kind == "table-row":
                forget(element)


def _rows_of(path: Path, archive: zipfile.ZipFile, wanted: int) -> Iterator[Any]:
    """Yield the row elements of the sheet with that number."""
    number = -1
    with archive.open(PART) as stream:
        for moment, element in events(path, stream, (TABLE, TABLE_ROW), ("start", "end")):
            if local(element) == "table":
                number += moment == "start" and _is_sheet(element)
                if moment == "end" and number == wanted and _is_sheet(element):
                    return
            elif moment == "end" and local(element) == "table-row":
                if number == wanted and not _is_inside_cell(element):
                    yield element
                if not _is_inside_cell(element):
                    forget(element)


def _is_sheet(element: Any) -> bool:
    parent = element.getparent()
    return parent is not None and local(parent) == "spreadsheet"


def _is_inside_cell(element: Any) -> bool:
    return any(local(above) in _CELLS for above in element.iterancestors())


def _cells(path: Path, archive: zipfile.ZipFile, name: str, number: int, repairs: Report) -> Iterator[list[str]]:
    blank = count = 0
    for element in _rows_of(path, archive, number):
        texts = _texts(element, repairs)
        times = _repeated(element, "number-rows-repeated")
        if not texts:
            blank += times
            continue
        count += blank + times
        if count > MOST_ROWS:
            raise too_many_rows(path, name, count)
        for _blank in range(blank):
            yield []
        blank = 0
        for _time in range(times):
            yield list(texts)


def _texts(row: Any, repairs: Report) -> list[str]:
    """Return the texts of a row without its empty tail, however often that is said to repeat."""
    texts: list[str] = []
    blank = 0
    for cell in row:
        if local(cell) not in _CELLS:
            continue
        text = _text(cell, repairs)
        times = _repeated(cell, "number-columns-repeated")
        if not text:
            blank += times
            continue
        if len(texts) + blank >= MOST_COLUMNS:
            break
        texts += [""] * blank
        blank = 0
        texts += [text] * min(times, MOST_COLUMNS - len(texts))
    return texts


def _repeated(element: Any, name: str) -> int:
    written = attribute(element, name)
    return min(max(int(written), 1), 10 * MOST_ROWS) if written.isascii() and written.isdecimal() and len(written) < 19 else 1


def _text(cell: Any, repairs: Report) -> str:
    kind = attribute(cell, "value-type")
    if kind in ("float", "percentage", "currency"):
        return _number(attribute(cell, "value"))
    if kind == "date":
        return attribute(cell, "date-value").removesuffix("T00:00:00")
    if kind == "time":
        found = _TIME.fullmatch(attribute(cell, "time-value"))
        return f"{int(found[1]):02}:{found[2]}:{found[3]}" if found else attribute(cell, "time-value")
    if kind == "boolean":
        return attribute(cell, "boolean-value")
    text = "\n".join(_paragraph(part) for part in cell if local(part) == "p") or attribute(cell, "string-value")
    if _ERROR.fullmatch(text):
        repairs[code.CELL_ERROR_EMPTIED] += 1
        return ""
    return text


def _number(written: str) -> str:
    try:
        value = float(written)
    except ValueError:
        return written
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else written


def _paragraph(element: Any) -> str:
    parts = [element.text or ""]
    for part in element:
        kind = local(part)
        if kind == "s":
            parts.append(" " * min(_repeated(part, "c"), 1000))
        elif kind in ("tab", "line-break"):
            parts.append("\t" if kind == "tab" else "\n")
        elif kind and kind not in _LEFT_OUT:
            parts.append(_paragraph(part))
        parts.append(part.tail or "")
    return "".join(parts)


def _merges(path: Path, archive: zipfile.ZipFile, number: int) -> list[Merge]:
    merges: list[Merge] = []
    top = 0
    for row in _rows_of(path, archive, number):
        left = 0
        for cell in row:
            if local(cell) not in _CELLS:
                continue
            wide, high = _repeated(cell, "number-columns-spanned"), _repeated(cell, "number-rows-spanned")
            if wide * high > 1 and left < MOST_COLUMNS:
                merges.append(Merge(top, left, top + high - 1, left + wide - 1))
            left += _repeated(cell, "number-columns-repeated")
        top += _repeated(row, "number-rows-repeated")
    return merges
