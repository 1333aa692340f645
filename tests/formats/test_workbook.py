"""XLSX workbooks: sheets, headers, dates, numbers and errors as text."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path

import pytest

from essaim.errors import ReadError
from essaim.formats import read

from .files import fields, repairs, with_part, workbook

Write = Callable[[str, bytes | str], Path]


def test_values_become_text(write: Write) -> None:
    row = ["Example", 12, 12.0, 1.5, True, date(2023, 5, 1), datetime(2023, 5, 1, 9, 30), time(9, 30), None]
    path = write("a.xlsx", workbook({"Members": [["a", "b", "c", "d", "e", "f", "g", "h", "i"], row]}))
    expected = ["Example", "12", "12", "1.5", "true", "2023-05-01", "2023-05-01T09:30:00", "09:30:00", ""]
    assert list(fields(path)[0].values()) == expected
    assert repairs(path) == {}


def test_the_position_names_sheet_and_row(write: Write) -> None:
    path = write("a.xlsx", workbook({"Members": [["name"], ["A"], [None], ["B"]]}))
    assert [row.position for row in read(path).rows] == ["sheet Members, row 2", "sheet Members, row 4"]


def test_the_first_visible_sheet_is_read_and_the_others_are_noted(write: Write) -> None:
    sheets = {"Notes": [["x"], ["1"]], "Members": [["name"], ["A"]], "More": [["name"], ["B"]]}
    path = write("a.xlsx", workbook(sheets, hidden="Notes"))
    assert fields(path) == [{"name": "A"}]
    assert repairs(path) == {"sheet_not_read": 1}
    assert fields(path, sheet="More") == [{"name": "B"}]


def test_an_unknown_sheet_is_told_with_the_known_ones(write: Write) -> None:
    path = write("a.xlsx", workbook({"Members": [["name"], ["A"]]}))
    with pytest.raises(ReadError) as caught:
        fields(path, sheet="Mitglieder")
    assert caught.value.expected == "one of 'Members'"


def test_a_sheet_without_header_is_told(write: Write) -> None:
    with pytest.raises(ReadError, match="header is missing"):
        fields(write("a.xlsx", workbook({"Members": []})))


def test_an_error_in_a_cell_is_emptied_and_counted(write: Write) -> None:
    sheet = b"""<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>
    <row r="1"><c r="A1" t="inlineStr"><is><t>name</t></is></c><c r="B1" t="inlineStr"><is><t>town</t></is></c></row>
    <row r="2"><c r="A2" t="inlineStr"><is><t>A</t></is></c><c r="B2" t="e"><v>#REF!</v></c></row></sheetData></worksheet>"""
    path = write("a.xlsx", with_part(workbook({"Members": []}), "xl/worksheets/sheet1.xml", sheet))
    assert fields(path) == [{"name": "A", "town": ""}]
    assert repairs(path) == {"cell_error_emptied": 1}


def test_a_row_numbered_beyond_what_a_sheet_holds_is_told(write: Write) -> None:
    sheet = b"""<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>
    <row r="1"><c r="A1" t="inlineStr"><is><t>name</t></is></c></row>
    <row r="99999999999"><c r="A99999999999"><v>1</v></c></row></sheetData></worksheet>"""
    path = write("a.xlsx", with_part(workbook({"Members": []}), "xl/worksheets/sheet1.xml", sheet))
    with pytest.raises(ReadError, match="more rows"):
        fields(path)


def test_a_workbook_without_the_styles_openpyxl_wants_is_read(write: Write) -> None:
    styles = b'<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'
    path = write("a.xlsx", with_part(workbook({"Members": [["name"], ["A"]]}), "xl/styles.xml", styles))
    assert fields(path) == [{"name": "A"}]


def test_a_date_beyond_the_calendar_is_emptied_and_counted(write: Write) -> None:
    book = workbook({"Members": [["name", "since"], ["A", date(2023, 5, 1)]]})
    with zipfile.ZipFile(BytesIO(book)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    assert b"<v>45047</v>" in sheet
    path = write("a.xlsx", with_part(book, "xl/worksheets/sheet1.xml", sheet.replace(b"<v>45047</v>", b"<v>99999999999</v>")))
    assert fields(path) == [{"name": "A", "since": ""}]
    assert repairs(path) == {"cell_error_emptied": 1}
