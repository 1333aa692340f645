"""Every bad file is refused with what, where, found, expected and the next step."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import pytest

from essaim.errors import ReadError
from essaim.formats import FORMATS, SUFFIXES, ReadOptions, detect, read

from .files import fields, with_part, workbook

Write = Callable[[str, bytes | str], Path]
A_BOOK = workbook({"Members": [["name"], ["Example Co-operative"]]})
BILLION_LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;&lol;">]>
<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>&lol2;</t></si></sst>"""


def refusal(path: Path, /, **options: object) -> ReadError:
    with pytest.raises(ReadError) as caught:
        fields(path, **options)
    assert str(path) in caught.value.where
    assert caught.value.what
    return caught.value


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_an_empty_file_is_told(write: Write, suffix: str) -> None:
    assert "empty" in refusal(write(f"empty{suffix}", b"")).what


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    assert "no such file" in refusal(tmp_path / "absent.csv").what


def test_a_folder_is_told(tmp_path: Path) -> None:
    assert "folder" in refusal(tmp_path).what


def test_a_pipe_is_told_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    assert "plain file" in refusal(tmp_path / "pipe.csv").what


@contextmanager
def as_nobody() -> Iterator[None]:
    """Act as an account without rights where the tests run as root."""
    is_root = os.geteuid() == 0
    try:
        if is_root:
            os.seteuid(65534)
        yield
    finally:
        if is_root:
            os.seteuid(0)


def test_an_unreadable_file_is_told(write: Write) -> None:
    path = write("locked.csv", "name\nExample\n")
    path.chmod(0)
    with as_nobody():
        error = refusal(path)
    assert "cannot be read" in error.what
    assert "Allow" in error.next_step


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"PK\x03\x04\x14\0\0\0", "ZIP"),
        (b"%PDF-1.7\n", "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Office"),
        (b"\x1f\x8b\x08\0", "gzip"),
        (b"name,town\nA\0,B\n", "NUL"),
        (b"name\n" + b"a" * 70_000 + b"\0\n", "NUL"),
        (bytes(range(1, 9)) * 20, "control"),
    ],
)
def test_a_binary_renamed_to_csv_is_told(write: Write, content: bytes, found: str) -> None:
    assert found in refusal(write("renamed.csv", content)).found


def test_a_web_page_in_the_place_of_data_is_told(write: Write) -> None:
    error = refusal(write("login.csv", "\n<!DOCTYPE html><html><body>Please log in</body></html>"))
    assert error.found == "HTML"
    assert "browser" in error.next_step


def test_a_file_over_the_limit_is_told(write: Write) -> None:
    error = refusal(write("large.csv", "name\n" + "x" * 100), max_bytes=50)
    assert error.found == "105 bytes"
    assert error.expected == "at most 50"


@pytest.mark.parametrize("format_", FORMATS)
def test_a_file_over_the_limit_of_its_format_is_told(tmp_path: Path, format_: str) -> None:
    path = tmp_path / f"large.{format_}"
    with path.open("wb") as stream:
        stream.truncate(FORMATS[format_].max_bytes + 1)  # a hole: it takes no room on the disk
    error = refusal(path, format=format_)
    assert "too large" in error.what
    assert "max_bytes" in error.next_step


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\n\0\0", b"%PDF-1.7\n", bytes(range(256))])
def test_a_binary_under_any_name_is_told(write: Write, suffix: str, content: bytes) -> None:
    assert refusal(write(f"renamed{suffix}", content)).next_step


@pytest.mark.parametrize("kept", [0.1, 0.5, 0.9, 0.99])
def test_a_truncated_workbook_is_told(write: Write, kept: float) -> None:
    assert "not whole" in refusal(write("short.xlsx", A_BOOK[: int(len(A_BOOK) * kept)])).what


def test_a_workbook_with_a_flipped_byte_inside_is_told(write: Write) -> None:
    place = A_BOOK.index(b"xl/worksheets/sheet1.xml") + 60
    damaged = A_BOOK[:place] + bytes([A_BOOK[place] ^ 0xFF]) + A_BOOK[place + 1 :]
    assert "damaged" in refusal(write("flipped.xlsx", damaged)).what


def test_an_archive_that_is_no_workbook_is_told(write: Write) -> None:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("readme.txt", "hello")
    assert "damaged" in refusal(write("archive.xlsx", stream.getvalue())).what


def test_a_zip_bomb_is_told_before_it_is_opened(write: Write) -> None:
    bomb = with_part(A_BOOK, "xl/worksheets/sheet1.xml", b"<a>" + b" " * (50 * 1024 * 1024))
    error = refusal(write("bomb.xlsx", bomb))
    assert "zip bomb" in error.what
    assert "times" in error.expected


def test_an_entity_bomb_in_a_workbook_part_is_told(write: Write) -> None:
    error = refusal(write("laughs.xlsx", with_part(A_BOOK, "xl/sharedStrings.xml", BILLION_LAUGHS)))
    assert "entity bomb" in error.what
    assert "xl/sharedStrings.xml" in error.where


def test_an_entity_bomb_written_in_utf_16_is_told(write: Write) -> None:
    hidden = BILLION_LAUGHS.decode().encode("utf-16")
    assert "entity bomb" in refusal(write("laughs.xlsx", with_part(A_BOOK, "xl/sharedStrings.xml", hidden))).what


@pytest.mark.parametrize("name", ["orgs.docx", "orgs.pdf", "orgs.fods", "survey.lss"])
def test_an_unknown_format_is_told_with_the_known_ones(write: Write, name: str) -> None:
    error = refusal(write(name, BILLION_LAUGHS))
    assert error.what == "unknown format"
    assert ".csv" in error.expected
    assert ".ttl" in error.expected


def test_xml_under_another_name_is_told(write: Write) -> None:
    error = refusal(write("orgs.ttl", BILLION_LAUGHS))
    assert "XML" in error.what
    assert ".rdf" in error.next_step


def test_an_unknown_format_option_is_told(write: Write) -> None:
    assert "csv" in refusal(write("a.csv", "name\nx\n"), format="excel").expected


def test_an_unknown_encoding_is_told(write: Write) -> None:
    assert refusal(write("a.csv", "name\nx\n"), encoding="utf-9").found == "utf-9"


def test_text_that_is_not_of_the_encoding_said_is_told(write: Write) -> None:
    assert "encoding" in refusal(write("a.csv", "name\né\n".encode("latin-1")), encoding="utf-8").what


def test_json_nested_without_end_is_told(write: Write) -> None:
    assert refusal(write("deep.json", "[" * 100_000 + "]" * 100_000))


def test_the_faults_of_a_path_are_told_in_one_line(write: Write) -> None:
    message = str(refusal(write("orgs.json", '{"orgs": []}'), path="organisations"))
    assert message.endswith("Expected one of orgs. Set the option path to the list of items: orgs.")


def test_reading_refuses_at_once_what_can_be_seen_at_once(write: Write) -> None:
    with pytest.raises(ReadError):
        read(write("renamed.csv", b"%PDF-1.7"), ReadOptions())


@pytest.mark.parametrize(
    ("name", "content", "format_"),
    [
        ("a.csv", "a,b\n", "csv"),
        ("a.TSV", "a\tb\n", "tsv"),
        ("a.json", "[]", "json"),
        ("a.json", '{"type": "FeatureCollection", "features": []}', "geojson"),
        ("a.json", '{"@context": "https://schema.org"}', "jsonld"),
        ("a", "@prefix a: <http://example.org/> .", "turtle"),
        ("a", "<http://example.org/a> <http://example.org/b> 'c' .", "ntriples"),
        ("a.txt", "name;town\nx;y\n", "csv"),
        ("a", "- id: a\n", "yaml"),
        ("a.ndjson", "{}\n", "jsonl"),
        ("a.umap", '{"type": "umap"}', "json"),
        ("a.MD", "- a\n", "markdown"),
        ("a", A_BOOK, "xlsx"),
    ],
)
def test_a_format_is_detected(write: Write, name: str, content: bytes | str, format_: str) -> None:
    assert detect(write(name, content)) == format_
