"""Telephone numbers in the international form of E.164."""

from __future__ import annotations

import re

from essaim.errors import RecordError
from essaim.values.countries import alpha2

_LONGEST = 100
_REMARK = re.compile(r"\s*\([^()]*[^\W\d_]{2}[^()]*\)\s*$")
_EXPECTED = "a number such as +32 2 555 12 34, or a national one and its country"


def parse(text: str, *, country: str = "") -> str:
    """Return a telephone number as E.164 ("+3225551234").

    Args:
        text: as the source writes it; an extension and a remark in brackets at the end are dropped.
        country: ISO 3166-1 alpha-3 code of the country whose national form it may be in; empty when it is not known.

    Raises:
        RecordError: it cannot be a number of that country or, without a country, is not in the international form.
    """
    import phonenumbers

    if len(text) > _LONGEST:
        raise RecordError("this is not a telephone number", found=text, expected=_EXPECTED)
    region = alpha2(country) if country else None
    try:
        number = phonenumbers.parse(_REMARK.sub("", text), region)
    except phonenumbers.NumberParseException:
        raise RecordError("this is not a telephone number", found=text, expected=_EXPECTED) from None
    if not phonenumbers.is_possible_number(number):
        raise RecordError("no telephone number has this length", found=text, expected=_EXPECTED)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def display(e164: str) -> str:
    """Return a number of E.164 as people read it internationally ("+32 2 555 12 34")."""
    import phonenumbers

    return phonenumbers.format_number(phonenumbers.parse(e164, None), phonenumbers.PhoneNumberFormat.INTERNATIONAL)
