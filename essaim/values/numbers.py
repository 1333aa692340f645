"""Numbers as people write them: separators of thousands and decimals in any of the usual ways."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal, InvalidOperation

from essaim.errors import RecordError

_SPACES = re.compile(r"(?<=\d)[\s'’ʼ٬_](?=\d)")
_PLAIN = re.compile(r"[+-]?\d+(?:\.\d+)?")
_GROUPED = {
    ",": re.compile(r"[+-]?[1-9]\d{0,2}(?:,\d{2,3})*,\d{3}"),
    ".": re.compile(r"[+-]?[1-9]\d{0,2}(?:\.\d{3})+"),
}
_MOST_DIGITS = 24
_EXPECTED = 'a number such as 1234, "1 234" or "1,234.50"'


def parse(value: object, *, decimal_mark: str = "") -> Decimal:
    """Read a number exactly.

    Args:
        value: text, int, float or Decimal.
        decimal_mark: "." or "," where the source's is known; else it is read from the number itself.

    Raises:
        RecordError: no number, or one that reads two ways ("1.234", "1,234") while no decimal mark is said.
    """
    text = _plain(value)
    number = _with_mark(text, decimal_mark) if decimal_mark or not isinstance(value, str) else _without_mark(text, value)
    return _decimal(number, value)


def parse_count(value: object) -> int:
    """Read a whole number that counts things; "1.234" and "1,234" are one thousand two hundred and thirty-four.

    Raises:
        RecordError: no number, a fraction, or less than nothing.
    """
    text = _plain(value)
    if not isinstance(value, str):
        number = text
    elif _GROUPED["."].fullmatch(text):
        number = text.replace(".", "")
    elif _GROUPED[","].fullmatch(text):
        number = text.replace(",", "")
    else:
        number = _without_mark(text, value)
    found = _decimal(number, value)
    if found != found.to_integral_value() or found < 0:
        raise RecordError("this is not a count", found=str(value), expected="a whole number, nothing less than zero")
    return int(found)


def _plain(value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
        raise RecordError("this is not a number", found=str(value), expected=_EXPECTED)
    text = format(Decimal(repr(value)), "f") if isinstance(value, float) and _is_finite(value) else str(value)
    text = unicodedata.normalize("NFKC", text).strip().replace("−", "-").replace("٫", ".")
    text = "".join(sign if (digit := unicodedata.decimal(sign, None)) is None else str(digit) for sign in text)
    return _SPACES.sub("", text)


def _is_finite(value: float) -> bool:
    return value - value == 0


def _with_mark(text: str, decimal_mark: str) -> str:
    thousands = "." if decimal_mark == "," else ","
    whole, mark, rest = text.partition(decimal_mark or ".")
    if thousands in whole and not _GROUPED[thousands].fullmatch(whole):
        return ""
    return whole.replace(thousands, "") + ("." + rest if mark else "")


def _without_mark(text: str, value: object) -> str:
    """Return the number with a point; the last of two different marks is the decimal one, a repeated one is not."""
    last = max(text.rfind("."), text.rfind(","))
    if last < 0:
        return text
    mark = text[last]
    if ("," in text and "." in text) or (text.count(mark) == 1 and not _GROUPED[mark].fullmatch(text)):
        return _with_mark(text, mark)
    if text.count(mark) > 1 and _GROUPED[mark].fullmatch(text):
        return text.replace(mark, "")
    raise RecordError(
        "this number reads two ways",
        found=str(value),
        expected="a decimal mark that is said, or a number that shows it",
        next_step="Say the decimal mark in the source file",
    )


def _decimal(text: str, value: object) -> Decimal:
    if not _PLAIN.fullmatch(text) or len(text) > _MOST_DIGITS:
        raise RecordError("this is not a number", found=str(value), expected=_EXPECTED)
    try:
        return Decimal(text)
    except InvalidOperation:
        raise RecordError("this is not a number", found=str(value), expected=_EXPECTED) from None
