"""Numbers, dates, countries and certainties in the reader's words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

import pycountry
from babel import Locale, UnknownLocaleError, dates, lists, numbers
from django.utils.translation import get_language, gettext

RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ps", "ur", "yi", "dv", "ku-arab", "sd", "ug"})
DATE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")


@lru_cache(maxsize=16)
def _locale(code: str) -> Locale:
    if code == "en":
        return Locale("en", "GB")  # as in the texts of the United Nations
    try:
        return Locale.parse(code, sep="-")
    except (ValueError, UnknownLocaleError):
        return Locale("en")


def locale() -> Locale:
    """Return the Babel locale of the language that is active now."""
    return _locale(get_language() or "en")


def certainty(code: str) -> str:
    """Say a certainty in words; an unknown code is said as it stands."""
    words = {
        "sourced": gettext("sourced"),
        "unverified": gettext("unverified"),
        "disputed": gettext("sources disagree"),
        "unexamined": gettext("not examined"),
    }
    return words.get(code, code)


def number(value: Any) -> str:
    """Write a whole or decimal number with the separators of the language; what is no number stays as it is."""
    if value is None or value == "":
        return ""
    try:
        return numbers.format_decimal(value, locale=locale())
    except (ValueError, TypeError, ArithmeticError):
        return str(value)


def precise_date(text: str) -> str:
    """Write a date no more precisely than it is known.

    Args:
        text: `YYYY`, `YYYY-MM` or `YYYY-MM-DD` (ISO 8601); anything else is returned as it stands.
    """
    found = DATE.fullmatch(text)
    if not found:
        return text
    year, month, day = found.groups()
    try:
        known = date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return text
    if day:
        return str(dates.format_date(known, "long", locale=locale()))
    return str(dates.format_skeleton("yMMMM", known, locale=locale())) if month else year


@lru_cache(maxsize=1024)
def alpha_2(country: str) -> str:
    """Return the alpha-2 code of an alpha-3 code; empty when there is none."""
    found = pycountry.countries.get(alpha_3=country)
    return str(found.alpha_2) if found else ""


def country_name(country: str) -> str:
    """Name a country in the reader's language (CLDR); an unknown code is shown as it stands."""
    return str(locale().territories.get(alpha_2(country), country))


def language_name(code: str) -> str:
    """Name a language in the reader's language (CLDR); an unknown code is shown as it stands."""
    return str(locale().languages.get(code.replace("-", "_"), locale().languages.get(code.split("-")[0], code)))


def choose(titles: Mapping[str, str]) -> tuple[str, str]:
    """Choose the language and text to show: the reader's, English, one of unknown language, then the first there is."""
    for code in (get_language() or "en", "en", "und", *titles):
        if titles.get(code):
            return code, titles[code]
    return "und", ""


def direction(code: str) -> str:
    """Return `rtl` or `ltr`."""
    return "rtl" if code.lower() in RIGHT_TO_LEFT or code.split("-")[0].lower() in RIGHT_TO_LEFT else "ltr"


def listed(values: Sequence[str]) -> str:
    """Join words into a list of the language: `a, b and c`; empty for none."""
    return lists.format_list([str(value) for value in values], locale=locale()) if values else ""
