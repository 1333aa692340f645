"""Read members.yaml into institutions, offices and counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import Model

from essaim.accounts.models import Institution, MembershipCount, Office
from essaim.pages.facts import Entry, common_columns, json_ready, partial_date

Type = Institution.Type


def read(documents: Mapping[str, Any], version: int) -> Iterator[Model]:
    """Yield every thing of the file, institutions first."""
    document = documents["members"]
    position = 0
    for group, type in (("members", Type.MEMBER), ("observers", Type.OBSERVER), ("partners", Type.PARTNER)):
        for entry in document[group]:
            position += 1
            yield institution(entry, type, position, version)
    for position, entry in enumerate(document["officers"], 1):
        yield office(entry, position, version)
    for position, entry in enumerate(document["counts_over_time"], 1):
        yield count(entry, position, version)


def institution(entry: Entry, type: str, position: int, version: int) -> Institution:
    """Build an institution; a date that is only known as "by then" is kept as such."""
    since = entry.get("since") or entry.get("since_year") or entry.get("since_at_latest")
    is_exact = "since" in entry or "since_year" in entry
    seen = [partial_date(date) for date in [*entry.get("seen", []), entry.get("last_seen")] if date]
    return Institution(
        id=entry["acronym"],
        record_key=f"members:{entry['acronym']}",
        titles=dict(entry["names"]),
        acronym=entry["acronym"],
        acronyms=dict(entry.get("acronyms", {})),
        type=type,
        since=partial_date(since),
        since_kind="" if not since else "since" if is_exact else "at_latest",
        last_seen=max(seen, default=""),
        is_founder=bool(entry.get("founder")),
        former_names=json_ready(entry.get("former_names", [])),
        website=entry.get("website", ""),
        **common_columns(entry, position, version),
    )


def office(entry: Entry, position: int, version: int) -> Office:
    """Build an office held."""
    at = partial_date(entry["at"])
    return Office(
        id=f"{entry['role']}-{entry['organisation']}-{at}",
        role=entry["role"],
        institution_id=entry["organisation"],
        person=entry.get("person", ""),
        at=at,
        **common_columns(entry, position, version),
    )


def count(entry: Entry, position: int, version: int) -> MembershipCount:
    """Build a count; two sources may count differently for the same month."""
    held = {key: entry[key] for key in ("members", "observers", "agencies_at_founding") if key in entry}
    date = partial_date(entry["date"])
    id = f"{date}-" + "-".join(f"{key}-{value}" for key, value in held.items())
    return MembershipCount(id=id, date=date, **held, **common_columns(entry, position, version))
