"""CSV and TSV as they are met: delimiters, quotes, ragged rows, odd headers, broken text."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from essaim.errors import ReadError
from essaim.formats import read

from .files import fields, repairs

Write = Callable[[str, bytes | str], Path]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(write: Write, delimiter: str) -> None:
    text = "\n".join(delimiter.join(row) for row in [("name", "town"), ("Example One", "Sampleton"), ("Example Two", "")])
    assert fields(write("a.csv", text)) == [{"name": "Example One", "town": "Sampleton"}, {"name": "Example Two", "town": ""}]


def test_commas_within_a_semicolon_table_do_not_mislead(write: Write) -> None:
    text = "name;turnover;note\nA, B and C;1,5;x, y\nD, E;2,5;z\nF;3,5;x, y, z\n"
    assert fields(write("a.csv", text))[0] == {"name": "A, B and C", "turnover": "1,5", "note": "x, y"}


def test_a_single_column_is_a_table(write: Write) -> None:
    assert fields(write("a.csv", "name\nExample\n")) == [{"name": "Example"}]


def test_a_delimiter_that_is_said_is_obeyed(write: Write) -> None:
    assert fields(write("a.csv", "a,b;c\n1,2;3\n"), delimiter=";") == [{"a,b": "1,2", "c": "3"}]
    assert fields(write("a.csv", "a\tb\n1\t2\n"), delimiter="tab") == [{"a": "1", "b": "2"}]


def test_a_delimiter_that_cannot_be_is_told(write: Write) -> None:
    with pytest.raises(ReadError, match="delimiter"):
        fields(write("a.csv", "a,b\n1,2\n"), delimiter=";;")


def test_quoted_cells_keep_delimiters_quotes_and_line_breaks(write: Write) -> None:
    text = 'name,address\r\n"Example ""Swarm"", Ltd","1 High Street\r\nSampleton"\r\n'
    assert fields(write("a.csv", text)) == [{"name": 'Example "Swarm", Ltd', "address": "1 High Street\r\nSampleton"}]


def test_positions_count_as_a_spreadsheet_does(write: Write) -> None:
    path = write("a.csv", 'name\n"two\nlines"\n\nExample\n')
    assert [row.position for row in read(path).rows] == ["row 2", "row 4"]


def test_ragged_rows_are_kept_and_noted(write: Write) -> None:
    path = write("a.csv", "a,b\n1\n1,2,3,4\n1,2\n1,2\n")
    assert fields(path)[:2] == [{"a": "1", "b": ""}, {"a": "1", "b": "2", "": ["3", "4"]}]
    assert repairs(path) == {"row_too_short": 1, "row_too_long": 1}


def test_blank_rows_yield_nothing_and_are_counted(write: Write) -> None:
    path = write("a.csv", "a,b\n1,2\n,\n\n3,4\n")
    assert len(fields(path)) == 2
    assert repairs(path) == {"blank_row_skipped": 2}


def test_duplicated_and_missing_headers_get_names(write: Write) -> None:
    path = write("a.csv", "name,name,,name_2,Street \n1,2,3,4,5\n")
    assert fields(path) == [{"name": "1", "name_2": "2", "column_3": "3", "name_2_2": "4", "Street": "5"}]
    assert repairs(path) == {"header_duplicated_renamed": 2, "header_missing_named": 1, "header_spaces_collapsed": 1}


def test_the_header_may_stand_lower_or_nowhere(write: Write) -> None:
    assert fields(write("a.csv", "Register of 2026\n\nname,town\nA,B\n"), header_row=3) == [{"name": "A", "town": "B"}]
    assert fields(write("b.csv", "1\n6\n"), header_row=0) == [{"column_1": "1"}, {"column_1": "6"}]


@pytest.mark.parametrize(("text", "row"), [("\n\n", 1), ("name\n", 5), (",,\n1,2,3\n", 1)])
def test_a_missing_header_is_told(write: Write, text: str, row: int) -> None:
    with pytest.raises(ReadError, match="header is missing"):
        fields(write("a.csv", text), header_row=row)


def test_a_quote_that_never_closes_is_told_with_its_line(write: Write) -> None:
    path = write("a.csv", 'a,b\n1,"2\n' + "x,y\n" * 100_000)
    with pytest.raises(ReadError, match="quote") as caught:
        fields(path)
    assert "line" in caught.value.where


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_is_removed(write: Write, codec: str) -> None:
    path = write("a.csv", "name\nCoopérative d’exemple\n".encode(codec))
    assert fields(path) == [{"name": "Coopérative d’exemple"}]
    assert repairs(path) == {"bom_removed": 1}


MEMORY = """
import resource, sys
from pathlib import Path
from essaim.formats import read
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
count = sum(1 for _ in read(Path(sys.argv[1])).rows)
print(count, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""


def test_a_large_table_is_read_in_constant_memory(tmp_path: Path) -> None:
    path = tmp_path / "large.csv"
    with path.open("w") as stream:
        stream.write("id,name,town\n")
        for block in range(200):
            stream.writelines(f"{block}-{row},Coopérative {row},Sampleton\n" for row in range(1000))
    done = subprocess.run([sys.executable, "-c", MEMORY, str(path)], capture_output=True, text=True, check=True)
    count, grown_mb = (int(word) for word in done.stdout.split())
    assert count == 200_000
    assert grown_mb < 40
