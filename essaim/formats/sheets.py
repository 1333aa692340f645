"""What XLSX, XLS and ODS have in common: which sheets are read, and what merged cells hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from essaim.errors import ReadError
from essaim.formats import repairs as code
from essaim.formats.headers import unique_name
from essaim.formats.reading import ReadOptions, Report
from essaim.formats.tables import table_rows
from essaim.model.record import Row

ALL = "*"
MOST_ROWS = 1_048_576
"""What a sheet can hold; a row numbered beyond would be padded with blank rows without end."""
MOST_COLUMNS = 16_384
MERGED_CELLS = 1_000_000
"""How many merged cells of a sheet are filled at most: a block that covers a sheet is decoration, or a bomb."""


class Merge(NamedTuple):
    """A block of merged cells: first and last row and column, from 0."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Sheet:
    """One sheet of a workbook.

    Attributes:
        name: its name.
        is_visible: False when it is hidden.
        cells: yields every row from the first as text, without its empty tail.
        merges: returns the blocks of merged cells.
    """

    name: str
    is_visible: bool
    cells: Callable[[], Iterator[list[str]]]
    merges: Callable[[], list[Merge]]


def sheet_rows(path: Path, sheets: Sequence[Sheet], options: ReadOptions, repairs: Report) -> Iterator[Row]:
    """Yield the rows of the sheet asked for, or of all visible sheets, each with its own header and a field `sheet`.

    Raises:
        ReadError: there is no such sheet, none is visible, none holds anything, or the sheet has no header.
    """
    chosen = _chosen(path, sheets, options.sheet, repairs)
    if options.sheet != ALL:
        yield from table_rows(path, _table(path, chosen[0], options, repairs), options, repairs, chosen[0].name)
        return
    is_any = False
    for sheet in chosen:
        table = _filled(_table(path, sheet, options, repairs))
        if table is None:
            repairs[code.SHEET_BLANK] += 1
            continue
        is_any = True
        for row in table_rows(path, table, options, repairs, sheet.name):
            yield Row(row.position, {**row.fields, unique_name("sheet", list(row.fields)): sheet.name})
    if not is_any:
        raise ReadError("no sheet holds anything", str(path), _names(sheets), "a table", "Look whether the right file was saved")


def too_many_rows(path: Path, sheet: str, number: int) -> ReadError:
    """Return the refusal of a sheet that claims more rows than a sheet can have."""
    step = "Do not open it; ask the publisher for a plain CSV"
    return ReadError("the sheet has more rows than a sheet can", f"{path}, sheet {sheet}", str(number), str(MOST_ROWS), step)


def _chosen(path: Path, sheets: Sequence[Sheet], wanted: str, repairs: Report) -> list[Sheet]:
    named = [sheet for sheet in sheets if sheet.name == wanted]
    if named:
        return named[:1]
    if wanted and wanted != ALL:
        raise ReadError("there is no such sheet", str(path), wanted, f"one of {_names(sheets)}", "Correct the option sheet")
    visible = [sheet for sheet in sheets if sheet.is_visible]
    if not visible:
        raise ReadError("no sheet is visible", str(path), _names(sheets), "a visible sheet", "Name one with the option sheet")
    if len(visible) > 1 and wanted != ALL:
        repairs[code.SHEET_NOT_READ] += len(visible) - 1
    return visible


def _names(sheets: Sequence[Sheet]) -> str:
    return ", ".join(repr(sheet.name) for sheet in sheets)


def _filled(table: Iterator[list[str]]) -> Iterator[list[str]] | None:
    blank: list[list[str]] = []
    for cells in table:
        if any(cells):
            return chain(blank, [cells], table)
        blank.append(cells)
    return None


def _table(path: Path, sheet: Sheet, options: ReadOptions, repairs: Report) -> Iterator[list[str]]:
    cells = sheet.cells()
    return _repeated(path, sheet, cells, repairs) if options.has_merged_cells else cells


def _repeated(path: Path, sheet: Sheet, table: Iterator[list[str]], repairs: Report) -> Iterator[list[str]]:
    """Put the value of each block of merged cells, which stands at its top left, into all its cells."""
    waiting = sorted(sheet.merges(), reverse=True)
    area = sum((merge.bottom - merge.top + 1) * (merge.right - merge.left + 1) for merge in waiting)
    if area > MERGED_CELLS:
        step = "Undo the merges, or read the sheet without the option has_merged_cells"
        where = f"{path}, sheet {sheet.name}"
        raise ReadError("merged cells cover the whole sheet", where, f"{area} cells", f"at most {MERGED_CELLS}", step)
    standing: list[tuple[Merge, str]] = []
    for number, cells in enumerate(table):
        standing = [(merge, value) for merge, value in standing if merge.bottom >= number]
        while waiting and waiting[-1].top <= number:
            merge = waiting.pop()
            standing.append((merge, cells[merge.left] if merge.left < len(cells) else ""))
        for merge, value in standing:
            _fill(cells, merge, value, repairs)
        yield cells


def _fill(cells: list[str], merge: Merge, value: str, repairs: Report) -> None:
    if not value:
        return
    cells.extend([""] * (merge.right + 1 - len(cells)))
    for column in range(merge.left, merge.right + 1):
        if not cells[column]:
            cells[column] = value
            repairs[code.MERGED_CELL_REPEATED] += 1
