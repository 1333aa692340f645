"""Taking values out of a row by the rules of source.yml, and remembering what was taken."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from essaim.pipeline.source_file import ValueRule


@dataclass(frozen=True)
class Taken:
    """One raw value with what stood beside it.

    Attributes:
        text: the value as the source wrote it.
        language: language said by the rule or by the field's key.
        unit: unit, currency or scheme.
        since, until, note: what stood in the fields beside it.
    """

    text: str
    language: str = ""
    unit: str = ""
    since: str = ""
    until: str = ""
    note: str = ""


@dataclass
class Taker:
    """Takes fields out of one row.

    Args:
        fields: the row's fields.
    """

    fields: Mapping[str, Any]
    touched: set[str] = field(default_factory=set)

    def at(self, path: str) -> Iterator[Any]:
        """Yield what stands at a dotted path; lists are followed into each item, `None` and empty text are nothing."""
        if path in self.fields:
            self.touched.add(path)
            yield from _leaves(self.fields[path])
            return
        head, _, rest = path.partition(".")
        self.touched.add(head)
        yield from _follow(self.fields.get(head), rest)

    def text(self, path: str) -> str:
        """Return the first value at a path as text, or empty."""
        return next((as_text(value) for value in self.at(path)), "") if path else ""

    def values(self, rule: ValueRule) -> Iterator[Taken]:
        """Yield every value that a rule takes."""
        beside = {
            "since": self.text(rule.since_from),
            "until": self.text(rule.until_from),
            "note": self.text(rule.note_from),
        }
        unit = self.text(rule.unit_from) or rule.unit
        language = self.text(rule.language_from) or rule.language
        if rule.constant:
            yield Taken(rule.constant, language, unit, **beside)
            return
        for value in self.at(rule.from_):
            if isinstance(value, Mapping):
                yield from _by_key(value, rule, unit, beside)
                continue
            for part in as_text(value).split(rule.separator) if rule.separator else [as_text(value)]:
                if part.strip():
                    yield Taken(part.strip(), language, unit, **beside)

    def left(self) -> set[str]:
        """Return the fields that no rule took, as top-level names."""
        return {name for name, value in self.fields.items() if name not in self.touched and value not in (None, "", [], {})}


def _by_key(value: Mapping[str, Any], rule: ValueRule, unit: str, beside: dict[str, str]) -> Iterator[Taken]:
    for key, item in value.items():
        for leaf in _leaves(item):
            if rule.languages == "keys":
                yield Taken(as_text(leaf), str(key), unit, **beside)
            elif rule.schemes:
                yield Taken(as_text(leaf), "", rule.schemes.get(str(key), str(key)), **beside)
            else:
                yield Taken(as_text(leaf), rule.language, unit, **beside)


def _follow(value: Any, path: str) -> Iterator[Any]:
    if not path:
        yield from _leaves(value)
    elif isinstance(value, list):
        for item in value:
            yield from _follow(item, path)
    elif isinstance(value, Mapping):
        if path in value:
            yield from _leaves(value[path])
        else:
            head, _, rest = path.partition(".")
            yield from _follow(value.get(head), rest) if rest else ()


def _leaves(value: Any) -> Iterator[Any]:
    if isinstance(value, list):
        for item in value:
            yield from _leaves(item)
    elif value not in (None, "", {}):
        yield value


def as_text(value: Any) -> str:
    """Return a leaf as text: whole floats without `.0`, yes and no in lower case."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()
