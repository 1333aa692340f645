"""CSV and TSV: rows streamed in constant memory, whatever delimiter, header or ragged row they come with."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from essaim.errors import ReadError
from essaim.formats import repairs as code
from essaim.formats.encoding import Encoding, find_encoding, mend, open_text
from essaim.formats.reading import ReadOptions
from essaim.model.record import Row

DELIMITERS = ",;\t|"
SNIFFED_ROWS = 100
SNIFFED_CHARACTERS = 256 * 1024


def rows(path: Path, options: ReadOptions, repairs: Counter[str]) -> Iterator[Row]:
    """Yield the rows of a delimited text file; every value is text.

    Positions count as a spreadsheet does: with the header in row 1 the first row of data is "row 2".

    Raises:
        ReadError: no header, a delimiter that cannot be, quotes that never close, bytes of another encoding.
    """
    encoding = find_encoding(path, options.encoding)
    if encoding.repair:
        repairs[encoding.repair] += 1
    delimiter = _delimiter(path, encoding, options)
    with open_text(path, encoding) as stream:
        reader = csv.reader(stream, delimiter=delimiter)
        try:
            yield from table_rows(path, reader, options.header_row, repairs)
        except csv.Error as error:
            step = "Look for a quote that is opened and never closed"
            raise ReadError("the table cannot be read", f"{path}, line {reader.line_num}", str(error), next_step=step) from error


def table_rows(
    path: Path, table: Iterator[Sequence[str]], header_row: int, repairs: Counter[str], sheet: str = ""
) -> Iterator[Row]:
    """Yield rows out of a table of cells: the header named, blank rows skipped, ragged rows kept and noted.

    Args:
        path: for the errors.
        table: every row of the table from its first, as lists of text.
        header_row: the number of the row with the column names, 1 for the first, 0 for none.
        repairs: where repairs are counted.
        sheet: name of the sheet, put into each position; empty for a file without sheets.

    Raises:
        ReadError: the table ends before its header, or the header is blank.
    """
    numbered = enumerate(table, 1)
    columns: list[str] = []
    if header_row > 0:
        columns = _header(path, next(islice(numbered, header_row - 1, None), (0, []))[1], header_row, repairs)
    place = f"sheet {sheet}, row" if sheet else "row"
    for number, cells in numbered:
        if not any(cells):
            repairs[code.BLANK_ROW_SKIPPED] += 1
            continue
        columns = columns or [f"column_{column}" for column in range(1, len(cells) + 1)]
        if sheet:  # a sheet has no short rows: its empty tail is simply not written
            cells = [*cells, *[""] * (len(columns) - len(cells))]
        yield Row(f"{place} {number}", _fields(columns, cells, repairs))


def _fields(columns: list[str], cells: Sequence[str], repairs: Counter[str]) -> dict[str, object]:
    mended = [cell if cell.isascii() and "&" not in cell else mend(cell, repairs) for cell in cells]
    fields: dict[str, object] = dict(zip(columns, mended, strict=False))
    missing = len(columns) - len(mended)
    if missing > 0:
        repairs[code.ROW_TOO_SHORT] += 1
        fields.update(dict.fromkeys(columns[len(mended) :], ""))
    elif missing < 0:
        repairs[code.ROW_TOO_LONG] += 1
        fields[""] = mended[len(columns) :]
    return fields


def _header(path: Path, cells: Sequence[str], header_row: int, repairs: Counter[str]) -> list[str]:
    if not any(cell.strip() for cell in cells):
        where = f"{path}, row {header_row}"
        step = "Set header_row to the row that holds the column names, or 0 if there is none"
        raise ReadError("the header is missing", where, "a blank row or the end", "column names", step)
    columns: list[str] = []
    for number, cell in enumerate(cells, 1):
        columns.append(_column(mend(cell, repairs), number, columns, repairs))
    return columns


def _column(cell: str, number: int, taken: list[str], repairs: Counter[str]) -> str:
    name = re.sub(r"\s+", " ", cell.replace("\ufeff", "")).strip()
    if name != cell:
        repairs[code.HEADER_SPACES] += 1
    if not name:
        repairs[code.HEADER_NAMED] += 1
        name = f"column_{number}"
    again, unique = 1, name
    while unique in taken:
        again += 1
        unique = f"{name}_{again}"
    if again > 1:
        repairs[code.HEADER_RENAMED] += 1
    return unique


def _delimiter(path: Path, encoding: Encoding, options: ReadOptions) -> str:
    if not options.delimiter:
        return _sniff(path, encoding, max(options.header_row, 1))
    wanted = {"tab": "\t", "\\t": "\t"}.get(options.delimiter, options.delimiter)
    if len(wanted) != 1 or wanted in '\r\n"\0 ':
        step = "Correct the option delimiter"
        raise ReadError("the delimiter cannot be used", str(path), options.delimiter, 'one character, or "tab"', step)
    return wanted


def _sniff(path: Path, encoding: Encoding, header_row: int) -> str:
    """Choose the delimiter under which most rows have as many cells as the header, then the one with most cells."""
    with open_text(path, encoding) as stream:
        sample = stream.read(SNIFFED_CHARACTERS)
    lines = sample.splitlines(keepends=True)
    complete = lines if len(sample) < SNIFFED_CHARACTERS else lines[:-1]
    start = "\t" if path.suffix.lower() in (".tsv", ".tab") else ","
    order = start + DELIMITERS.replace(start, "")
    return max(order, key=lambda sign: _agreement(complete, sign, header_row))


def _agreement(lines: list[str], delimiter: str, header_row: int) -> tuple[float, int]:
    try:
        widths = [len(cells) for cells in islice(csv.reader(lines, delimiter=delimiter), SNIFFED_ROWS + header_row) if cells]
    except csv.Error:
        return 0.0, 0
    counted = widths[min(header_row, len(widths)) - 1 :] if widths else []
    if not counted or counted[0] < 2:
        return 0.0, 0
    return round(sum(width == counted[0] for width in counted) / len(counted), 1), counted[0]
