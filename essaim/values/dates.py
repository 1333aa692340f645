"""Dates as precise as they are known: a year, a month or a day, never more than the source says."""

from __future__ import annotations

import calendar
import datetime
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Literal

from essaim.errors import RecordError
from essaim.reference import language_words
from essaim.values.folding import fold

Precision = Literal["year", "month", "day"]
_PRECISIONS: tuple[Precision, ...] = ("year", "month", "day")
_FIRST_YEAR, _LAST_YEAR = 1000, 2200
_SMALL_WORDS = frozenset({"de", "del", "of", "the", "le", "la", "el", "den", "di", "d", "do", "da", "dia", "um", "g", "r"})
_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_ISO_TIME = re.compile(r"(\d{4}-\d{2}-\d{2})[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?\s*(?:Z|UTC|[+-]\d{2}:?\d{2})?")
_YEAR_FIRST = re.compile(r"(\d{4})[/.](\d{1,2})(?:[/.](\d{1,2}))?\.?|(\d{4})(\d{2})(\d{2})")
_YEAR_LAST = re.compile(r"(\d{1,2})\s*([/.-])\s*(\d{1,2})\s*\2\s*(\d{4})\.?")
_MONTH_YEAR = re.compile(r"(\d{1,2})[/.-](\d{4})")
_CJK = re.compile(r"(\d{4})\s*[年년](?:\s*(\d{1,2})\s*[月월](?:\s*(\d{1,2})\s*[日号號일])?)?")
_ORDINAL = re.compile(r"^(\d{1,2})(?:st|nd|rd|th|er|e|o|a)?$")
_EXPECTED = "a year, a month or a day such as 2013, 2013-05, 23 May 2013 or 2013-05-23"
_EXCEL_DAY_ZERO = datetime.date(1899, 12, 30)
# Excel holds 1900 for a leap year: its serials up to 60 are one day off, and no source means January 1900 by "12".
_EXCEL_FIRST, _EXCEL_LAST = 61, 109_574


@dataclass(frozen=True, order=True)
class PartialDate:
    """A date with its precision; dates sort by their ISO text, the less precise before the more precise.

    Attributes:
        iso: ISO 8601: "2013", "2013-05" or "2013-05-23".
    """

    iso: str

    def __str__(self) -> str:
        return self.iso

    @property
    def precision(self) -> Precision:
        """Return how precise the date is."""
        return _PRECISIONS[self.iso.count("-")]

    @property
    def year(self) -> int:
        """Return the year."""
        return int(self.iso[:4])

    @property
    def month(self) -> int | None:
        """Return the month 1-12, None when only the year is known."""
        return int(self.iso[5:7]) if len(self.iso) > 4 else None

    @property
    def day(self) -> int | None:
        """Return the day of the month, None when it is not known."""
        return int(self.iso[8:10]) if len(self.iso) > 7 else None

    @property
    def first_day(self) -> datetime.date:
        """Return the first day it may mean."""
        return datetime.date(self.year, self.month or 1, self.day or 1)

    @property
    def last_day(self) -> datetime.date:
        """Return the last day it may mean."""
        month = self.month or 12
        return datetime.date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def overlaps(self, other: PartialDate) -> bool:
        """Tell whether both may mean the same day: "2013" and "2013-05" do, "2013-05" and "2013-06" do not."""
        return self.first_day <= other.last_day and other.first_day <= self.last_day

    def display(self, language: str) -> str:
        """Return the date as a reader of a language writes it, no more precise than it is known."""
        from babel import Locale, UnknownLocaleError
        from babel.dates import format_date, format_skeleton

        try:
            # United Nations English puts the day first.
            locale = Locale.parse("en_GB" if language == "en" else language.replace("-", "_"))
        except (UnknownLocaleError, ValueError):
            locale = Locale.parse("en_GB")
        if self.precision == "day":
            return format_date(self.first_day, "long", locale)
        # Of a year alone every locale would write the digits; Babel's skeletons add an era or a sign in some.
        return str(self.year) if self.precision == "year" else format_skeleton("yMMMM", self.first_day, locale=locale)


def parse(value: object, *, is_day_first: bool | None = None, is_excel_serial: bool = False) -> PartialDate:
    """Read a date.

    Args:
        value: text in a usual spelling (numeric, or with a month's name in some 25 languages), a date or datetime, or
            a whole number for a year.
        is_day_first: what 03/04/2013 means: True the third of April, False the fourth of March; unset, such a date
            is refused unless its numbers settle it.
        is_excel_serial: True reads numbers as days since Excel's beginning; never guessed.

    Raises:
        RecordError: no date, a day that does not exist, a year outside 1000-2200, or one that reads two ways.
    """
    if isinstance(value, datetime.date):
        return _date(value.year, value.month, value.day, value)
    text = _plain(value)
    if is_excel_serial:
        return _from_excel(text, value)
    for read in (_from_iso, _from_numbers, _from_words):
        found = read(text, value, is_day_first)
        if found:
            return found
    raise RecordError("this is not a date", found=str(value), expected=_EXPECTED)


def _plain(value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise RecordError("this is not a date", found=str(value), expected=_EXPECTED)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = unicodedata.normalize("NFKC", str(value)).strip()
    return "".join(sign if (digit := unicodedata.decimal(sign, None)) is None else str(digit) for sign in text)


def _date(year: int, month: int | None, day: int | None, found: object) -> PartialDate:
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise RecordError("this year cannot be", found=str(found), expected=f"a year from {_FIRST_YEAR} to {_LAST_YEAR}")
    if month is None:
        return PartialDate(f"{year:04}")
    if not 1 <= month <= 12 or (day is not None and not 1 <= day <= calendar.monthrange(year, month)[1]):
        raise RecordError("there is no such day", found=str(found), expected="a day of the calendar")
    return PartialDate(f"{year:04}-{month:02}" if day is None else f"{year:04}-{month:02}-{day:02}")


def _number(text: str | None) -> int | None:
    return int(text) if text else None


def _from_excel(text: str, value: object) -> PartialDate:
    try:
        days = int(float(text))
    except (ValueError, OverflowError):
        days = 0
    if not _EXCEL_FIRST <= days <= _EXCEL_LAST:
        raise RecordError("this is not an Excel date", found=str(value), expected=f"{_EXCEL_FIRST} to {_EXCEL_LAST} days")
    day = _EXCEL_DAY_ZERO + datetime.timedelta(days=days)
    return _date(day.year, day.month, day.day, value)


def _from_iso(text: str, value: object, is_day_first: bool | None) -> PartialDate | None:
    timed = _ISO_TIME.fullmatch(text)
    match = _ISO.fullmatch(timed[1] if timed else text)
    return _date(int(match[1]), _number(match[2]), _number(match[3]), value) if match else None


def _from_numbers(text: str, value: object, is_day_first: bool | None) -> PartialDate | None:
    match = _YEAR_FIRST.fullmatch(text) or _CJK.fullmatch(text)
    if match:
        year, month, day = [_number(part) for part in match.groups() if part is not None] + [None] * (3 - _filled(match))
        return _date(year or 0, month, day, value)
    match = _MONTH_YEAR.fullmatch(text)
    if match:
        return _date(int(match[2]), int(match[1]), None, value)
    match = _YEAR_LAST.fullmatch(text)
    return _day_or_month_first(int(match[1]), int(match[3]), int(match[4]), value, is_day_first) if match else None


def _filled(match: re.Match[str]) -> int:
    return sum(part is not None for part in match.groups())


def _day_or_month_first(first: int, second: int, year: int, value: object, is_day_first: bool | None) -> PartialDate:
    if first > 12 or first == second or (is_day_first is True and second <= 12):
        return _date(year, second, first, value)
    if second > 12 or is_day_first is False:
        return _date(year, first, second, value)
    raise RecordError(
        "this date reads two ways",
        found=str(value),
        expected="the day above 12, or the order said",
        next_step="Say the order of day and month in the source file",
    )


def _from_words(text: str, value: object, is_day_first: bool | None) -> PartialDate | None:
    """Read a date with a month's name: one name, one year of four digits, at most one day, nothing else."""
    words = [word for word in fold(text).split() if word not in _SMALL_WORDS]
    months = [_months()[word] for word in words if word in _months()]
    years = [int(word) for word in words if re.fullmatch(r"\d{4}", word)]
    days = [int(match[1]) for word in words if (match := _ORDINAL.fullmatch(word))]
    if len(months) != 1 or len(years) != 1 or len(days) > 1 or len(words) != 2 + len(days):
        return None
    return _date(years[0], months[0], days[0] if days else None, value)


@cache
def _months() -> dict[str, int]:
    """Return folded names of months, long and short, in many languages; a name that two months share is left out."""
    from babel import Locale

    meanings: dict[str, set[int]] = {"sept": {9}}
    for language in language_words()["months_named_in"]:
        months = Locale.parse(language).months
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in months[context][width].items():
                    meanings.setdefault(fold(name), set()).add(number)
    return {name: found.pop() for name, found in meanings.items() if len(found) == 1 and not name.isdigit() and " " not in name}
