"""Folding: letters made comparable, blind to case, accents, width, and the spellings of Arabic."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_DROPPED = (
    (0x00AD, 0x00AD),  # soft hyphen
    (0x0300, 0x036F),  # accents of Latin, Greek and Cyrillic
    (0x0483, 0x0489),
    (0x0591, 0x05BD),  # Hebrew points
    (0x05BF, 0x05C7),
    (0x0610, 0x061A),  # Arabic signs, vowels, hamza above and below
    (0x0640, 0x0640),  # tatweel, which only stretches a word
    (0x064B, 0x065F),
    (0x0670, 0x0670),
    (0x06D6, 0x06ED),
    (0x1AB0, 0x1AFF),
    (0x1DC0, 0x1DFF),
    (0x200B, 0x200F),  # joiners and direction marks
    (0x20D0, 0x20FF),
    (0xFE00, 0xFE0F),
    (0xFE20, 0xFE2F),
)
_LETTERS = {
    "œ": "oe", "æ": "ae", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ħ": "h", "ı": "i", "ŋ": "n", "ŧ": "t",
    "ə": "a", "ς": "σ", "ٱ": "ا", "ى": "ي", "ی": "ي", "ة": "ه", "ک": "ك", "ہ": "ه", "ء": "",
}  # fmt: skip
_DIGITS = {chr(zero + value): str(value) for zero in (0x0660, 0x06F0, 0x0966) for value in range(10)}
_TABLE = str.maketrans({**{chr(sign): "" for low, high in _DROPPED for sign in range(low, high + 1)}, **_LETTERS, **_DIGITS})


@lru_cache(maxsize=200_000)
def fold(text: str) -> str:
    """Fold a text: case, accents, width, ligatures; Arabic vowels, hamza, alef, ya, ta marbuta; Eastern digits.

    Vowel signs that are letters in their script (Devanagari, Thai...) and the marks of kana are kept. Folding twice is
    folding once.

    Example:
        >>> fold("Économie SOCIALE"), fold("Ｓtraße"), fold("التَّعاوُنيّة")
        ('economie sociale', 'strasse', 'التعاونيه')
    """
    if text.isascii():
        return text.lower()
    folded = _fold_once(text)
    while (again := _fold_once(folded)) != folded:
        folded = again
    return folded


def _fold_once(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text.casefold()).casefold()
    return unicodedata.normalize("NFC", apart.translate(_TABLE))
