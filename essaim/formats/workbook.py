"""XLSX workbooks: one sheet's rows as text, dates as ISO 8601, formulas as the values last computed."""

from __future__ import annotations

import warnings
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, BinaryIO

from openpyxl import load_workbook

from essaim.errors import ReadError
from essaim.formats import repairs as code
from essaim.formats.reading import ReadOptions
from essaim.formats.tables import table_rows
from essaim.model.record import Row

MOST_ROWS = 1_048_576  # what a sheet can hold; a row numbered beyond would be padded with blank rows without end


def rows(path: Path, options: ReadOptions, repairs: Counter[str]) -> Iterator[Row]:
    """Yield the rows of one sheet; every value is text.

    Raises:
        ReadError: the workbook is damaged, has no such sheet, or the sheet has no header.
    """
    with path.open("rb") as stream:  # opened here: openpyxl leaves a file open that it cannot parse
        book = _book(path, stream)
        try:
            sheet = _sheet(path, book, options.sheet, repairs)
            yield from table_rows(path, _cells(path, sheet, repairs), options.header_row, repairs, str(sheet.title))
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


def _sheet(path: Path, book: Any, wanted: str, repairs: Counter[str]) -> Any:
    sheets = list(book.worksheets)
    names = ", ".join(repr(sheet.title) for sheet in sheets)
    if wanted:
        named = [sheet for sheet in sheets if sheet.title == wanted]
        if not named:
            raise ReadError("there is no such sheet", str(path), wanted, f"one of {names}", "Correct the option sheet")
        return named[0]
    visible = [sheet for sheet in sheets if sheet.sheet_state == "visible"]
    if not visible:
        raise ReadError("no sheet is visible", str(path), names, "a visible sheet", "Name one with the option sheet")
    if len(visible) > 1:
        repairs[code.SHEET_NOT_READ] += len(visible) - 1
    return visible[0]


def _cells(path: Path, sheet: Any, repairs: Counter[str]) -> Iterator[list[str]]:
    """Yield every row as text without its empty tail; the dimensions a file claims are not believed."""
    try:
        sheet.reset_dimensions()
        for number, cells in enumerate(_quietly(sheet.iter_rows()), 1):
            if number > MOST_ROWS:
                raise ReadError("the sheet has more rows than a sheet can", f"{path}, sheet {sheet.title}", str(number))
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


def _text(cell: Any, repairs: Counter[str]) -> str:
    value = cell.value
    if value is None:
        return ""
    if getattr(cell, "data_type", "") == "e":
        repairs[code.CELL_ERROR_EMPTIED] += 1
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat()
    return value.isoformat() if isinstance(value, date | time) else str(value)
