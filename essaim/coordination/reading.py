"""Read meetings.yaml into meetings, other parties and remarks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import Model

from essaim.coordination.models import Meeting, OtherParty, Remark
from essaim.pages.facts import Entry, common_columns, partial_date


def read(documents: Mapping[str, Any], version: int) -> Iterator[Model]:
    """Yield every thing of the file."""
    document = documents["meetings"]
    for position, entry in enumerate(document["meetings"], 1):
        yield meeting(entry, position, version)
    for position, entry in enumerate(document["others"], 1):
        yield other_party(entry, position, version)
    for position, entry in enumerate(document["facts"], 1):
        columns = common_columns(entry, position, version)
        yield Remark(id=f"remark-{position}", text=entry["fact"], titles={"en": entry["fact"]}, **columns)


def meeting(entry: Entry, position: int, version: int) -> Meeting:
    """Build a meeting; one without a name of its own is named by its kind and number when shown."""
    place = entry.get("place", {})
    return Meeting(
        id=entry["id"],
        titles=dict(entry.get("name", {})),
        number=entry.get("number"),
        kind=entry["kind"],
        date=partial_date(entry.get("date"), entry.get("date_precision", "")),
        date_end=partial_date(entry.get("date_end")),
        date_published=partial_date(entry.get("date_published")),
        city=place.get("city", ""),
        country=place.get("country", ""),
        form=form(entry),
        status=entry.get("status", ""),
        **common_columns(entry, position, version),
    )


def form(entry: Entry) -> str:
    """Tell how people met; a place alone means in person."""
    if entry.get("hybrid"):
        return "hybrid"
    if entry.get("virtual"):
        return "virtual"
    return "in_person" if "place" in entry else ""


def other_party(entry: Entry, position: int, version: int) -> OtherParty:
    """Build another party."""
    return OtherParty(
        id=entry["name"],
        titles={"und": entry["name"]},
        what=entry["what"],
        ref=entry.get("ref", ""),
        country=entry.get("country", ""),
        **common_columns(entry, position, version),
    )
