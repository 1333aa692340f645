"""Documents out: PDF by Typst and DOCX by docxtpl, from one set of templates, with the typefaces of the site."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import typst
from django.utils.translation import get_language_info
from docxtpl import DocxTemplate, RichText

from essaim.desk.documents.typefaces import families, typefaces
from essaim.errors import EssaimError

FOLDER = Path(__file__).resolve().parent
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MEDIA = {"pdf": "application/pdf", "docx": DOCX}


class DocumentError(EssaimError):
    """A document could not be made from its template."""


def pdf(template: str, data: Mapping[str, Any], language: str, at: datetime | None = None) -> bytes:
    """Make a PDF: tagged, in the reader's language, every script shaped.

    Args:
        template: name of a file in `typst/`, without its ending; it reads `data` and uses `frame.typ`.
        data: JSON-ready. It reaches Typst as data, so nothing in it is run.
        language: of the document.
        at: when what it says was so; same data and same `at` give the same bytes.

    Raises:
        DocumentError: the template does not fit the data.
    """
    faces = {
        "sans": families("Noto Sans", "Noto Sans Arabic"),
        "serif": families("Source Serif", "Noto Sans Arabic", "Noto Sans"),
    }
    told = json.dumps({**data, **faces, **_direction(language)}, ensure_ascii=False)
    try:
        made = typst.compile(
            FOLDER / "typst" / f"{template}.typ",
            root=FOLDER,
            font_paths=typefaces(),
            sys_inputs={"data": told},
            format="pdf",
            timestamp=int((at or datetime.now(UTC)).timestamp()),
        )
    except typst.TypstError as error:
        raise DocumentError("the PDF could not be made", f"typst/{template}.typ", str(error)) from error
    return bytes(made)


def docx(template: str, data: Mapping[str, Any], language: str) -> bytes:
    """Make a DOCX that people can go on writing in.

    Args:
        template: name of a file in `docx/`, without its ending; it can be edited in any word processor.
        data: JSON-ready; a string wrapped by `text_in` keeps its direction.
        language: of the document.
    """
    document = DocxTemplate(FOLDER / "docx" / f"{template}.docx")
    document.render({**data, **_direction(language), "text_in": text_in}, autoescape=True)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def text_in(text: str, language: str) -> RichText:
    """Return a text for a DOCX as a run of its own language and direction (used by the templates)."""
    told = RichText()
    told.add(text, lang=language or None, rtl=bool(language) and _direction(language)["direction"] == "rtl")
    return told


def _direction(language: str) -> dict[str, str]:
    """Return language and direction, as every template asks for them."""
    try:
        is_rtl = get_language_info(language)["bidi"]
    except KeyError:
        is_rtl = False
    return {"language": language, "direction": "rtl" if is_rtl else "ltr"}
