"""XLS and ODS workbooks: the same rows as XLSX gives, and the bad ones told."""

from __future__ import annotations

import struct
from collections.abc import Callable
from datetime import date, time
from pathlib import Path

import pytest

from essaim.errors import ReadError
from essaim.formats import detect, read

from .files import fields, ods_cell, ods_row, ods_table, old_workbook, open_document, repairs, with_part, workbook

Write = Callable[[str, bytes | str], Path]
SHEETS = {"Notes": [["x"], ["1"]], "Members": [["name", "town"], ["Ä", "Ö"], [None, None], ["B", None]]}
A_TABLE = ods_table("Members", ods_row("name", "town"), ods_row("Ä", "Ö"))


def refusal(path: Path, **options: object) -> ReadError:
    with pytest.raises(ReadError) as caught:
        fields(path, **options)
    assert str(path) in caught.value.where
    assert caught.value.next_step
    return caught.value


def test_the_values_of_an_old_workbook_become_text(write: Write) -> None:
    row = ["Example", 12, 12.0, 1.5, True, date(2023, 5, 1), time(9, 30), None]
    path = write("a.xls", old_workbook({"Members": [["a", "b", "c", "d", "e", "f", "g", "h"], row]}))
    assert list(fields(path)[0].values()) == ["Example", "12", "12", "1.5", "true", "2023-05-01", "09:30:00", ""]
    assert read(path).format == "xls"


def test_an_old_workbook_gives_sheet_and_row_as_position(write: Write) -> None:
    path = write("a.xls", old_workbook(SHEETS, hidden="Notes"))
    assert [row.position for row in read(path).rows] == ["sheet Members, row 2", "sheet Members, row 4"]
    assert fields(path)[1] == {"name": "B", "town": ""}
    assert fields(path, sheet="Notes") == [{"x": "1"}]


def test_a_cell_far_outside_an_old_sheet_is_told(write: Write) -> None:
    book = bytearray(old_workbook({"Members": [["name"], ["A"], [None, None, 3.5]]}))
    place = bytes(book).index(struct.pack("<HH", 2, 2))
    book[place : place + 4] = struct.pack("<HH", 65535, 65535)
    assert "damaged" in refusal(write("far.xls", bytes(book))).what


def test_an_old_workbook_whose_sectors_run_in_a_circle_is_told(write: Write) -> None:
    book = bytearray(old_workbook({"Members": [["name"], *([f"Example {number}"] for number in range(2000))]}))
    table = (struct.unpack_from("<I", book, 76)[0] + 1) * 512
    assert struct.unpack_from("<I", book, table + 4 * 3)[0] == 4
    struct.pack_into("<I", book, table + 4 * 3, 1)
    assert "circle" in refusal(write("circle.xls", bytes(book))).found


def test_an_office_file_that_is_no_workbook_is_told(write: Write) -> None:
    book = old_workbook({"Members": [["name"]]}).replace("Workbook".encode("utf-16-le"), "WordDocu".encode("utf-16-le"))
    error = refusal(write("letter.xls", book))
    assert error.what == "the file holds no workbook"
    assert "WordDocu" in error.found


def test_an_old_workbook_of_many_sectors_is_read_whole(write: Write) -> None:
    rows = [["name"], *([f"Example {number} {'x' * 200}"] for number in range(40_000))]
    path = write("large.xls", old_workbook({"Members": rows}))
    assert path.stat().st_size > 109 * 128 * 512
    assert sum(1 for _row in read(path).rows) == 40_000


@pytest.mark.parametrize("kept", [0.2, 0.5, 0.9])
def test_a_truncated_old_workbook_is_told(write: Write, kept: float) -> None:
    book = old_workbook({"Members": [["name"], *([f"Example {number}"] for number in range(2000))]})
    assert "damaged" in refusal(write("short.xls", book[: int(len(book) * kept)])).what


@pytest.mark.parametrize(
    ("content", "found"),
    [(b"<html><table><tr><td>name</td></tr></table></html>", "a web page"), (b"\x89PNG\r\n\x1a\n", "a PNG picture")],
)
def test_what_is_no_old_workbook_is_told(write: Write, content: bytes, found: str) -> None:
    assert refusal(write("export.xls", content)).found == found


def test_a_workbook_under_the_old_suffix_is_read_as_what_it_is(write: Write) -> None:
    assert detect(write("new.xls", workbook({"Members": [["name"], ["A"]]}))) == "xlsx"
    assert detect(write("text.xls", "name\ttown\nA\tB\n")) == "tsv"
    assert fields(write("open.xls", open_document(A_TABLE))) == [{"name": "Ä", "town": "Ö"}]


def test_the_values_of_an_ods_become_text(write: Write) -> None:
    cells = [
        ods_cell("a<text:s text:c='2'/>b<text:line-break/><text:span>c</text:span>d</text:p><text:p>e"),
        '<table:table-cell office:value-type="float" office:value="12"><text:p>12,00</text:p></table:table-cell>',
        '<table:table-cell office:value-type="percentage" office:value="0.125"><text:p>12,5 %</text:p></table:table-cell>',
        '<table:table-cell office:value-type="date" office:date-value="2023-05-01"><text:p>1.5.23</text:p></table:table-cell>',
        '<table:table-cell office:value-type="time" office:time-value="PT09H30M00S"><text:p>9:30</text:p></table:table-cell>',
        '<table:table-cell office:value-type="boolean" office:boolean-value="true"><text:p>WAHR</text:p></table:table-cell>',
        "<table:table-cell><office:annotation><text:p>note</text:p></office:annotation></table:table-cell>",
        ods_cell("#REF!"),
    ]
    path = write("a.ods", open_document(ods_table("Members", ods_row(*"abcdefgh"), ods_row(*cells))))
    assert list(fields(path)[0].values()) == ["a  b\ncd\ne", "12", "0.125", "2023-05-01", "09:30:00", "true", "", ""]
    assert repairs(path) == {"cell_error_emptied": 1}


def test_repeated_cells_and_rows_of_an_ods_are_written_out(write: Write) -> None:
    blank = '<table:table-cell table:number-columns-repeated="1000000"/>'
    rows = [
        ods_row("a", "b", "c", blank),
        ods_row(ods_cell("x", 'table:number-columns-repeated="2"'), more='table:number-rows-repeated="2"'),
        ods_row(blank, more='table:number-rows-repeated="3"'),
        ods_row("y", '<table:table-cell table:number-columns-repeated="1"/>', "z"),
        ods_row(blank, more='table:number-rows-repeated="1048000"'),
    ]
    path = write("a.ods", open_document(ods_table("Members", *rows)))
    assert [(row.position, list(row.fields.values())) for row in read(path).rows] == [
        ("sheet Members, row 2", ["x", "x", ""]),
        ("sheet Members, row 3", ["x", "x", ""]),
        ("sheet Members, row 7", ["y", "", "z"]),
    ]


def test_a_hidden_sheet_of_an_ods_is_passed_over(write: Write) -> None:
    style = '<style:style style:name="h" style:family="table"><style:table-properties table:display="false"/></style:style>'
    path = write("a.ods", open_document(ods_table("Notes", ods_row("x"), ods_row("1"), style="h") + A_TABLE, style))
    assert fields(path) == [{"name": "Ä", "town": "Ö"}]
    assert fields(path, sheet="Notes") == [{"x": "1"}]


@pytest.mark.parametrize(
    "row",
    [
        ods_row("x", more='table:number-rows-repeated="1000000000"'),
        ods_row(more='table:number-rows-repeated="999999999"') + ods_row("x"),
    ],
)
def test_an_ods_that_repeats_beyond_what_a_sheet_holds_is_told(write: Write, row: str) -> None:
    assert "more rows" in refusal(write("bomb.ods", open_document(ods_table("Members", ods_row("name"), row)))).what


def test_cells_repeated_beyond_what_a_row_holds_are_cut(write: Write) -> None:
    many = ods_cell("x", 'table:number-columns-repeated="1000000000"')
    path = write("wide.ods", open_document(ods_table("Members", ods_row("name"), ods_row(many))))
    assert len(fields(path)[0][""]) == 16_383


def test_an_ods_with_a_part_of_no_bytes_is_read(write: Write) -> None:
    book = with_part(open_document(A_TABLE), "Configurations2/accelerator/current.xml", b"")
    assert fields(write("a.ods", book)) == [{"name": "Ä", "town": "Ö"}]


def test_a_damaged_ods_is_told(write: Write) -> None:
    assert "parsed" in refusal(write("cut.ods", with_part(open_document(""), "content.xml", b"<a><b>"))).what
    assert "damaged" in refusal(write("none.ods", workbook({"Members": [["name"]]}))).what
    assert "not whole" in refusal(write("short.ods", open_document(A_TABLE)[:200])).what
    bomb = with_part(open_document(A_TABLE), "content.xml", b"<a>" + b" " * (50 * 1024 * 1024))
    assert "zip bomb" in refusal(write("bomb.ods", bomb)).what
    laughs = b'<!DOCTYPE a [<!ENTITY b "b"><!ENTITY c "&b;&b;">]><a>&c;</a>'
    assert "entity bomb" in refusal(write("laughs.ods", with_part(open_document(""), "content.xml", laughs))).what


MAKERS = {
    "a.xlsx": workbook({"North": [["name"], ["A"]], "Blank": [], "South": [["name", "sheet"], ["B", "x"]]}),
    "a.xls": old_workbook({"North": [["name"], ["A"]], "Blank": [], "South": [["name", "sheet"], ["B", "x"]]}),
    "a.ods": open_document(
        ods_table("North", ods_row("name"), ods_row("A"))
        + ods_table("Blank")
        + ods_table("South", ods_row("name", "sheet"), ods_row("B", "x"))
    ),
}


@pytest.mark.parametrize("name", MAKERS)
def test_all_sheets_are_read_one_after_the_other(write: Write, name: str) -> None:
    path = write(name, MAKERS[name])
    assert fields(path, sheet="*") == [{"name": "A", "sheet": "North"}, {"name": "B", "sheet": "x", "sheet_2": "South"}]
    assert repairs(path, sheet="*") == {"sheet_blank": 1}


@pytest.mark.parametrize("suffix", ["xlsx", "xls", "ods"])
def test_a_workbook_of_blank_sheets_is_told_when_all_are_asked_for(write: Write, suffix: str) -> None:
    books = {"xlsx": workbook({"A": [], "B": []}), "xls": old_workbook({"A": [], "B": []}), "ods": open_document(ods_table("A"))}
    assert "no sheet holds anything" in refusal(write(f"blank.{suffix}", books[suffix]), sheet="*").what
