"""What a suggestion can be about: any thing that has a page, with the properties that can be suggested for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import get_language

from essaim.desk.suggestions import OTHER, RELEASED, Suggestion, people_source_id
from essaim.model.correction import uncorrected
from essaim.model.properties import ORGANISATION, WORK, Property
from essaim.pages.fact_sheet import site_path
from essaim.pages.registry import kinds
from essaim.pages.released.serving import find, path_of
from essaim.pages.served import served_release
from essaim.pages.wording import choose
from essaim.reference import codes

OF_ORGANISATIONS = (
    "name", "acronym", "alias", "former_name", "entity_type", "legal_form", "country", "region", "town", "address", "postcode",
    "scope", "website", "phone", "founded", "dissolved", "status", "sector", "activity", "members_count", "jobs", "turnover",
    "identifier",
)  # fmt: skip
OF_WORKS = ("title", "work_kind", "date", "year", "publisher", "series", "pages", "isbn", "issn", "doi", "work_language")
OF_OTHERS: dict[str, Property] = {"title": Property("title", "name"), OTHER: Property(OTHER, "text")}
ANYTHING = Property(OTHER, "text")


@dataclass(frozen=True)
class Subject:
    """A thing that a suggestion is about.

    Attributes:
        kind: name of its kind.
        id: a record key for what a release knows, an id else.
        public_id: the id that stands in addresses.
        title: in the reader's language.
        address: site path with language.
        properties: what can be suggested, by name.
        scopes: what it belongs to, for `may`.
        country: alpha-3 code where it has one country.
        document: the page document as the sources say it; empty for kinds of the database.
        all_ids: every id under which suggestions about it are kept.
    """

    kind: str
    id: str
    public_id: str
    title: str
    address: str
    properties: Mapping[str, Property]
    scopes: frozenset[str] = frozenset()
    country: str = ""
    document: Mapping[str, Any] = field(default_factory=dict)
    all_ids: tuple[str, ...] = ()


def subject_of(kind: str, id: str) -> Subject | None:
    """Return what a suggestion would be about; None when there is no such thing."""
    if "\0" in id:
        return None
    if kind in RELEASED:
        return _released(kind, id)
    known = next((one for one in kinds() if one.name == kind), None)
    found = known.find(id) if known else None
    if known is None or found is None:
        return None
    scopes = {f"country:{found.id}"} if kind == "country" else {f"institution:{found.id}"} if kind == "institution" else set()
    country = getattr(found, "country_id", "") or (found.id if kind == "country" else getattr(found, "country", ""))
    country = country if isinstance(country, str) and len(country) == 3 else ""
    return Subject(
        kind=kind,
        id=found.id,
        public_id=found.id,
        title=found.title,
        address=site_path(known.address(found.id)),
        properties=OF_OTHERS,
        scopes=frozenset(scopes | ({f"country:{country}"} if country else set())),
        country=country,
        all_ids=(found.id,),
    )


def _released(kind: str, id: str) -> Subject | None:
    release = served_release()
    document = find(release, kind, id) if release else None
    if document is None:
        return None
    bare = uncorrected(document, people_source_id())
    known, names = (ORGANISATION, OF_ORGANISATIONS) if kind == "organisation" else (WORK, OF_WORKS)
    countries = list(dict.fromkeys(value["value"] for value in document["values"].get("country", ())))
    networks = [told["other"]["id"] for told in document.get("memberships", ()) if told["direction"] == "in"]
    several_places = len(bare.get("sites", ())) > 1
    properties = {name: known[name] for name in names if not (several_places and name in ("address", "postcode"))}
    return Subject(
        kind=kind,
        id=document["record_keys"][0],
        public_id=document["id"],
        title=choose(document["titles"])[1],
        address=site_path(path_of(document)),
        properties=properties | {OTHER: ANYTHING},
        scopes=frozenset({f"country:{code}" for code in countries} | {f"network:{network}" for network in networks}),
        country=countries[0] if len(countries) == 1 else "",
        document=bare,
        all_ids=tuple(document["record_keys"]),
    )


def subject_of_suggestion(one: Suggestion) -> Subject | None:
    """Return what a suggestion is about; None when no page answers for it at present."""
    return subject_of(one.about_kind, one.about_id)


def address_of(kind: str, id: str) -> str:
    """Return the site path of a thing in the present language; of one without a page, the first page."""
    found = subject_of(kind, id)
    return found.address if found else f"/{get_language() or 'en'}/"


def choices_of(property: Property) -> list[str]:
    """Return the codes that a property may have; empty where any value may stand."""
    return list(codes(property.code_list)) if property.code_list else []
