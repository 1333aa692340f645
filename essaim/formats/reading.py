"""What a reader is told beforehand, and what it hands back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from essaim.formats.repairs import PROFILE_RECOGNISED
from essaim.model.record import Row

PLAIN = "plain"
"""The profile that heeds no publisher's shape."""


class Report(Counter[str]):
    """What a reader repaired or noted: code to number of times; codes are listed in `repairs.py`.

    Attributes:
        labels: column name to its label in words, where a table's columns are named by codes.
    """

    labels: dict[str, str]

    def __init__(self) -> None:
        super().__init__()
        self.labels = {}

    @property
    def profile(self) -> str:
        """The publisher's shape that was recognised ("gogocarto", "umap", "limesurvey"...); empty when none was."""
        start = f"{PROFILE_RECOGNISED}:"
        return next((code.removeprefix(start) for code in self if code.startswith(start)), "")


@dataclass(frozen=True)
class ReadOptions:
    """What a reader must know before it opens a file; everything may stay unsaid.

    Attributes:
        format: a key of `FORMATS` ("csv", "xlsx", "turtle"...); empty detects it.
        encoding: a Python codec name; empty finds it from the bytes.
        delimiter: one character, or "tab"; empty finds it among comma, semicolon, tab and bar.
        sheet: the name of a workbook's sheet, or "*" for all visible ones; empty takes the first visible one.
        header_row: the row that holds the column names, 1 for the first; 0 when there is none.
        header_rows: how many rows the column names stand on; the names of two rows are joined ("Address / Town").
        has_section_rows: True when a row whose only filled cell names a section is the `section` of the rows below.
        has_merged_cells: True when the value of a workbook's merged cells holds for each of them.
        path: dotted path to the list in a JSON or YAML file ("documents", "a.b", "a.0.b"), or the heading of a Markdown
            file under which to read; empty when the file is the list.
        profile: how linked data is read ("essglobal", "org", "schema", "skos") or Markdown ("tables", "lists"), or
            "plain" for JSON and tables whose publisher's shape is not to be heeded; empty looks at the file.
        max_bytes: the largest file to accept; 0 takes the format's own limit.
    """

    format: str = ""
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    header_row: int = 1
    header_rows: int = 1
    has_section_rows: bool = False
    has_merged_cells: bool = False
    path: str = ""
    profile: str = ""
    max_bytes: int = 0


@dataclass
class Reading:
    """The rows of one file, to be iterated once, with the report of what was repaired.

    Attributes:
        rows: the rows in the file's order.
        repairs: repair code to number of times, with the profile and labels that were recognised; it fills while the rows
            are iterated.
        format: the format that was read.
    """

    rows: Iterator[Row]
    repairs: Report = field(default_factory=Report)
    format: str = ""
