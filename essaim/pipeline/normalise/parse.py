"""From a raw value to a normalised one: each kind of value goes to the module of `values` that knows it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from essaim import reference
from essaim.errors import RecordError
from essaim.model.properties import Property
from essaim.pipeline.normalise.take import Taken
from essaim.pipeline.source_file import ValueRule
from essaim.values import countries, dates, domains, identifiers, languages, names, numbers, phones, places


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
            raise RecordError("a word that the source file does not know", found=text, expected=f"one of {', '.join(rule.values)}")
        text = rule.values[text]
        if not text:
            return Parsed("")
    if rule.source:
        return Parsed(f"{rule.source}:{text}")
    value, unit = _PARSERS[property.kind](text, property, taken, rule, context)
    language = languages.parse(taken.language).tag if taken.language else ""
    return Parsed(
        value,
        language=language,
        unit=unit,
        since=_date(taken.since, rule) if taken.since else "",
        until=_date(taken.until, rule) if taken.until else "",
    )
