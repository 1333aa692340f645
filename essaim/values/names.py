"""Names of organisations: cleaned for display, cut into comparable words, made into addresses and acronyms."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from essaim.errors import RecordError
from essaim.reference import legal_form_words
from essaim.values.folding import fold

_PLACEHOLDERS = frozenset({"n/a", "#n/a", "#ref!", "null", "(null)", "nan", "undefined"})
_QUOTES = {'"': '"', "“": "”", "”": "”", "„": "“", "«": "»", "»": "«", "'": "'", "‘": "’", "’": "’"}
_APOSTROPHE = re.compile(r"(?<=[^\W\d_])[ʼ´`'‘’](?=[^\W\d_])")
# Joiners are letters' business in Persian and Indic scripts; other format signs are invisible rubbish in a name.
_KEPT_FORMATS = frozenset("\u200c\u200d")
_SLUG_LENGTH = 80
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def parse(text: str) -> str:
    """Return a name as it should be shown: NFC, single spaces, no outer quotes, one apostrophe.

    Raises:
        RecordError: there is no letter or digit in it, or it stands for "nothing" ("N/A", "#REF!").
    """
    name = text
    for _ in range(8):
        cleaned = _clean(name)
        if cleaned == name:
            break
        name = cleaned
    if name.casefold() in _PLACEHOLDERS or not any(sign.isalnum() for sign in name):
        raise RecordError("this is not a name", found=text, expected="a name with at least one letter or digit")
    return name


def _clean(text: str) -> str:
    kept = "".join(" " if _is_control(sign) else sign for sign in text if not _is_invisible(sign))
    name = " ".join(unicodedata.normalize("NFC", kept).split())
    name = _APOSTROPHE.sub("’", name)
    if len(name) > 2 and _QUOTES.get(name[0]) == name[-1] and name[-1] not in name[1:-1] and name[0] not in name[1:-1]:
        return name[1:-1].strip()
    return name


def _is_control(sign: str) -> bool:
    return unicodedata.category(sign) in ("Cc", "Zl", "Zp")


def _is_invisible(sign: str) -> bool:
    return unicodedata.category(sign) in ("Cf", "Cs", "Cn") and sign not in _KEPT_FORMATS


def tokens(text: str) -> list[str]:
    """Return the folded words of a name, Arabic ones without the article."""
    return [_bare(word) for word in fold(text).split()]


def _bare(word: str) -> str:
    if len(word) > 4 and word.startswith("وال"):
        return word[3:]
    return word[2:] if len(word) > 4 and word.startswith("ال") else word


def slug(text: str) -> str:
    """Return the readable part of an address: Latin letters, digits and hyphens, at most 80 signs.

    Greek and Cyrillic are transliterated; a name in another script has no slug and gives empty text.
    """
    folded = fold(text)
    letters = [sign for sign in folded if sign.isalnum()]
    if sum(sign.isascii() for sign in letters) * 2 <= len(letters):
        return ""
    words = "-".join(re.findall(r"[a-z0-9]+", folded))
    return words if len(words) <= _SLUG_LENGTH else words[: _SLUG_LENGTH + 1].rpartition("-")[0] or words[:_SLUG_LENGTH]


def acronym_of(name: str) -> str:
    """Return the capitals a name would be shortened to ("AIM"), without small words; empty under two letters.

    Hyphens join ("Co-operative" gives one letter). Scripts written without spaces give nothing.
    """
    words = [word for word in _WORD.findall(name) if fold(word) not in linking_words()]
    initials = "".join(fold(word)[:1] for word in words).upper()
    return initials if len(initials) > 1 else ""


@cache
def linking_words() -> frozenset[str]:
    """Return the small words that carry no name, folded."""
    return frozenset(fold(word) for word in legal_form_words()["linking_words"])
