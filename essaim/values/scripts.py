"""The script a text is written in, as ISO 15924 names it."""

from __future__ import annotations

import unicodedata
from collections import Counter

_CODES = {
    "LATIN": "Latn",
    "CYRILLIC": "Cyrl",
    "GREEK": "Grek",
    "ARABIC": "Arab",
    "HEBREW": "Hebr",
    "DEVANAGARI": "Deva",
    "BENGALI": "Beng",
    "GURMUKHI": "Guru",
    "GUJARATI": "Gujr",
    "TAMIL": "Taml",
    "TELUGU": "Telu",
    "KANNADA": "Knda",
    "MALAYALAM": "Mlym",
    "SINHALA": "Sinh",
    "THAI": "Thai",
    "LAO": "Laoo",
    "KHMER": "Khmr",
    "MYANMAR": "Mymr",
    "TIBETAN": "Tibt",
    "GEORGIAN": "Geor",
    "ARMENIAN": "Armn",
    "ETHIOPIC": "Ethi",
    "MONGOLIAN": "Mong",
    "HANGUL": "Kore",
    "HIRAGANA": "Jpan",
    "KATAKANA": "Jpan",
    "CJK": "Hani",
}


def script(text: str) -> str:
    """Return the script of most letters: "Latn", "Arab", "Hani"...; "Zyyy" when there is no letter we know.

    Han signs beside kana are Japanese ("Jpan"), beside Hangul Korean ("Kore").
    """
    found = Counter(_script_of(sign) for sign in text if sign.isalpha())
    found.pop("", None)
    if not found:
        return "Zyyy"
    for own in ("Jpan", "Kore"):
        if own in found:
            found[own] += found.pop("Hani", 0)
    return found.most_common(1)[0][0]


def _script_of(sign: str) -> str:
    if sign.isascii():
        return "Latn"
    return _CODES.get(unicodedata.name(sign, "").split(" ")[0].split("-")[0], "")
