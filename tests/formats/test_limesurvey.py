"""LimeSurvey's exports: codes as columns, questions as labels, whichever way the headings were exported."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from essaim.errors import ReadError
from essaim.formats import read

from .files import fields

Write = Callable[[str, bytes | str], Path]
ANSWER = {"id": "7", "submitdate": "2023-05-01 10:00:00", "startlanguage": "fr", "name": "Exemple", "address[a]": "Sampleton"}


def test_headings_of_codes_are_recognised(write: Write) -> None:
    reading = read(write("a.csv", ";".join(ANSWER) + "\n" + ";".join(ANSWER.values()) + "\n"))
    assert [dict(row.fields) for row in reading.rows] == [ANSWER]
    assert reading.repairs.profile == "limesurvey"
    assert reading.repairs.labels == {}


def test_headings_of_code_and_text_become_codes_with_labels(write: Write) -> None:
    texts = ["Response ID", "Date submitted", "Start language", "What is its name?", "Where is it? [Town]"]
    head = ",".join(f'"{code}. {text}"' for code, text in zip(ANSWER, texts, strict=True))
    reading = read(write("a.csv", f"{head}\n{','.join(ANSWER.values())}\n"))
    assert [dict(row.fields) for row in reading.rows] == [ANSWER]
    assert reading.repairs.labels["address[a]"] == "Where is it? [Town]"


def test_headings_of_texts_stay(write: Write) -> None:
    reading = read(write("a.csv", "Response ID,Date submitted,Last page,Name\n1,2023-05-01,3,A\n"))
    assert next(reading.rows).fields["Name"] == "A"
    assert reading.repairs.profile == "limesurvey"


def test_an_export_for_review_has_its_codes_below_the_texts(write: Write) -> None:
    lines = [
        "Response ID\tDate submitted\tLast page\tName",
        "id\tsubmitdate\tlastpage\tname",
        "1\t2023\t{question_not_shown}\tA{newline}{lbrace}B",
    ]
    reading = read(write("vvexport_12345.csv", "\n".join(lines) + "\n"))
    rows = list(reading.rows)
    assert dict(rows[0].fields) == {"id": "1", "submitdate": "2023", "lastpage": "", "name": "A\n{B"}
    assert rows[0].position == "row 3"
    assert reading.repairs.labels["name"] == "Name"


def test_other_tables_are_not_taken_for_surveys(write: Write) -> None:
    reading = read(write("a.csv", "id,seed,token,name\n1,wheat,x,A\n"))
    assert len(list(reading.rows)) == 1
    assert reading.repairs.profile == ""


def test_the_shape_is_not_heeded_when_plain_is_asked_for(write: Write) -> None:
    path = write("a.csv", "id. Response ID,submitdate. Date,lastpage. Page\n1,2,3\n")
    assert list(fields(path, profile="plain")[0]) == ["id. Response ID", "submitdate. Date", "lastpage. Page"]


def test_a_surveys_structure_is_told(write: Write) -> None:
    head = "class\ttype/scale\tname\trelevance\ttext\thelp\tlanguage\tvalidation\n"
    with pytest.raises(ReadError, match="holds no answers"):
        fields(write("structure.txt", head + "S\t\tsid\t\t12345\t\ten\t\n"))
