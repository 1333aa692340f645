"""Headers on two rows, sections that are rows, merged cells: read when an option asks, left alone when none does."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from essaim.errors import ReadError
from essaim.formats import ReadOptions, read

from .files import fields, ods_cell, ods_row, ods_table, old_workbook, open_document, repairs

Write = Callable[[str, bytes | str], Path]
TWO_ROWS = "List of members,,,\nName,Address,,Web\n,Street,Town,\nA,1 Example St,Sampleton,example.org\n"


def test_the_names_of_two_rows_are_joined(write: Write) -> None:
    row = next(read(write("a.csv", TWO_ROWS)).rows)
    assert "List of members" in row.fields
    path = write("a.csv", TWO_ROWS)
    expected = {"Name": "A", "Address / Street": "1 Example St", "Address / Town": "Sampleton", "Web": "example.org"}
    assert fields(path, header_row=2, header_rows=2) == [expected]


def test_positions_count_from_the_first_row_however_many_header_rows_there_are(write: Write) -> None:
    rows = read(write("a.csv", TWO_ROWS), ReadOptions(header_row=2, header_rows=2)).rows
    assert [row.position for row in rows] == ["row 4"]


def test_a_header_of_two_blank_rows_is_told(write: Write) -> None:
    with pytest.raises(ReadError, match="header is missing"):
        fields(write("a.csv", ",\n,\nA,B\n"), header_rows=2, delimiter=",")


SECTIONS = "name,town\nNorth,\nA,Sampleton\n,\nB,Exampleville\n,South\nC,Testburg\n"


def test_a_lone_cell_is_a_section_when_asked(write: Write) -> None:
    path = write("a.csv", SECTIONS)
    assert [(row["name"], row["section"]) for row in fields(path, has_section_rows=True)] == [
        ("A", "North"),
        ("B", "North"),
        ("C", "South"),
    ]
    assert repairs(path, has_section_rows=True) == {"section_row": 2, "blank_row_skipped": 1}


def test_a_lone_cell_is_a_row_when_not_asked(write: Write) -> None:
    assert [row["name"] for row in fields(write("a.csv", SECTIONS))] == ["North", "A", "B", "", "C"]


def test_a_column_called_section_keeps_its_name(write: Write) -> None:
    path = write("a.csv", "section,name\nNorth,\nx,A\n")
    assert fields(path, has_section_rows=True) == [{"section": "x", "name": "A", "section_2": "North"}]


def test_a_table_of_one_column_has_no_sections(write: Write) -> None:
    assert fields(write("a.csv", "name\nA\nB\n"), has_section_rows=True) == [
        {"name": "A", "section": ""},
        {"name": "B", "section": ""},
    ]


def merged_xlsx() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in [["country", "name"], ["Exampleland", "A"], [None, "B"], ["Otherland", "C"]]:
        sheet.append(row)
    sheet.merge_cells("A2:A3")
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


MERGED = {
    "a.xlsx": merged_xlsx(),
    "a.xls": old_workbook(
        {"M": [["country", "name"], ["Exampleland", "A"], [None, "B"], ["Otherland", "C"]]}, merges=((1, 2, 0, 0),)
    ),
    "a.ods": open_document(
        ods_table(
            "M",
            ods_row("country", "name"),
            ods_row(ods_cell("Exampleland", 'table:number-rows-spanned="2" table:number-columns-spanned="1"'), "A"),
            ods_row("<table:covered-table-cell/>", "B"),
            ods_row("Otherland", "C"),
        )
    ),
}


@pytest.mark.parametrize("name", MERGED)
def test_the_value_of_merged_cells_is_repeated_when_asked(write: Write, name: str) -> None:
    path = write(name, MERGED[name])
    assert [row["country"] for row in fields(path)] == ["Exampleland", "", "Otherland"]
    assert [row["country"] for row in fields(path, has_merged_cells=True)] == ["Exampleland", "Exampleland", "Otherland"]
    assert repairs(path, has_merged_cells=True) == {"merged_cell_repeated": 1}


def test_a_merge_over_the_whole_sheet_is_told(write: Write) -> None:
    cell = ods_cell("x", 'table:number-rows-spanned="1000000" table:number-columns-spanned="1000"')
    path = write("a.ods", open_document(ods_table("M", ods_row("name"), ods_row(cell))))
    with pytest.raises(ReadError, match="merged cells cover the whole sheet"):
        fields(path, has_merged_cells=True)
    assert fields(path) == [{"name": "x"}]


def test_decimal_commas_and_lists_in_cells_stay_text(write: Write) -> None:
    path = write("a.csv", "name;share;towns\nA;12,5;Sampleton;\nB;1.234,5;Testburg\n")
    assert [row["share"] for row in fields(path)] == ["12,5", "1.234,5"]
    assert fields(write("b.csv", "name,towns\nA,Sampleton; Testburg\n"))[0]["towns"] == "Sampleton; Testburg"


def test_many_columns_of_one_name_are_all_told_apart(write: Write) -> None:
    row = fields(write("a.csv", ",".join(["x"] * 20_000) + "\n" + ",".join(["1"] * 20_000) + "\n"))[0]
    assert list(row)[:3] == ["x", "x_2", "x_3"]
    assert len(row) == 20_000


def test_a_name_that_is_written_with_a_number_is_not_given_twice(write: Write) -> None:
    assert list(fields(write("a.csv", "x_2,x,x,x\n1,2,3,4\n"))[0]) == ["x_2", "x", "x_3", "x_4"]
