"""Making small files and reading them whole, for every test of the formats."""

from __future__ import annotations

import zipfile
from collections import Counter
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl

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


def with_part(book: bytes, part: str, content: bytes) -> bytes:
    """Replace one part of a workbook, or add it."""
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(book)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name != part:
                new.writestr(name, old.read(name))
        new.writestr(part, content)
    return stream.getvalue()
