"""A fact sheet: the whole entry of a packaged thing as lines a page can show, each with certainty, notes and sources."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from django.utils.translation import get_language, gettext

from essaim.pages.facts import SOURCE_KEYS, PackagedThing, partial_date
from essaim.pages.own_words import Said, say
from essaim.pages.registry import kind
from essaim.pages.wording import alpha_2, country_name, language_name, number, precise_date

if TYPE_CHECKING:
    from essaim.pages.registry import Words

STRUCTURE = frozenset(SOURCE_KEYS) | {
    "id",
    "host",
    "unverified",
    "conflicts",
    "note",
    "notes",
    "date_precision",
    "names_unverified",
}
"""Keys that qualify other values; they show as marks, numbers and notes, never as lines of their own."""


@dataclass(frozen=True)
class Field:
    """How one key of the files is shown.

    Attributes:
        label: in the reader's language.
        shows: own (our English words), text (as the source has it), date, number, flag, code, country, language, party, url,
            or `thing:<kind>` (an id of another kind).
        words: for a code, the function that labels it.
    """

    label: Words
    shows: str = "text"
    words: Callable[[str], str] = str


Fields = Mapping[str, Field]


@dataclass(frozen=True)
class Shown:
    """One value as a page shows it.

    Attributes:
        text: the words.
        language: their language when it is not the page's.
        href: where it leads; a site path or an outside address.
        is_our_translation: True when we translated it.
        lines: the parts of a composed value.
        numbers: numbers of its own sources.
        note: the file's caution about it.
        certainty: sourced, unverified or disputed.
    """

    text: str = ""
    language: str = ""
    href: str = ""
    is_our_translation: bool = False
    lines: tuple[Line, ...] = ()
    numbers: tuple[int, ...] = ()
    note: Said | None = None
    certainty: str = "sourced"

    @property
    def is_external(self) -> bool:
        """True when it leads away from the site."""
        return self.href.startswith("http")


@dataclass(frozen=True)
class Line:
    """One key of the entry with its values."""

    key: str
    label: Words
    values: tuple[Shown, ...]
    certainty: str = "sourced"
    note: Said | None = None

    @property
    def is_our_translation(self) -> bool:
        """True when any of its values is our translation; told once for the line."""
        return any(shown.is_our_translation or any(line.is_our_translation for line in shown.lines) for shown in self.values)

    @property
    def is_list(self) -> bool:
        """True when its values are sentences or composed, so that each stands on a line of its own."""
        return len(self.values) > 1 and any(shown.lines or shown.numbers or len(shown.text) > 40 for shown in self.values)


@dataclass(frozen=True)
class Conflict:
    """A value of another source, to stand beside ours.

    Attributes:
        label: the field they disagree on.
        ours: the value this page shows.
        others: what other sources say.
        note: the file's words about it.
        numbers: numbers of the other sources.
    """

    label: Words
    ours: tuple[Shown, ...]
    others: tuple[str, ...]
    note: Said | None
    numbers: tuple[int, ...]


def no_party(name: str) -> Shown:
    """Show a body by its name alone, or a state by its name in the reader's language."""
    if alpha_2(name):
        return Shown(country_name(name), href=site_path(f"/countries/{name}"))
    said = say(name)
    return Shown(said.text, said.language, is_our_translation=True) if said.is_our_translation else Shown(name)


def site_path(address: str) -> str:
    """Put the reader's language in front of a site path."""
    return f"/{get_language() or 'en'}{address}"


def numbered(sources: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Number addresses of evidence in their order, each with a label short enough to read."""
    return [{"number": place, "label": short_address(source["url"]), **source} for place, source in enumerate(sources, 1)]


def short_address(url: str, most: int = 70) -> str:
    """Return an address as a reader can take it in: no scheme, nothing encoded, cut in the middle when long."""
    text = unquote(url.partition("://")[2]).removeprefix("www.").rstrip("/")
    return text if len(text) <= most else f"{text[: most - 22]}…{text[-20:]}"


class Sheet:
    """The entry of one thing, ready to show.

    Args:
        thing: the thing.
        fields: how its keys are shown; `parent.key` goes before `key`.
        shown_apart: keys that the page shows in a place of their own.
        party: how a name of a body is shown.
    """

    def __init__(
        self,
        thing: PackagedThing,
        fields: Fields,
        shown_apart: frozenset[str] = frozenset(),
        party: Callable[[str], Shown] = no_party,
    ) -> None:
        self.thing = thing
        self.fields = fields
        self.shown_apart = shown_apart
        self.party = party
        self._places = {key: place for place, key in enumerate(fields)}
        self._numbers = {source["url"]: place for place, source in enumerate(thing.sources, 1)}
        self._disputed = {str(item.get("field", "")).split(".")[0] for item in thing.conflicts}

    @property
    def sources(self) -> list[dict[str, Any]]:
        """Sources with their numbers; those not shown as links are evidence only."""
        return numbered(self.thing.sources)

    @property
    def lines(self) -> list[Line]:
        """Every line of the entry that has no place of its own on the page."""
        return list(self.lines_of(self.thing.facts, self.shown_apart))

    @property
    def notes(self) -> list[Said]:
        """Cautions about the whole, or about what has no line of its own."""
        keys = {line.key for line in self.lines}
        return [say(note["text"]) for note in self.thing.notes if note["about"] not in keys]

    @property
    def doubts(self) -> list[Words]:
        """Labels of the unverified fields."""
        return [self.field(name).label for name in self.thing.unverified]

    @property
    def conflicts(self) -> list[Conflict]:
        """Values of other sources beside ours."""
        return [self._conflict(item) for item in self.thing.conflicts if "field" in item]

    def field(self, key: str, parent: str = "") -> Field:
        """Return how a key is shown; one that nobody labelled is shown by its name, as our own words."""
        return self.fields.get(f"{parent}.{key}") or self.fields.get(key) or Field(key.replace("_", " "), "own")

    def lines_of(self, entry: Mapping[str, Any], skipped: frozenset[str] = frozenset(), parent: str = "") -> Iterator[Line]:
        """Yield the lines of an entry or of a part of it, in the order of the labels: PostgreSQL keeps no order of keys."""
        for key, value in sorted(entry.items(), key=lambda item: self._place(item[0], parent)):
            is_note = key.endswith("_note") and key.removesuffix("_note") in entry
            is_structure = key in STRUCTURE and not (parent and f"{parent}.{key}" in self.fields)
            if is_structure or is_note or key in skipped or key.endswith("_note"):
                continue
            field = self.field(key, parent)
            values = tuple(self.values(value, field, key, str(entry.get("date_precision", "")) if key == "date" else ""))
            note = entry.get(f"{key}_note")
            yield Line(key, field.label, values, self._certainty(key, entry, parent), say(note) if note else None)

    def _place(self, key: str, parent: str) -> tuple[int, str]:
        """Return what orders the keys: the place of their label, then their name."""
        places = self._places
        return places.get(f"{parent}.{key}", places.get(key, len(places))), key

    def _certainty(self, key: str, entry: Mapping[str, Any], parent: str) -> str:
        unverified = entry.get("unverified", [])
        if unverified and (not isinstance(unverified, list) or key in unverified):
            return "unverified"
        return "disputed" if not parent and key in self._disputed else "sourced"

    def values(self, value: Any, field: Field, key: str, precision: str = "") -> Iterator[Shown]:
        """Yield each value of a key."""
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, Mapping):
                yield self.group(item, key)
            else:
                yield self.one(item, field, precision)

    def group(self, entry: Mapping[str, Any], parent: str) -> Shown:
        """Show a composed value with its own sources and caution."""
        note = entry.get("note")
        doubt = "unverified" if entry.get("unverified") else "sourced"
        lines = tuple(self.lines_of(entry, parent=parent))
        return Shown(lines=lines, numbers=self.numbers_of(entry), note=say(note) if note else None, certainty=doubt)

    def numbers_of(self, entry: Mapping[str, Any]) -> tuple[int, ...]:
        """Return the numbers of the sources that stand in a part of the entry."""
        held = [entry.get(key, []) for key in SOURCE_KEYS]
        urls = [url for item in held for url in (item if isinstance(item, list) else [item])]
        return tuple(sorted({self._numbers[url] for url in urls if url in self._numbers}))

    def one(self, item: Any, field: Field, precision: str = "") -> Shown:
        """Show one simple value."""
        if isinstance(item, bool):
            return Shown(gettext("yes") if item else gettext("no"))
        if field.shows == "date":
            return Shown(precise_date(partial_date(item, precision)))
        if isinstance(item, int | float):
            return Shown(number(item))
        return self._text(str(item), field)

    def _text(self, item: str, field: Field) -> Shown:
        match field.shows.partition(":"):
            case ("own", _, _):
                said = say(item)
                return Shown(said.text, said.language, is_our_translation=said.is_our_translation)
            case ("code", _, _):
                return Shown(field.words(item))
            case ("country", _, _):
                return no_party(item)
            case ("language", _, _):
                return Shown(language_name(item))
            case ("party", _, _):
                return self.party(item)
            case ("url", _, _):
                return Shown(item, href=item if item.startswith("http") else f"https://{item}")
            case ("thing", _, name):
                found = kind(name).find(item)
                return Shown(found.title, found.titled.language, site_path(kind(name).address(item))) if found else Shown(item)
            case _:
                said = say(item)
                return Shown(said.text, said.language, is_our_translation=True) if said.is_our_translation else Shown(item)

    def _conflict(self, item: Mapping[str, Any]) -> Conflict:
        head, _, rest = str(item["field"]).partition(".")
        ours = self.thing.facts.get(head)
        if rest and isinstance(ours, Mapping):
            ours = ours.get(rest)
        field = self.field(rest or head, head if rest else "")
        label = f"{self.field(head).label}: {field.label}" if rest else field.label
        values = tuple(self.values(ours, field, head)) if ours is not None else ()
        others = tuple(precise_date(str(value)) for value in item.get("values", [item.get("other_value")]) if value is not None)
        return Conflict(label, values, others, say(item["note"]) if item.get("note") else None, self.numbers_of(item))
