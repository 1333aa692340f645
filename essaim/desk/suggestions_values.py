"""Suggested values: normalised by the module of `essaim.values` that knows their kind; what cannot be is told in words."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from essaim import reference
from essaim.errors import RecordError
from essaim.model.properties import Property
from essaim.values import countries, dates, domains, identifiers, languages, money, names, numbers, phones

LONGEST = 2000
WITH_LANGUAGE = frozenset({"name", "acronym", "alias", "former_name", "legal_form", "activity", "title", "note"})
"""Properties whose values are language."""


@dataclass(frozen=True)
class Value:
    """A normalised value, with the unit that came of it."""

    value: str
    unit: str = ""


@dataclass(frozen=True)
class Beside:
    """What stands beside a value and helps to read it: the thing's country (alpha-3), the scheme of an identifier."""

    country: str = ""
    scheme: str = ""


def normalise(property: Property, text: str, beside: Beside) -> Value:
    """Return a value in the form in which releases hold it.

    Raises:
        ValidationError: it cannot be a value of that kind; the words say what one looks like, in the reader's language.
    """
    plain = text.strip()
    if not plain:
        raise ValidationError(gettext("Say what it should be."))
    if len(plain) > LONGEST or "\0" in plain:
        raise ValidationError(gettext("This is too long. Keep it under {number} signs.").format(number=LONGEST))
    if property.name == "doi":
        return Value(_doi(plain))
    try:
        return _READERS[property.kind](plain, property, beside)
    except (RecordError, ValueError, ArithmeticError) as error:
        raise ValidationError(_refusal(property, beside)) from error


def since(text: str) -> str:
    """Return a date as precise as given.

    Raises:
        ValidationError: it is none.
    """
    return normalise(Property("since", "date"), text, Beside()).value if text.strip() else ""


def address(text: str) -> str:
    """Return a web address where something can be seen.

    Raises:
        ValidationError: it is none.
    """
    return normalise(Property("evidence", "url"), text, Beside()).value if text.strip() else ""


def _doi(text: str) -> str:
    found = re.search(r"10\.\d{4,9}/[^\s<>\"]+", text)
    if found is None:
        raise ValidationError(gettext("This is not a DOI. One looks like this: 10.1000/182."))
    return found[0].rstrip(".,;")


def _text(text: str, property: Property, beside: Beside) -> Value:
    return Value(" ".join(text.split()))


def _name(text: str, property: Property, beside: Beside) -> Value:
    return Value(names.parse(text))


def _code(text: str, property: Property, beside: Beside) -> Value:
    if property.code_list and text not in reference.codes(property.code_list):
        raise RecordError("not in the list", found=text)
    return Value(text)


def _country(text: str, property: Property, beside: Beside) -> Value:
    return Value(countries.parse(text))


def _date(text: str, property: Property, beside: Beside) -> Value:
    return Value(dates.parse(text).iso)


def _count(text: str, property: Property, beside: Beside) -> Value:
    return Value(str(numbers.parse_count(text)))


def _money(text: str, property: Property, beside: Beside) -> Value:
    read = money.parse(text)
    return Value(f"{read.amount:f}", read.currency)


def _url(text: str, property: Property, beside: Beside) -> Value:
    return Value(domains.parse(text))


def _phone(text: str, property: Property, beside: Beside) -> Value:
    return Value(phones.parse(text, country=beside.country))


def _identifier(text: str, property: Property, beside: Beside) -> Value:
    found = identifiers.parse(text, beside.scheme)
    return Value(found.value, found.scheme)


def _language(text: str, property: Property, beside: Beside) -> Value:
    return Value(languages.parse(text))


_READERS: dict[str, Callable[[str, Property, Beside], Value]] = {
    "text": _text,
    "name": _name,
    "code": _code,
    "country": _country,
    "date": _date,
    "count": _count,
    "money": _money,
    "url": _url,
    "phone": _phone,
    "identifier": _identifier,
    "language": _language,
}


def _refusal(property: Property, beside: Beside) -> str:
    """Say in the reader's language what a value of the kind looks like."""
    return {
        "name": gettext("This is not a name that can be shown. Write it as the organisation writes it."),
        "code": gettext("Choose one of the list."),
        "country": gettext("This is no country that we know. Choose one of the list."),
        "date": gettext("This is not a date. Write a year, a month or a day: 1998, 1998-05 or 1998-05-17."),
        "count": gettext("This is not a whole number. Write digits, such as 1200."),
        "money": gettext("This is not an amount with a currency. Write it like this: 12000 EUR."),
        "url": gettext("This is not a web address. Write it like this: https://example.org"),
        "phone": gettext("This is not a telephone number. Write it with its country code: +33 1 23 45 67 89"),
        "identifier": gettext("This is not an identifier of that register. Look at its shape again."),
        "language": gettext("This is no language that we know. Write its code, such as fr."),
    }.get(property.kind, gettext("This cannot be kept as it stands."))
