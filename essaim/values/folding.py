"""Letters made comparable: accents, case, Greek, Cyrillic and Arabic spellings, digits."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from essaim.reference import letters

# Kana voicing marks (8) and Indic nukta and virama (7, 9) change the letter; other marks only dress it.
_KEPT_CLASSES = frozenset({0, 7, 8, 9})
_DOTTED = re.compile(r"\b(?:\w\.){2,}(?:\w\b)?|\b\w\.\w\b(?!\.)")
_SEPARATORS = re.compile(r"[\W_]+")


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Return text as letters and digits in lower case with single spaces, for comparison and never for display.

    Accents go, Greek and Cyrillic become Latin letters, Arabic spellings become one, "S.C.O.P." becomes "scop".
    """
    if text.isascii():
        return _words(text.casefold())
    for _ in range(6):
        folded = _fold_once(text)
        if folded == text:
            break
        text = folded
    return text


def _fold_once(text: str) -> str:
    if text.isascii():  # most words by far; Unicode has nothing to say to them
        return _words(text.lower())
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    bare = "".join(sign for sign in decomposed if unicodedata.combining(sign) in _KEPT_CLASSES)
    plain = unicodedata.normalize("NFKC", bare.translate(_table()))
    return _words(plain if plain.isascii() else "".join(_ascii_digit(sign) for sign in plain))


@cache
def _table() -> dict[int, str]:
    return str.maketrans(letters())


def _words(text: str) -> str:
    if "." in text:
        text = _DOTTED.sub(lambda match: match.group().replace(".", ""), text)
    return _SEPARATORS.sub(" ", text).strip()


def _ascii_digit(sign: str) -> str:
    value = unicodedata.decimal(sign, None)
    return sign if value is None else str(value)


def key(text: str) -> str:
    """Return folded text without any space: the form in which spellings are looked up."""
    return fold(text).replace(" ", "")
