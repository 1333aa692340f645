"""Making small files and reading them whole, for every test of the formats."""

from __future__ import annotations

import zipfile
from collections import Counter
from datetime import date, time
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import xlwt

from essaim.formats import ReadOptions, read


def fields(file: Path, /, **options: Any) -> list[dict[str, Any]]:
    """Read a file to its end: the fields of every row."""
    return [dict(row.fields) for row in read(file, ReadOptions(**options)).rows]


def repairs(file: Path, /, **options: Any) -> Counter[str]:
    """Read a file to its end: what was repaired."""
    reading = read(file, ReadOptions(**options))
    for _row in reading.rows:
        pass
    return reading.repairs


def workbook(sheets: dict[str, list[list[Any]]], hidden: str = "") -> bytes:
    """Make a workbook out of rows by sheet name."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        sheet.sheet_state = "hidden" if name == hidden else "visible"
        for row in rows:
            sheet.append(row)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def old_workbook(
    sheets: dict[str, list[list[Any]]], merges: tuple[tuple[int, int, int, int], ...] = (), hidden: str = ""
) -> bytes:
    """Make a workbook of the format before 2007; a merge is top, bottom, left, right from 0, in the first sheet."""
    book = xlwt.Workbook()
    day, hour = xlwt.easyxf(num_format_str="YYYY-MM-DD"), xlwt.easyxf(num_format_str="HH:MM:SS")
    for name, rows in sheets.items():
        sheet = book.add_sheet(name)
        sheet.visibility = int(name == hidden)
        covered = {(r, c) for top, bottom, left, right in merges for r in range(top, bottom + 1) for c in range(left, right + 1)}
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                style = day if isinstance(value, date) else hour if isinstance(value, time) else xlwt.Style.default_style
                if value is not None and (number, column) not in covered:
                    sheet.write(number, column, value, style)
        for top, bottom, left, right in merges:
            sheet.write_merge(top, bottom, left, right, rows[top][left])
        merges = ()
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


ODS_NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text", "style")
)


def open_document(tables: str, styles: str = "") -> bytes:
    """Make an ODS workbook out of its tables, written as XML."""
    content = (
        f"<office:document-content {ODS_NAMES}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        archive.writestr("content.xml", content)
    return stream.getvalue()


def ods_row(*cells: str, more: str = "") -> str:
    """Write a row of an ODS table: a text is a text cell, what begins with `<` stands as it is."""
    written = "".join(cell if cell.startswith("<") else ods_cell(cell) for cell in cells)
    return f"<table:table-row {more}>{written}</table:table-row>"


def ods_cell(text: str, more: str = "") -> str:
    """Write a text cell of an ODS table."""
    return f'<table:table-cell office:value-type="string" {more}><text:p>{text}</text:p></table:table-cell>'


def ods_table(name: str, *rows: str, style: str = "") -> str:
    """Write an ODS table."""
    return f'<table:table table:name="{name}" table:style-name="{style}">{"".join(rows)}</table:table>'


def with_part(book: bytes, part: str, content: bytes) -> bytes:
    """Replace one part of a workbook, or add it."""
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(book)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name != part:
                new.writestr(name, old.read(name))
        new.writestr(part, content)
    return stream.getvalue()
