"""From a raw value to a normalised one: each kind of value goes to the module of `values` that knows it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from essaim import reference
from essaim.errors import RecordError
from essaim.model.properties import Property
from essaim.pipeline.normalise.take import Taken
from essaim.pipeline.source_file import ValueRule
from essaim.values import countries, dates, domains, identifiers, languages, names, numbers, phones
from essaim.values import money as values_money


@dataclass(frozen=True)
class Context:
    """What a record knows that helps to read its values: its country (ISO alpha-3) and its source's language (BCP 47)."""

    country: str = ""
    language: str = ""


@dataclass(frozen=True)
class Parsed:
    """A normalised value with what stood beside it, normalised too; an empty value says nothing."""

    value: str
    language: str = ""
    unit: str = ""
    since: str = ""
    until: str = ""
    certainty: str = ""


def parse(property: Property, rule: ValueRule, taken: Taken, context: Context) -> Parsed:
    """Normalise one value of one property.

    Raises:
        RecordError: it cannot be a value of that kind, or its word is not in the source's list of words.
    """
    text = taken.text
    if rule.values:
        if text not in rule.values:
            raise RecordError(
                "a word that the source file does not know", found=text, expected=f"one of {', '.join(rule.values)}"
            )
        text = rule.values[text]
        if not text:
            return Parsed("")
    if rule.source:
        return Parsed(f"{rule.source}:{text}")
    value, unit = _PARSERS[property.kind](text, property, taken, rule, context)
    language = languages.parse(taken.language) if taken.language else ""
    return Parsed(
        value,
        language=language,
        unit=unit,
        since=_date(taken.since, rule) if taken.since else "",
        until=_date(taken.until, rule) if taken.until else "",
    )


def _date(text: str, rule: ValueRule) -> str:
    return dates.parse(text, is_day_first=rule.day_first).iso


def _name(text: str, property: Property, taken: Taken, rule: ValueRule, context: Context) -> tuple[str, str]:
    return names.parse(text), ""


def _text(text: str, property: Property, taken: Taken, rule: ValueRule, context: Context) -> tuple[str, str]:
    return " ".join(text.split()), taken.unit


def _code(text: str, property: Property, taken: Taken, rule: ValueRule, context: Context) -> tuple[str, str]:
    known = reference.codes(property.code_list) if property.code_list else ()
    if known and text not in known:
        raise RecordError(f"an unknown {property.name.replace('_', ' ')}", found=text, expected=f"one of {', '.join(known)}")
    return text, ""


def _country(text: str, property: Property, taken: Taken, rule: ValueRule, context: Context) -> tuple[str, str]:
    return countries.parse(text), ""


def _when(text: str, property: Property, taken: Taken, rule: ValueRule, context: Context) -> tuple[str, str]:
    return _date(text, rule), ""


def _count(text: str, property: Property, taken: Taken, rule: ValueRule, context: Context) -> tuple[str, str]:
    return str(numbers.parse_count(text)), taken.unit


def _money(text: str, property: Property, taken: Taken, rule: ValueRule, context: Context) -> tuple[str, str]:
    money = values_money.parse(text, currency=taken.unit)
    return f"{money.amount:f}", money.currency


def _url(text: str, property: Property, taken: Taken, rule: ValueRule, context: Context) -> tuple[str, str]:
    return domains.parse(text), ""


def _phone(text: str, property: Property, taken: Taken, rule: ValueRule, context: Context) -> tuple[str, str]:
    return phones.parse(text, country=context.country), ""


def _identifier(text: str, property: Property, taken: Taken, rule: ValueRule, context: Context) -> tuple[str, str]:
    found = identifiers.parse(text, taken.unit)
    return found.value, found.scheme


def _coordinate(text: str, property: Property, taken: Taken, rule: ValueRule, context: Context) -> tuple[str, str]:
    # Degrees are never written with thousands: a lone comma or point is the decimal mark.
    return f"{numbers.parse(text, decimal_mark=',' if ',' in text else '.'):f}", ""


def _language(text: str, property: Property, taken: Taken, rule: ValueRule, context: Context) -> tuple[str, str]:
    return languages.parse(text), ""


_Parser = Callable[[str, Property, Taken, ValueRule, Context], tuple[str, str]]
_PARSERS: dict[str, _Parser] = {
    "text": _text,
    "name": _name,
    "code": _code,
    "country": _country,
    "date": _when,
    "count": _count,
    "money": _money,
    "url": _url,
    "phone": _phone,
    "identifier": _identifier,
    "coordinate": _coordinate,
    "language": _language,
}
