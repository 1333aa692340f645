"""What this room makes known to the house: institutions, and the packaged facts about them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from essaim.accounts.models import Institution, MembershipCount, Office
from essaim.accounts.reading import read
from essaim.accounts.words import OWN_WORDS
from essaim.pages.own_words import own_texts
from essaim.pages.registry import FactsFolder, Kind, register, register_facts
from essaim.pages.sealed_copy import sealed_row
from essaim.pages.site_index import entry
from essaim.pages.thing_page import as_json
from essaim.text import Entry

FACTS = FactsFolder("accounts", Path(__file__).parent / "facts", ("members.yaml",), read, OWN_WORDS)


def register_all() -> None:
    """Make the room's facts and kinds known."""
    register_facts(FACTS)
    register(INSTITUTION)


def address(id: str) -> str:
    """Return the site path of an institution."""
    return f"/institutions/{id}"


def find(id: str) -> Institution | None:
    """Find an institution by its id in any case, or by the record key the pipeline knows it by."""
    return Institution.objects.filter(id__iexact=id.removeprefix("members:")).first()


def public_rows() -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield institutions, the task force itself with its counts, and who sat in it how; offices without persons."""
    for institution in Institution.objects.all():
        yield "institution", sealed_row(institution, record_key=institution.record_key, type=institution.type)
    counts = [sealed_row(count)["facts"] for count in MembershipCount.objects.all()]
    if counts:
        yield "body", {"id": "UNTFSSE", "titles": {"und": "UNTFSSE"}, "facts": {"counts_over_time": counts}}
    for institution in Institution.objects.exclude(type=Institution.Type.PARTNER):
        known = {"since": institution.since, "since_kind": institution.since_kind, "last_seen": institution.last_seen}
        yield "body_member", sealed_row(institution, body="UNTFSSE", institution=institution.id, role=institution.type, **known)
    for office in Office.objects.all():
        yield "body_member", sealed_row(office, body="UNTFSSE", institution=office.institution_id)


def search_entries() -> Iterator[Entry]:
    """Yield every institution with its acronyms and former names."""
    for institution in Institution.objects.all():
        names: list[tuple[str, ...]] = [("und", institution.acronym, "acronym")]
        names += [(language, acronym, "acronym") for language, acronym in institution.acronyms.items()]
        for former in institution.former_names:
            names += [(language, name, "former_name") for language, name in former.get("name", {}).items()]
            names += [(language, name, "former_name") for language, name in former.get("acronym", {}).items()]
        yield entry("institution", institution, {"source": ["members"]}, names, own_texts(institution.facts, OWN_WORDS))


def institution_json(institution: Institution) -> dict[str, Any]:
    """Return an institution as JSON-ready data, with the offices it held."""
    offices = [{"role": office.role, "person": office.person, "at": office.at} for office in institution.offices.all()]
    return as_json(institution, "institution", record_keys=[institution.record_key], type=institution.type, offices=offices)


INSTITUTION = Kind(
    name="institution",
    letter="b",
    room="accounts",
    label=_("Institution"),
    label_plural=_("Institutions"),
    address=address,
    public_rows=public_rows,
    search_entries=search_entries,
    count=Institution.objects.count,
    find=find,
    as_json=institution_json,
)
