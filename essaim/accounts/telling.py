"""Journal entries as sentences; the names in them are for those who take part, and for all where a mandate is public."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext

from essaim.accounts.acts import act_of
from essaim.accounts.chain import JournalEntry
from essaim.accounts.journal import scopes_of
from essaim.accounts.may import Standing
from essaim.accounts.people import Pseudonym
from essaim.accounts.scopes import Thing
from essaim.accounts.standing import Mandate
from essaim.accounts.why import institution_word, kind_word, role_word, scope_word
from essaim.pages.fact_sheet import site_path
from essaim.pages.frame import ROOMS
from essaim.pages.registry import kinds
from essaim.pages.wording import country_name, precise_date

if TYPE_CHECKING:
    from essaim.accounts.may import Anyone


@dataclass(frozen=True)
class Told:
    """One entry as the page shows it.

    Attributes:
        number: its place in the chain.
        at: when.
        sentence: what was done, by whom, for whom.
        about: the thing in words.
        address: site path of the thing's page, with language; empty when it has none.
        label: what the act is called.
        institution: for whom the person acted, in words; empty for none.
        changes: (property, before, after) of what differs, as text.
        seal: first signs of the hash.
        may_undo: True when the one who reads may undo it.
        is_undone: True when it was undone.
    """

    number: int
    at: datetime
    sentence: str
    about: str
    address: str
    label: str
    institution: str
    changes: tuple[tuple[str, str, str], ...]
    seal: str
    may_undo: bool
    is_undone: bool


class Teller:
    """Tells entries to one reader; names are read once for all of them."""

    def __init__(self, reader: Anyone, entries: Iterable[JournalEntry]) -> None:
        """Read the names that the entries need."""
        self.standing = Standing(reader)
        self.entries = list(entries)
        keys = {entry.by_key for entry in self.entries} | {str(entry.words.get("person", "")) for entry in self.entries}
        keys |= {entry.about_id for entry in self.entries if entry.about_kind == "person"}
        self.pseudonyms = {one.key: one for one in Pseudonym.objects.filter(key__in=keys - {""}).select_related("person")}
        self.public = set(Mandate.objects.in_force().values_list("person_id", flat=True))
        undone = JournalEntry.objects.filter(undoes__in=[entry.number for entry in self.entries])
        self.undone = set(undone.values_list("undoes", flat=True))

    def tell(self) -> list[Told]:
        """Return every entry as told, in the order given."""
        return [self._told(entry) for entry in self.entries]

    def name(self, key: str) -> str:
        """Name whom a key stands for, as far as the reader may know it."""
        if not key:
            return gettext("Essaim")
        found = self.pseudonyms.get(key)
        if found is None or found.is_erased:
            return gettext("an erased person")
        takes_part = self.standing.may_see_visibility("participants")
        person = found.person
        if person is None:
            return found.name if takes_part and found.name else gettext("a reader")
        is_public = person.pk in self.public and not person.is_hidden_on_request
        is_oneself = self.standing.person is not None and self.standing.person.pk == person.pk
        return str(person) if takes_part or is_public or is_oneself else gettext("a person")

    def _told(self, entry: JournalEntry) -> Told:
        act = act_of(entry.act)
        can = act.undo is not None and entry.number not in self.undone
        thing = Thing(entry.about_kind, entry.about_id, scopes_of(entry))
        return Told(
            number=entry.number,
            at=entry.at,
            sentence=str(act.sentence).format_map(_Words(self, entry)),
            about=self._about(entry),
            address=_address(entry),
            label=str(act.label),
            institution=institution_word(entry.for_institution) if entry.for_institution else "",
            changes=tuple(_changes(entry.before, entry.after)),
            seal=entry.hash[:12],
            may_undo=can and bool(self.standing.may(act.undo_verb, thing)),
            is_undone=entry.number in self.undone,
        )

    def _about(self, entry: JournalEntry) -> str:
        if entry.about_kind == "person":
            return self.name(entry.about_id)
        if entry.about_kind == "institution":
            return institution_word(entry.about_id)
        return f"{kind_word(entry.about_kind)} {entry.about_id}"


def room_word(name: str) -> str:
    """Name a room; institutions have no room of their own."""
    return str({room: label for room, label, _address in ROOMS}.get(name, gettext("Institutions")))


def _address(entry: JournalEntry) -> str:
    found = next((one for one in kinds() if one.name == entry.about_kind), None)
    return site_path(found.address(entry.about_id)) if found else ""


def _changes(before: Any, after: Any) -> Iterable[tuple[str, str, str]]:
    if not isinstance(before, Mapping) or not isinstance(after, Mapping):
        return
    for name in [*after, *(one for one in before if one not in after)]:
        if before.get(name) != after.get(name):
            yield name, _text(before.get(name)), _text(after.get(name))


def _text(value: Any) -> str:
    return "–" if value in (None, "", [], {}) else precise_date(value) if isinstance(value, str) else str(value)


class _Words(dict[str, str]):
    """What fills an act's sentence, put into words one by one; a gap shows as a dash."""

    def __init__(self, teller: Teller, entry: JournalEntry) -> None:
        self.teller, self.entry = teller, entry
        super().__init__({name: str(value) for name, value in entry.words.items() if value is not None})

    def __missing__(self, key: str) -> str:
        return "–"

    def __getitem__(self, key: str) -> str:
        if key == "by":
            return self.teller.name(self.entry.by_key)
        if key == "about":
            return self.teller._about(self.entry)
        if key == "act":
            return self.entry.act
        if key == "for":
            return institution_word(self.entry.for_institution)
        if key == "reach":
            return self["institution"] if self.get("institution") else scope_word(self.get("scope", ""))
        value = super().__getitem__(key)
        if value == "–":
            return value
        if key == "person":
            return self.teller.name(value)
        words = {
            "role": role_word,
            "room": room_word,
            "scope": scope_word,
            "institution": institution_word,
            "successor": institution_word,
        }
        words |= {"country": country_name, "since": precise_date, "until": precise_date}
        return words[key](value) if key in words else value
