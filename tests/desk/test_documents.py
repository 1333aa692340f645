"""Documents out: the typefaces, the record sheet of an organisation as PDF and DOCX, every script shaped."""

from __future__ import annotations

import io
import json
import re
import struct
import zlib
from pathlib import Path
from typing import Any

import pytest
import typst
from django.test import Client
from django.utils import translation
from docx import Document

from essaim.desk import documents
from essaim.desk.documents import FOLDER, DocumentError
from essaim.desk.documents.organisation import sheet
from essaim.desk.documents.typefaces import families, unpacked
from essaim.desk.documents.woff import sfnt_of
from essaim.errors import ReadError
from essaim.release import Release

pytestmark = [pytest.mark.django_db]
SHAPED = "شبكة الاقتصاد الاجتماعي"
ALPHABETS = {
    "Greek": "Ελλάδα", "Cyrillic": "Москва", "Vietnamese": "Đặng", "Latin": "Łódź é ñ", "Devanagari": "हिन्दी", "Arabic": SHAPED,
}  # fmt: skip


@pytest.fixture
def a_sheet(mini_release: Release) -> dict[str, Any]:
    document = mini_release.page("organisation", "mini_networks:europe")
    assert document is not None
    return sheet(document, mini_release)


def inflated(pdf: bytes) -> bytes:
    """Return everything that a PDF packs, unpacked: objects, glyph maps, fonts."""
    parts = []
    for packed in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.S):
        try:
            parts.append(zlib.decompress(packed))
        except zlib.error:
            parts.append(packed)
    return pdf + b"".join(parts)


def signs_of(pdf: bytes) -> set[str]:
    """Return the signs that a reader can copy out of a PDF (its ToUnicode maps)."""
    found: set[str] = set()
    for block in re.findall(rb"beginbf(?:char|range)(.*?)endbf", inflated(pdf), re.S):
        for code in re.findall(rb"<([0-9A-Fa-f]{4,})>\s*$|<([0-9A-Fa-f]{4,})>\s*\n", block):
            found |= set(bytes.fromhex((code[0] or code[1]).decode()).decode("utf-16-be", "replace"))
    return found


def picture(text: str) -> bytes:
    """Draw one line with the packaged typefaces alone."""
    page = "#set page(width: 300pt, height: 40pt, margin: 4pt)"
    drawn = typst.compile(
        f"{page}\n#set text(font: json(bytes(sys.inputs.faces)))\n#sys.inputs.words".encode(),
        font_paths=typst.Fonts(font_paths=[unpacked()], include_system_fonts=False, include_embedded_fonts=False),
        sys_inputs={"faces": json.dumps(families("Noto Sans", "Noto Sans Arabic")), "words": text},
        format="png",
        ppi=72,
    )
    assert isinstance(drawn, bytes)
    return drawn


@pytest.mark.parametrize("alphabet", ALPHABETS)
def test_the_packaged_typefaces_alone_draw_every_script_of_the_house(alphabet: str) -> None:
    box = picture("\ue123")  # a sign that no typeface has
    assert box == picture("会"), "that of a script the house has no typeface for is drawn alike"
    assert not [sign for sign in set(ALPHABETS[alphabet]) - {" "} if picture(sign) == box]


def test_arabic_letters_are_joined_and_not_drawn_one_by_one() -> None:
    zero_width_non_joiner = "\u200c"
    assert picture(SHAPED) != picture(zero_width_non_joiner.join(SHAPED))


def test_a_unpacked_typeface_is_a_whole_truetype_file() -> None:
    for file in unpacked().glob("*.ttf"):
        content = file.read_bytes()
        (count,) = struct.unpack_from(">H", content, 4)
        for number in range(count):
            _tag, checksum, place, length = struct.unpack_from(">4sIII", content, 12 + number * 16)
            padded = content[place : place + length] + b"\0" * (-length % 4)
            assert sum(struct.unpack(f">{len(padded) // 4}I", padded)) & 0xFFFFFFFF == checksum
    assert len(list(unpacked().glob("*.ttf"))) > 20


@pytest.mark.parametrize("woff", [b"", b"wOFF", b"wOF2" + b"\0" * 60, b"<html>" * 20])
def test_what_is_no_woff_file_is_told(woff: bytes) -> None:
    with pytest.raises(ReadError):
        sfnt_of(woff, "X")


def test_a_sheet_is_the_same_bytes_for_the_same_data_and_moment(a_sheet: dict[str, Any], mini_release: Release) -> None:
    from essaim.pages.released.forms import sealed_at

    first, second = (documents.pdf("organisation", a_sheet, "en", sealed_at(mini_release)) for _ in range(2))
    assert first == second
    assert first.startswith(b"%PDF-")
    unpacked_pdf = inflated(first)
    assert b"/StructTreeRoot" in unpacked_pdf
    assert re.search(rb"/Lang\s*\(en\)", unpacked_pdf)


def test_words_in_arabic_and_others_can_be_copied_out_of_the_pdf(a_sheet: dict[str, Any]) -> None:
    a_sheet["title"], a_sheet["title_language"] = SHAPED, "ar"
    a_sheet["citation"] = "".join(ALPHABETS.values())
    made = documents.pdf("organisation", a_sheet, "en")
    assert set("شبكة") <= signs_of(made)
    assert set("Москва") <= signs_of(made)
    assert b"NotoSansArabic" in inflated(made)


def test_nothing_in_the_data_is_run_by_the_template(a_sheet: dict[str, Any]) -> None:
    a_sheet["title"] = '#panic("run") $x$ *a* \\ @b <c> {{ 7*7 }} {% if %}'
    made = documents.pdf("organisation", a_sheet, "en")
    assert made.startswith(b"%PDF-")
    words = [paragraph.text for paragraph in Document(io.BytesIO(documents.docx("organisation", a_sheet, "en"))).paragraphs]
    assert a_sheet["title"] in words


def test_data_that_does_not_fit_its_template_is_told_with_the_template(a_sheet: dict[str, Any]) -> None:
    del a_sheet["rows"]
    with pytest.raises(DocumentError, match=r"organisation\.typ"):
        documents.pdf("organisation", a_sheet, "en")


@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_the_docx_says_what_the_release_says(mini_release: Release, language: str) -> None:
    document = mini_release.page("organisation", "mini_register:R1")
    assert document is not None
    with translation.override(language):
        data = sheet(document, mini_release)
        made = Document(io.BytesIO(documents.docx("organisation", data, language)))
    cells = [cell.text for row in made.tables[0].rows for cell in row.cells]
    assert data["title"] in [paragraph.text for paragraph in made.paragraphs]
    assert [row["label"] for row in data["rows"]] == cells[::2]
    assert any(value["text"] in cell for row in data["rows"] for value in row["values"] for cell in cells)
    assert mini_release.number in made.sections[0].footer.paragraphs[0].text
    assert "{" not in "".join(cells)


def test_a_value_in_arabic_is_written_from_right_to_left_in_the_docx(a_sheet: dict[str, Any]) -> None:
    a_sheet["rows"][0]["values"] = [{"text": SHAPED + " & <b>", "language": "ar", "sources": "1", "note": ""}]
    made = Document(io.BytesIO(documents.docx("organisation", a_sheet, "en")))
    (run,) = [run for run in made.tables[0].rows[0].cells[1].paragraphs[0].runs if SHAPED in run.text]
    assert run.text == SHAPED + " & <b>"
    assert run.font.rtl


def test_what_is_not_known_stands_on_the_sheet_as_not_known(a_sheet: dict[str, Any]) -> None:
    unknown = [row["label"] for row in a_sheet["rows"] if not row["values"]]
    assert "Legal form" in unknown
    made = Document(io.BytesIO(documents.docx("organisation", a_sheet, "en")))
    by_label = {row.cells[0].text: row.cells[1].text for row in made.tables[0].rows}
    assert by_label["Legal form"] == "not known"


@pytest.mark.parametrize(("form", "disposition"), [("pdf", "inline"), ("docx", "attachment")])
def test_the_page_of_an_organisation_offers_its_sheet_and_a_reader_that_has_it_is_told_so(
    client: Client, mini_release: Release, form: str, disposition: str
) -> None:
    document = mini_release.page("organisation", "mini_register:R1")
    assert document is not None
    page = client.get(f"/fr/organisations/{document['id']}-{document['slug']}").content.decode()
    address = f"/fr/documents/organisation/{document['id']}.{form}"
    assert f'href="{address}"' in page
    first = client.get(address)
    assert first.headers["Content-Type"] == documents.MEDIA[form]
    assert first.headers["Content-Disposition"].startswith(disposition)
    assert first.cookies == {}
    again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get(f"/en/documents/organisation/{document['id']}.{form}").headers["ETag"] != first.headers["ETag"]


def test_a_sheet_of_nothing_is_not_found(client: Client, mini_release: Release) -> None:
    assert client.get("/en/documents/organisation/o0000000000z.pdf").status_code == 404
    assert client.get("/en/documents/organisation/mini_register:R1.exe").status_code == 404


def test_every_template_of_a_document_exists_in_both_forms() -> None:
    typed = {file.stem for file in (FOLDER / "typst").glob("*.typ")} - {"frame"}
    assert typed == {file.stem for file in Path(FOLDER / "docx").glob("*.docx")}
