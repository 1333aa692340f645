"""The registry of kinds and of packaged facts: how a lower floor, and the one search, reach what the rooms keep."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from essaim.errors import ConfigurationError

if TYPE_CHECKING:
    from django.db.models import Model
    from django.utils.functional import _StrPromise

    from essaim.text import Entry

    Words: TypeAlias = str | _StrPromise


@dataclass(frozen=True)
class Part:
    """One line that a room brings to the page of a country or an institution.

    Attributes:
        title: as shown.
        language: language of the title.
        address: site path without language.
        marks: short words beside it: date, kind, status.
        certainty: sourced, unverified or disputed.
    """

    title: str
    language: str
    address: str
    marks: tuple[str, ...] = ()
    certainty: str = "sourced"


@dataclass(frozen=True)
class Kind:
    """One kind of thing that the database keeps.

    Attributes:
        name: singular, as in search filters: `instrument`.
        letter: first letter of its lasting ids.
        room: the room that keeps it.
        label: one of it, in the reader's language.
        label_plural: many of it.
        address: id to site path without language.
        public_rows: (table, JSON-ready row) of everything public, for the sealed copy; see `model.schema.SEALED_COLUMNS`.
        search_entries: what the site's index holds of it.
        count: how many there are.
        find: id to thing, None when there is none.
        as_json: a thing (the room's own object) as JSON-ready data.
        country_part: alpha-3 code to the lines of that country's page.
        country_label: heading of those lines.
        institution_part: id of an institution to the lines of that institution's page.
        institution_label: heading of those lines.
    """

    name: str
    letter: str
    room: str
    label: Words
    label_plural: Words
    address: Callable[[str], str]
    public_rows: Callable[[], Iterable[tuple[str, dict[str, Any]]]]
    search_entries: Callable[[], Iterable[Entry]]
    count: Callable[[], int]
    find: Callable[[str], Any]
    as_json: Callable[[Any], dict[str, Any]]
    country_part: Callable[[str], list[Part]] = lambda iso3: []
    country_label: Words = ""
    institution_part: Callable[[str], list[Part]] = lambda id: []
    institution_label: Words = ""


@dataclass(frozen=True)
class FactsFolder:
    """The packaged facts of one room.

    Attributes:
        room: the room's label.
        folder: holds `VERSION` and the YAML files.
        files: the files that are loaded into the database, in order.
        read: (documents by file, version) to unsaved things, each table after those it refers to.
        own_word_keys: keys whose text is in our own English words and may be translated.
    """

    room: str
    folder: Path
    files: tuple[str, ...]
    read: Callable[[Mapping[str, Any], int], Iterable[Model]]
    own_word_keys: frozenset[str] = field(default=frozenset())


_kinds: dict[str, Kind] = {}
_folders: dict[str, FactsFolder] = {}


def register(kind: Kind) -> None:
    """Make a kind known; a room does so once, in its `AppConfig.ready()`.

    Raises:
        ConfigurationError: another kind has the name or the letter.
    """
    for other in _kinds.values():
        if kind.name == other.name or kind.letter == other.letter:
            raise ConfigurationError(
                "two kinds share a name or a letter",
                where=f"room {kind.room}",
                found=f"{kind.name} ({kind.letter})",
                expected=f"another than {other.name} ({other.letter}) of room {other.room}",
                next_step="Choose another in the room's kinds module",
            )
    _kinds[kind.name] = kind


def kinds() -> list[Kind]:
    """Return every kind, in the order of registration."""
    return list(_kinds.values())


def kind(name: str) -> Kind:
    """Return one kind.

    Raises:
        KeyError: no room registered it.
    """
    return _kinds[name]


def register_facts(folder: FactsFolder) -> None:
    """Make a room's packaged facts known to `load_facts`."""
    _folders[folder.room] = folder


def facts_folders() -> list[FactsFolder]:
    """Return the rooms' packaged facts, in the order of registration."""
    return list(_folders.values())


def facts_folder(room: str) -> FactsFolder:
    """Return one room's packaged facts.

    Raises:
        KeyError: the room has none.
    """
    return _folders[room]
