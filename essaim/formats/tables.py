"""CSV and TSV: rows streamed in constant memory, whatever delimiter, header or ragged row they come with."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from pathlib import Path

from essaim.errors import ReadError
from essaim.formats import limesurvey
from essaim.formats import repairs as code
from essaim.formats.encoding import Encoding, find_encoding, mend, open_text
from essaim.formats.headers import column_names, unique_name
from essaim.formats.reading import PLAIN, ReadOptions, Report
from essaim.model.record import Row

DELIMITERS = ",;\t|"
SNIFFED_ROWS = 100
SNIFFED_CHARACTERS = 256 * 1024
SECTION = "section"

Numbered = Iterator[tuple[int, Sequence[str]]]


def rows(path: Path, options: ReadOptions, repairs: Report) -> Iterator[Row]:
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
            yield from table_rows(path, reader, options, repairs)
        except csv.Error as error:
            step = "Look for a quote that is opened and never closed"
            raise ReadError("the table cannot be read", f"{path}, line {reader.line_num}", str(error), next_step=step) from error


def table_rows(
    path: Path, table: Iterator[Sequence[str]], options: ReadOptions, repairs: Report, sheet: str = ""
) -> Iterator[Row]:
    """Yield rows out of a table of cells: the header named, blank rows skipped, ragged rows kept and noted.

    Args:
        path: for the errors.
        table: every row of the table from its first, as lists of text.
        options: where the header stands, and whether sections are rows.
        repairs: where repairs are counted.
        sheet: name of the sheet, put into each position; empty for a file without sheets.

    Raises:
        ReadError: the table ends before its header, the header is blank, or it is the structure of a survey.
    """
    numbered: Numbered = enumerate(table, 1)
    columns = _header(path, numbered, options, repairs)
    if options.profile != PLAIN:
        columns, numbered = _as_survey(path, columns, numbered, repairs)
    section = unique_name(SECTION, columns) if options.has_section_rows else ""
    standing = ""
    for number, cells in numbered:
        if not any(cells):
            repairs[code.BLANK_ROW_SKIPPED] += 1
            continue
        lone = _lone(cells) if section and len(columns) > 1 else ""
        if lone:
            repairs[code.SECTION_ROW] += 1
            standing = mend(lone, repairs)
            continue
        columns = columns or [f"column_{column}" for column in range(1, len(cells) + 1)]
        if sheet:  # a sheet has no short rows: its empty tail is simply not written
            cells = [*cells, *[""] * (len(columns) - len(cells))]
        fields = _fields(columns, cells, repairs)
        yield Row(f"sheet {sheet}, row {number}" if sheet else f"row {number}", fields | ({section: standing} if section else {}))


def _lone(cells: Sequence[str]) -> str:
    """Return the only filled cell of a row, or nothing where several are filled."""
    filled = [cell for cell in cells if cell.strip()]
    return filled[0].strip() if len(filled) == 1 else ""


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


def _header(path: Path, numbered: Numbered, options: ReadOptions, repairs: Report) -> list[str]:
    if options.header_row < 1:
        return []
    first, last = options.header_row, options.header_row + max(options.header_rows, 1) - 1
    levels = [cells for _number, cells in islice(numbered, first - 1, last)]
    if not any(cell.strip() for cells in levels for cell in cells):
        where = f"{path}, row {first}"
        step = "Set header_row to the row that holds the column names, or 0 if there is none"
        raise ReadError("the header is missing", where, "a blank row or the end", "column names", step)
    return column_names(levels, repairs)


def _as_survey(path: Path, columns: list[str], numbered: Numbered, repairs: Report) -> tuple[list[str], Numbered]:
    """Name the columns of a LimeSurvey export by their codes and keep the questions as labels; others stay as they are."""
    if limesurvey.is_structure(columns):
        step = "Export the survey's answers: Responses, Export, CSV"
        raise ReadError("this is a survey's structure, which holds no answers", str(path), ", ".join(columns[:7]), next_step=step)
    following = next(numbered, None) if columns else None
    if following and limesurvey.is_second_header(columns, following[1]):
        repairs[f"{code.PROFILE_RECOGNISED}:{limesurvey.PROFILE}"] = 1
        repairs.labels |= dict(zip(following[1], columns, strict=True))
        return column_names([following[1]], repairs), ((number, [*limesurvey.plain(cells)]) for number, cells in numbered)
    whole = chain([following], numbered) if following else numbered
    if not limesurvey.is_survey(columns):
        return columns, whole
    repairs[f"{code.PROFILE_RECOGNISED}:{limesurvey.PROFILE}"] = 1
    codes, labels = limesurvey.codes_and_labels(columns)
    repairs.labels |= labels
    return codes, whole


def _delimiter(path: Path, encoding: Encoding, options: ReadOptions) -> str:
    if not options.delimiter:
        return _sniff(path, encoding, max(options.header_row, 1) + max(options.header_rows, 1) - 1)
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
