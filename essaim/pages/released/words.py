"""The properties, names, events and dates of a release's documents in the reader's words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import get_language, gettext, gettext_lazy, pgettext, pgettext_lazy

from essaim import reference
from essaim.model.properties import MEMBERSHIP, ORGANISATION, WORK
from essaim.pages.wording import precise_date

if TYPE_CHECKING:
    from essaim.pages.registry import Words

PROPERTIES: dict[str, Words] = {
    "name": gettext_lazy("Name"),
    "acronym": gettext_lazy("Acronym"),
    "alias": gettext_lazy("Other name"),
    "former_name": gettext_lazy("Former name"),
    "kind": pgettext_lazy("of an organisation", "Kind"),
    "entity_type": gettext_lazy("Entity type"),
    "legal_form": gettext_lazy("Legal form"),
    "legal_form_code": gettext_lazy("Code of the legal form"),
    "country": gettext_lazy("Country"),
    "region": gettext_lazy("Region"),
    "scope": pgettext_lazy("how far a body reaches", "Reach"),
    "town": gettext_lazy("Town"),
    "place": gettext_lazy("Place"),
    "address": pgettext_lazy("of a building", "Address"),
    "postcode": gettext_lazy("Postcode"),
    "longitude": gettext_lazy("Longitude"),
    "latitude": gettext_lazy("Latitude"),
    "website": gettext_lazy("Website"),
    "phone": gettext_lazy("Telephone"),
    "founded": gettext_lazy("Founded"),
    "dissolved": gettext_lazy("Dissolved"),
    "status": gettext_lazy("Status"),
    "sector": gettext_lazy("Sector"),
    "activity": gettext_lazy("Activity"),
    "identifier": gettext_lazy("Identifiers"),
    "members_count": pgettext_lazy("how many", "Members"),
    "jobs": gettext_lazy("Jobs"),
    "turnover": gettext_lazy("Turnover"),
    "note": gettext_lazy("Note"),
    "title": gettext_lazy("Title"),
    "work_kind": gettext_lazy("Kind of work"),
    "author": gettext_lazy("Author"),
    "year": gettext_lazy("Year"),
    "date": gettext_lazy("Date"),
    "publisher": gettext_lazy("Publisher"),
    "series": gettext_lazy("Series"),
    "pages": pgettext_lazy("of a book", "Pages"),
    "isbn": gettext_lazy("ISBN"),
    "issn": gettext_lazy("ISSN"),
    "doi": gettext_lazy("DOI"),
    "hal": gettext_lazy("HAL"),
    "subject": gettext_lazy("Subjects"),
    "sdg": gettext_lazy("Sustainable Development Goals"),
    "work_language": gettext_lazy("Languages"),
    "location": gettext_lazy("Where it is listed"),
    "norm": gettext_lazy("Norm"),
    "law": gettext_lazy("Law or policy"),
    "version_of": gettext_lazy("Version of"),
    "part_of": gettext_lazy("Part of"),
    "same_as": gettext_lazy("Same as"),
    "member": pgettext_lazy("an organisation", "Member"),
    "network": gettext_lazy("Network"),
    "role": gettext_lazy("Role"),
    "since": gettext_lazy("Since"),
    "until": gettext_lazy("Until"),
    "seen": gettext_lazy("Seen"),
}
EVENTS: dict[str, Words] = {
    "new": gettext_lazy("First seen in this release"),
    "changed": gettext_lazy("What is known of it changed"),
    "merged": gettext_lazy("Another page was found to be the same and leads here now"),
    "split": gettext_lazy("Was part of another page before"),
}
RELATIONS: dict[str, Words] = {
    "version_of": gettext_lazy("Version of"),
    "has_version": gettext_lazy("Other version"),
    "part_of": gettext_lazy("Part of"),
    "has_part": gettext_lazy("Holds"),
}
KNOWN = ORGANISATION | WORK | MEMBERSHIP


def property_label(name: str) -> str:
    """Name a property; one that has no words is named as it stands."""
    return str(PROPERTIES.get(name, name.replace("_", " ")))


def code_label(list_name: str, code: str) -> str:
    """Name a code of a list of `reference` in the reader's language; an unknown one is said as it stands."""
    return reference.label(list_name, code, get_language() or "en")


def period(since: str, until: str) -> str:
    """Say from when and until when a value holds, no more precisely than known; empty when neither is known."""
    if since and since == until:
        return on(since)
    if since and until:
        return f"{_since(since)} {_until(until)}"
    return _since(since) if since else _until(until)


def on(date: str) -> str:
    """Say when: on a day, or in a month or year; languages differ in the word before."""
    words = pgettext("a day", "on {date}") if _is_day(date) else gettext("in {date}")
    return words.format(date=precise_date(date))


def seen(date: str) -> str:
    """Say when a source shows something that does not say since when it is so."""
    words = pgettext("a day", "seen on {date}") if _is_day(date) else gettext("seen in {date}")
    return words.format(date=precise_date(date))


def _since(date: str) -> str:
    words = pgettext("a day", "since {date}") if _is_day(date) else gettext("since {date}")
    return words.format(date=precise_date(date)) if date else ""


def _until(date: str) -> str:
    words = pgettext("a day", "until {date}") if _is_day(date) else gettext("until {date}")
    return words.format(date=precise_date(date)) if date else ""


def _is_day(date: str) -> bool:
    return len(date) == 10
