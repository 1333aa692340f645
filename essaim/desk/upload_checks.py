"""What is checked before an upload is kept: size, name, and that its bytes are what its name says."""

from __future__ import annotations

import unicodedata
import zipfile
from functools import lru_cache
from pathlib import Path
from typing import Literal

import puremagic
import yaml
from django.utils.translation import gettext
from pydantic import BaseModel, ConfigDict

from essaim.errors import EssaimError, ReadError
from essaim.formats.guard import check_file, head

FILE = Path(__file__).with_name("upload_types.yaml")
NAME_LENGTH = 100
HARMFUL = frozenset({".exe", ".dll", ".so", ".sh", ".bat", ".js", ".htm", ".html", ".svg", ".xml", ".jar", ".class", ".swf"})
"""Endings that puremagic may read out of the bytes, and that nothing we take can be."""


class UploadError(EssaimError):
    """A file is not taken; `code` says why, `explanation` says it to the person."""

    def __init__(self, code: str, what: str, found: str = "", expected: str = "") -> None:
        """Keep the code."""
        super().__init__(what, "upload", found, expected, "Choose another file")
        self.code = code

    @property
    def explanation(self) -> str:
        """Why the file is not taken, in the reader's language."""
        words = {
            "empty": gettext("The file is empty."),
            "too_large": gettext("The file is too large: it may have at most {expected}."),
            "ending": gettext("Files of this kind are not taken. These are: {expected}."),
            "content": gettext("The content is not what the name says. Was the ending changed by hand?"),
            "macros": gettext("The file holds macros. Save it without them and try again."),
            "bomb": gettext("The file unpacks to far too much, or is damaged."),
            "infected": gettext("The virus scanner found something in the file: {found}."),
        }
        return words[self.code].format(found=self.found, expected=self.expected)


class UploadType(BaseModel):
    """One kind of file that is taken; see upload_types.yaml."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    ending: str
    media_type: str
    shape: Literal["magic", "text", "office", "open_document"]
    starts: tuple[str, ...] = ()
    part: str = ""


@lru_cache(maxsize=1)
def upload_types() -> dict[str, UploadType]:
    """Return what is taken, by ending."""
    return {row["ending"]: UploadType(**row) for row in yaml.safe_load(FILE.read_text("utf-8"))}


def safe_name(name: str) -> str:
    """Return a file's name without folders, control signs, signs that turn the direction of writing, and dots in front.

    The ending, in lower case, stays; a name of which nothing is left becomes `file`.
    """
    last = unicodedata.normalize("NFC", name.replace("\\", "/")).rpartition("/")[2]
    kept = "".join(sign for sign in last if unicodedata.category(sign)[0] != "C" and sign not in '<>:"|?*;%')
    stem, _dot, ending = " ".join(kept.split()).strip(". ").rpartition(".")
    if not stem:
        stem, ending = ending, ""
    stem = stem.strip(". ")[: NAME_LENGTH - len(ending) - 1] or "file"
    return f"{stem}.{ending.lower()}" if ending else stem


def type_of(name: str) -> UploadType:
    """Return what a safe name says the file is.

    Raises:
        UploadError: its kind is not taken.
    """
    ending = name.rpartition(".")[2] if "." in name else ""
    known = upload_types().get(ending)
    if known is None:
        raise UploadError("ending", "files of this kind are not taken", ending, ", ".join(upload_types()))
    return known


def check_content(file: Path, kind: UploadType) -> None:
    """Check that a file's bytes are what its name says, and harmless to open.

    Raises:
        UploadError: they are not.
    """
    start = head(file)
    if not start:
        raise UploadError("empty", "the file is empty")
    if kind.shape == "magic" and not start.startswith(tuple(sign.encode("latin-1") for sign in kind.starts)):
        raise UploadError("content", "the content is not what the name says", sniffed(start), kind.media_type)
    if kind.shape == "text":
        _check_text(file, start, kind)
    if kind.shape in ("office", "open_document"):
        _check_archive(file, kind)


def sniffed(start: bytes) -> str:
    """Return the ending that the first bytes of a file look most like; empty when nothing tells."""
    try:
        return str(puremagic.from_string(start[:4096]))
    except (puremagic.PureError, ValueError):
        return ""


def _check_text(file: Path, start: bytes, kind: UploadType) -> None:
    try:
        check_file(file, "text")
    except ReadError as error:
        raise UploadError("content", "the content is not text", error.found, kind.media_type) from error
    if start.startswith(b"#!") or sniffed(start) in HARMFUL:
        raise UploadError("content", "the content is a program or a page", sniffed(start), kind.media_type)


def _check_archive(file: Path, kind: UploadType) -> None:
    if not zipfile.is_zipfile(file):
        raise UploadError("content", "the content is not what the name says", sniffed(head(file)), kind.media_type)
    try:
        check_file(file, "archive")
    except ReadError as error:
        raise UploadError("bomb", error.what, error.found) from error
    with zipfile.ZipFile(file) as archive:
        names = set(archive.namelist())
        if any(name.lower().endswith("vbaproject.bin") or name.startswith("Basic/") for name in names):
            raise UploadError("macros", "the file holds macros")
        if not _is_of(archive, names, kind):
            raise UploadError("content", "the content is not what the name says", "ZIP", kind.media_type)


def _is_of(archive: zipfile.ZipFile, names: set[str], kind: UploadType) -> bool:
    if kind.shape == "office":
        return {"[Content_Types].xml", kind.part} <= names
    if "mimetype" not in names or archive.getinfo("mimetype").file_size > 200:
        return False
    return archive.read("mimetype").decode("ascii", "replace").strip() == kind.media_type
