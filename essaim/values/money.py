"""Money: an exact amount in a currency of ISO 4217."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from essaim.errors import RecordError
from essaim.values import numbers

# Signs that one currency alone uses; "$", "kr" or "£" without more could be several and need the source's word.
_SIGNS = {
    "€": "EUR",
    "₹": "INR",
    "₦": "NGN",
    "₱": "PHP",
    "₫": "VND",
    "₩": "KRW",
    "₴": "UAH",
    "₺": "TRY",
    "R$": "BRL",
    "US$": "USD",
}
_SIGNS |= {"CA$": "CAD", "A$": "AUD", "NZ$": "NZD", "FCFA": "XOF", "zł": "PLN", "₡": "CRC", "₲": "PYG", "₪": "ILS", "฿": "THB"}
_FRAMED = re.compile(r"(?P<before>[^\d\s+-][^\d+-]*?)?\s*(?P<amount>[+-]?\d.*?)\s*(?P<after>[^\d\s.,'’]+)?", re.DOTALL)
_LONGEST = 200


@dataclass(frozen=True)
class Money:
    """An amount in a currency.

    Attributes:
        amount: exact, in the currency's main unit.
        currency: ISO 4217 code.
    """

    amount: Decimal
    currency: str

    def __str__(self) -> str:
        return f"{self.amount:f} {self.currency}"

    def display(self, language: str) -> str:
        """Return the amount as a reader of a language writes it."""
        from babel.numbers import format_currency

        return format_currency(self.amount, self.currency, locale=language.replace("-", "_"))


def parse(value: object, *, currency: str = "", decimal_mark: str = "") -> Money:
    """Read an amount of money.

    Args:
        value: a number, or text with or without the currency ("1.234.567,50 EUR", "€ 12", "R$ 1.000,00").
        currency: the source's currency where the amount does not name one; a currency that stands there wins.
        decimal_mark: "." or "," where the source's is known.

    Raises:
        RecordError: no number, no currency, an unknown one, or an amount that reads two ways.
    """
    if not isinstance(value, str):
        return Money(numbers.parse(value), _currency(currency, value))
    match = _FRAMED.fullmatch(value.strip()) if len(value) < _LONGEST else None
    if not match:
        raise RecordError("this is not an amount of money", found=value, expected='an amount and a currency, "1234.50 EUR"')
    beside = [part.strip() for part in (match["before"], match["after"]) if part]
    if len(beside) > 1:
        raise RecordError("two currencies stand beside one amount", found=value, expected="one currency")
    code = _currency(beside[0] if beside else currency, value)
    return Money(numbers.parse(match["amount"], decimal_mark=decimal_mark), code)


def _currency(text: str, value: object) -> str:
    code = _SIGNS.get(text) or text.upper().strip(".")
    if code not in _currencies():
        raise RecordError("unknown currency", found=text or str(value), expected="a currency code of ISO 4217, such as EUR")
    return code


@cache
def _currencies() -> frozenset[str]:
    import pycountry

    return frozenset(currency.alpha_3 for currency in pycountry.currencies)
