"""What this room makes known to the house: meetings, and the packaged facts about them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from essaim.coordination.models import Meeting
from essaim.coordination.persons import persons_named
from essaim.coordination.reading import read
from essaim.coordination.words import OWN_WORDS, kind_word
from essaim.pages.own_words import own_texts
from essaim.pages.registry import FactsFolder, Kind, Part, register, register_facts
from essaim.pages.sealed_copy import sealed_row
from essaim.pages.site_index import entry
from essaim.pages.thing_page import as_json
from essaim.pages.wording import precise_date
from essaim.text import Entry

FACTS = FactsFolder("coordination", Path(__file__).parent / "facts", ("meetings.yaml",), read, OWN_WORDS)


def register_all() -> None:
    """Make the room's facts and kinds known."""
    register_facts(FACTS)
    register(MEETING)


def address(id: str) -> str:
    """Return the site path of a meeting."""
    return f"/meetings/{id}"


def find(id: str) -> Meeting | None:
    """Find a meeting by its id in any case."""
    return Meeting.objects.filter(id__iexact=id).first()


def public_rows() -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the meetings; names of persons in them are withheld."""
    persons = persons_named()
    for meeting in Meeting.objects.all():
        yield "meeting", sealed_row(meeting, persons, date=meeting.date, form=meeting.form)


def search_entries() -> Iterator[Entry]:
    """Yield every meeting with what was on its table."""
    for meeting in Meeting.objects.all():
        facets = {"source": ["meetings"], "country": [meeting.country] if meeting.country else []}
        yield entry("meeting", meeting, facets, own_words=own_texts(meeting.facts, OWN_WORDS))


def country_part(iso3: str) -> list[Part]:
    """Return the meetings held in a country, newest first."""
    return [part(one) for one in Meeting.objects.filter(country=iso3).order_by("-date")]


def institution_part(id: str) -> list[Part]:
    """Return the meetings a source names an institution at, or that it organised, newest first."""
    roles = ("participants", "organisers", "conveners", "counterparts")
    named = [one for one in Meeting.objects.all() if any(id in one.facts.get(role, []) for role in roles)]
    named.sort(key=lambda one: one.known_by, reverse=True)
    return [part(one) for one in named]


def part(meeting: Meeting) -> Part:
    """Return a meeting as a line of another thing's page."""
    marks = (precise_date(meeting.known_by), kind_word(meeting.kind))
    return Part(meeting.title, meeting.titled.language, address(meeting.id), marks, meeting.certainty_of("date"))


def meeting_json(meeting: Meeting) -> dict[str, Any]:
    """Return a meeting as JSON-ready data."""
    return as_json(meeting, "meeting", number=meeting.number, meeting_kind=meeting.kind, date=meeting.date, form=meeting.form)


MEETING = Kind(
    name="meeting",
    letter="m",
    room="coordination",
    label=_("Meeting"),
    label_plural=_("Meetings"),
    address=address,
    public_rows=public_rows,
    search_entries=search_entries,
    count=Meeting.objects.count,
    find=find,
    as_json=meeting_json,
    country_part=country_part,
    country_label=_("Meetings held here"),
    institution_part=institution_part,
    institution_label=_("Meetings at which it is named"),
)
