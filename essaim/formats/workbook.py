"""XLSX workbooks: the rows of one sheet, or of all, as text, dates as ISO 8601, formulas as the values last computed."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

from openpyxl import load_workbook
from openpyxl.utils.cell import range_boundaries

from essaim.errors import ReadError
from essaim.formats import repairs as code
from essaim.formats.reading import ReadOptions, Report
from essaim.formats.sheets import MOST_ROWS, Merge, Sheet, sheet_rows, too_many_rows
from essaim.formats.xml_stream import attribute, events, forget, local
from essaim.model.record import Row

MERGE, ROW = "{*}mergeCell", "{*}row"


def rows(path: Path, options: ReadOptions, repairs: Report) -> Iterator[Row]:
    """Yield the rows of one sheet, or of all visible ones; every value is text.

    Raises:
        ReadError: the workbook is damaged, has no such sheet, or the sheet has no header.
    """
    with path.open("rb") as stream:  # opened here: openpyxl leaves a file open that it cannot parse
        book = _book(path, stream)
        try:
            sheets = [
                Sheet(
                    str(sheet.title),
                    sheet.sheet_state == "visible",
                    partial(_cells, path, sheet, repairs),
                    partial(_merges, path, sheet),
                )
                for sheet in book.worksheets
            ]
            yield from sheet_rows(path, sheets, options, repairs)
        finally:
            book.close()


def _book(path: Path, stream: BinaryIO) -> Any:
    try:
        with _quiet():
            return load_workbook(stream, read_only=True, data_only=True, keep_links=False)
    except Exception as error:  # openpyxl lets whatever its parsers raise through: KeyError, TypeError, BadZipFile...
        raise _damaged(path, error) from error


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep openpyxl's warnings (a missing style, an extension it does not know) from a reader who needs only values."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", module=r"openpyxl\.")
        yield


def _damaged(path: Path, error: Exception) -> ReadError:
    found = f"{type(error).__name__}: {error}"
    return ReadError("the workbook is damaged", str(path), found, "a whole XLSX", "Open it in a spreadsheet and save it again")


def _cells(path: Path, sheet: Any, repairs: Report) -> Iterator[list[str]]:
    """Yield every row as text without its empty tail; the dimensions a file claims are not believed."""
    try:
        sheet.reset_dimensions()
        for number, cells in enumerate(_quietly(sheet.iter_rows()), 1):
            if number > MOST_ROWS:
                raise too_many_rows(path, sheet.title, number)
            texts = [_text(cell, repairs) for cell in cells]
            while texts and not texts[-1]:
                texts.pop()
            yield texts
    except ReadError:
        raise
    except Exception as error:  # as above: sheets are parsed only while they are read
        raise _damaged(path, error) from error


def _quietly(rows: Iterator[Any]) -> Iterator[Any]:
    """Silence warnings while a row is parsed, and only then: whoever takes the row keeps the filters it set."""
    while True:
        with _quiet():
            cells = next(rows, None)
        if cells is None:
            return
        yield cells


def _merges(path: Path, sheet: Any) -> list[Merge]:
    """Return the merged blocks, which openpyxl leaves out when it reads without building the sheet."""
    merges: list[Merge] = []
    with zipfile.ZipFile(path) as archive, archive.open(sheet._worksheet_path) as part:
        for _moment, element in events(path, part, (MERGE, ROW)):
            if local(element) == "mergeCell":
                try:
                    left, top, right, bottom = range_boundaries(attribute(element, "ref"))
                    merges.append(Merge(top - 1, left - 1, bottom - 1, right - 1))
                except (TypeError, ValueError) as error:
                    raise _damaged(path, error) from error
            forget(element)
    return merges


def _text(cell: Any, repairs: Report) -> str:
    if getattr(cell, "data_type", "") == "e":
        repairs[code.CELL_ERROR_EMPTIED] += 1
        return ""
    return text_of(cell.value)


def text_of(value: Any) -> str:
    """Return the value of a cell as text: whole numbers without a point, dates as ISO 8601, nothing for nothing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat()
    return value.isoformat() if isinstance(value, date | time) else str(value)
