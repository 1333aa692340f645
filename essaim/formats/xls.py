"""XLS workbooks, the format of Excel before 2007: one sheet's rows or all as text, dates as ISO 8601.

Read in pure Python: the faster reader that was tried (calamine 0.9) ends the whole process on a file whose cells claim
to stand 65 536 columns apart.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import xlrd

from essaim.errors import ReadError
from essaim.formats import repairs as code
from essaim.formats.compound_file import streams
from essaim.formats.reading import ReadOptions, Report
from essaim.formats.sheets import Merge, Sheet, sheet_rows
from essaim.formats.workbook import text_of
from essaim.model.record import Row

STREAMS = ("Workbook", "WORKBOOK", "Book", "BOOK")
LOCKED = "EncryptedPackage"


def rows(path: Path, options: ReadOptions, repairs: Report) -> Iterator[Row]:
    """Yield the rows of one sheet or of all; every value is text.

    Raises:
        ReadError: the workbook is damaged or locked, has no such sheet, or the sheet has no header.
    """
    book = _book(path, options.has_merged_cells)
    try:
        sheets = [
            Sheet(
                name,
                book.sheet_visibility[number] == 0,
                partial(_cells, path, book, number, repairs),
                partial(_merges, path, book, number),
            )
            for number, name in enumerate(book.sheet_names())
        ]
        yield from sheet_rows(path, sheets, options, repairs)
    finally:
        book.release_resources()


def _book(path: Path, has_merged_cells: bool) -> Any:
    content = _stream(path)
    try:
        book = xlrd.open_workbook(
            file_contents=content, logfile=io.StringIO(), on_demand=True, ragged_rows=True, formatting_info=has_merged_cells
        )
        book.sheet_visibility = getattr(book, "_sheet_visibility", [0] * book.nsheets)
    except Exception as error:  # xlrd lets whatever its parser meets through: AssertionError, struct.error, IndexError...
        raise _damaged(path, error) from error
    return book


def _stream(path: Path) -> bytes:
    """Return the workbook out of its box, which xlrd would follow in a circle where its chains do."""
    try:
        found = streams(path.read_bytes())
    except ValueError as error:
        raise _damaged(path, error) from error
    named = next((found[name] for name in STREAMS if name in found), None)
    if named is None:
        name, step = ", ".join(sorted(found)[:8]), "Open it in the program it comes from and save it as XLSX or CSV"
        what = "the workbook is locked by a password" if LOCKED in found else "the file holds no workbook"
        raise ReadError(what, str(path), name, "a stream called Workbook", step)
    return named


def _damaged(path: Path, error: Exception) -> ReadError:
    if "encrypted" in str(error).lower():
        step = "Open it in a spreadsheet and save it without a password"
        return ReadError("the workbook is locked", str(path), "a password", "an open workbook", step)
    found = f"{type(error).__name__}: {error}"
    step = "Open it in a spreadsheet and save it again as XLSX"
    return ReadError("the workbook is damaged", str(path), found, "a whole XLS", step)


def _sheet(path: Path, book: Any, number: int) -> Any:
    try:
        return book.sheet_by_index(number)
    except Exception as error:  # as above: a sheet is parsed only when it is asked for
        raise _damaged(path, error) from error


def _cells(path: Path, book: Any, number: int, repairs: Report) -> Iterator[list[str]]:
    sheet = _sheet(path, book, number)
    for row in range(sheet.nrows):
        texts = [_text(cell, book.datemode, repairs) for cell in sheet.row(row)]
        while texts and not texts[-1]:
            texts.pop()
        yield texts


def _text(cell: Any, datemode: int, repairs: Report) -> str:
    if cell.ctype == xlrd.XL_CELL_ERROR:
        repairs[code.CELL_ERROR_EMPTIED] += 1
        return ""
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return "true" if cell.value else "false"
    if cell.ctype != xlrd.XL_CELL_DATE:
        return text_of(cell.value)
    try:
        moment = xlrd.xldate.xldate_as_datetime(cell.value, datemode)
    except (OverflowError, ValueError):
        repairs[code.CELL_ERROR_EMPTIED] += 1
        return ""
    return moment.time().isoformat() if 0 <= cell.value < 1 else text_of(moment)


def _merges(path: Path, book: Any, number: int) -> list[Merge]:
    blocks = _sheet(path, book, number).merged_cells
    return [Merge(top, left, bottom - 1, right - 1) for top, bottom, left, right in blocks]
