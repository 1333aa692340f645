"""Money is an exact amount in a currency that somebody named."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given

from essaim.errors import RecordError
from essaim.values import money
from tests.values.hypothesis_texts import of


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1.234.567,50 EUR", "1234567.50 EUR"),
        ("€ 12", "12 EUR"),
        ("12 €", "12 EUR"),
        ("R$ 1.000,00", "1000.00 BRL"),
        ("USD 1,000,000", "1000000 USD"),
        ("1 000 FCFA", "1000 XOF"),
        ("-5.25 EUR", "-5.25 EUR"),
    ],
)
def test_amounts_in_usual_spellings_are_read(text: str, amount: str) -> None:
    assert str(money.parse(text)) == amount


def test_the_source_may_say_the_currency_and_the_mark() -> None:
    assert money.parse(5.5, currency="cad") == money.Money(Decimal("5.5"), "CAD")
    assert money.parse("1.234", currency="EUR", decimal_mark=",") == money.Money(Decimal(1234), "EUR")
    assert money.parse("12 USD", currency="EUR").currency == "USD"


@pytest.mark.parametrize("text", ["$5", "12 kr", "12", "EUR", "", "EUR 12 USD", "12.345 EUR", "12 XYZ"])
def test_unknown_shared_or_missing_currencies_are_refused(text: str) -> None:
    with pytest.raises(RecordError):
        money.parse(text)


def test_a_reader_sees_the_amount_in_their_language() -> None:
    assert money.parse("1234.50 EUR").display("fr") == "1\u202f234,50\xa0€"


@given(of("0123456789., -", "EUR", "€", "R$"))
def test_normalising_twice_is_normalising_once_and_nothing_else_is_raised(text: str) -> None:
    try:
        amount = money.parse(text)
    except RecordError:
        return
    assert money.parse(str(amount), decimal_mark=".") == amount
