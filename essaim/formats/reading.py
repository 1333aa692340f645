"""What a reader is told beforehand, and what it hands back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from essaim.model.record import Row


@dataclass(frozen=True)
class ReadOptions:
    """What a reader must know before it opens a file; everything may stay unsaid.

    Attributes:
        format: a key of `FORMATS` ("csv", "xlsx", "turtle"...); empty detects it.
        encoding: a Python codec name; empty finds it from the bytes.
        delimiter: one character, or "tab"; empty finds it among comma, semicolon, tab and bar.
        sheet: the name of a workbook's sheet; empty takes the first visible one.
        header_row: the row that holds the column names, 1 for the first; 0 when there is none.
        path: dotted path to the list in a JSON or YAML file ("documents", "a.b", "a.0.b"); empty when the file is the list.
        profile: how linked data is read: "essglobal", "org" or "schema"; empty takes the first whose classes occur.
        max_bytes: the largest file to accept; 0 takes the format's own limit.
    """

    format: str = ""
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    header_row: int = 1
    path: str = ""
    profile: str = ""
    max_bytes: int = 0


@dataclass
class Reading:
    """The rows of one file, to be iterated once, with the report of what was repaired.

    Attributes:
        rows: the rows in the file's order.
        repairs: repair code to number of times; it fills while the rows are iterated. Codes are listed in `repairs.py`.
        format: the format that was read.
    """

    rows: Iterator[Row]
    repairs: Counter[str] = field(default_factory=Counter)
    format: str = ""
