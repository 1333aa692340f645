"""Markdown: tables and lists as rows, with the headings they stand under."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from essaim.errors import ReadError
from essaim.formats import read

from .files import fields, repairs

Write = Callable[[str, bytes | str], Path]
TABLES = """# A list

See [the site](https://example.org).

1. [Contents](#north)

## North

### Shops

Name | Towns | Notes
---- | ----- | -----
[**Exemple**](https://a.example.org) | Sampleton; Testburg | one<br>two &amp; *three*
B | | see [c](https://c.example.org) and [d](https://d.example.org) |
 | |

## South

| Name | Year |
|------|------|
| C `x` | 1999 |
"""


def test_the_rows_of_all_tables_are_read_with_their_headings(write: Write) -> None:
    path = write("a.md", TABLES)
    assert fields(path) == [
        {
            "Name": "Exemple",
            "Name link": "https://a.example.org",
            "Towns": "Sampleton; Testburg",
            "Notes": "one\ntwo & three",
            "section": "North / Shops",
        },
        {
            "Name": "B",
            "Towns": "",
            "Notes": "see c and d",
            "Notes link": "https://c.example.org; https://d.example.org",
            "section": "North / Shops",
        },
        {"Name": "C x", "Year": "1999", "section": "South"},
    ]
    assert [row.position for row in read(path).rows] == ["line 13", "line 14", "line 21"]
    assert repairs(path) == {"blank_row_skipped": 1}


def test_a_heading_chooses_what_stands_under_it(write: Write) -> None:
    path = write("a.md", TABLES)
    assert [row["Name"] for row in fields(path, path="south")] == ["C x"]
    assert len(fields(path, path="North")) == 2


LISTS = """- [Contents](#a)

# Members

* [Exemple](https://a.example.org) - a *bakery*
  in Sampleton
* **B**: grows food

  more of it
* North
  * C – a shop (<https://c.example.org>)
  * D

Second
------

1. E
"""


def test_the_items_of_lists_are_read_where_there_is_no_table(write: Write) -> None:
    rows = fields(write("a.markdown", LISTS))
    assert [row["name"] for row in rows] == ["Exemple", "B", "North", "C", "D", "E"]
    assert rows[0] == {
        "name": "Exemple",
        "link": "https://a.example.org",
        "description": "a bakery in Sampleton",
        "parent": "",
        "section": "",
    }
    assert rows[1]["description"] == "grows food\nmore of it"
    assert (rows[3]["parent"], rows[3]["link"]) == ("North", "https://c.example.org")
    assert rows[5]["section"] == "Second"


def test_lists_are_read_beside_tables_when_asked(write: Write) -> None:
    text = TABLES + "\n- [F](https://f.example.org)\n"
    assert [row["name"] for row in fields(write("a.md", text), profile="lists")] == ["F"]


@pytest.mark.parametrize(
    ("text", "options", "words"),
    [
        ("# Title\n\nRunning text.\n", {}, "neither a table nor a list"),
        (TABLES, {"path": "West"}, "under this heading.*one of A list, North, Shops, South"),
        (TABLES, {"profile": "org"}, "tables or lists"),
    ],
)
def test_a_page_without_rows_is_told(write: Write, text: str, options: dict[str, str], words: str) -> None:
    with pytest.raises(ReadError, match=words) as caught:
        fields(write("a.md", text), **options)
    assert caught.value.next_step


def test_lists_nested_without_end_are_read_as_deep_as_the_parser_goes(write: Write) -> None:
    rows = fields(write("deep.md", "\n".join("  " * depth + "- x" for depth in range(2000))))
    assert rows[0]["name"] == "x"
    assert rows[1]["parent"] == "x"
