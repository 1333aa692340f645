"""The shapes that the API asks for and answers with; its schema (OpenAPI) is made from them."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_noop
from ninja import Field, Schema

MOST = 200


class Paging(Schema):
    """Which part of a list."""

    offset: int = Field(0, ge=0, le=10_000_000, description=gettext_noop("How many items to pass over."))
    limit: int = Field(50, ge=1, le=MOST, description=gettext_noop("How many items at most; 200 is the most."))
    release: str = Field("", max_length=40, description=gettext_noop("Answer from this release; `next` names it."))


class Asked(Paging):
    """A search: words and filters as on the page of the search; several codes of one filter mean any of them."""

    q: str = Field("", max_length=500, description=gettext_noop("Words; in quotation marks a phrase."))
    country: list[str] = Field([], description=gettext_noop("Country, ISO 3166-1 alpha-3."))
    entity_type: list[str] = Field([], description=gettext_noop("Entity type."))
    sector: list[str] = Field([], description=gettext_noop("Sector, letter of ISIC Rev. 4."))
    network: list[str] = Field([], description=gettext_noop("Lasting id of a network."))
    source: list[str] = Field([], description=gettext_noop("Source that names it."))
    language: list[str] = Field([], description=gettext_noop("Language of a name or title, BCP 47."))
    words_in: str = Field("en", pattern="^(en|fr|es)$", description=gettext_noop("Language of titles and snippets."))


class AskedEverything(Asked):
    """A search over every kind."""

    kind: list[str] = Field([], description=gettext_noop("Kind of thing, such as organisation or work."))


class OnlyRelease(Schema):
    """Which release."""

    release: str = Field("", max_length=40, description=gettext_noop("Answer from this release instead of the served one."))


class Line(Schema):
    """One thing in a list."""

    id: str = Field(description="Lasting id.")
    kind: str
    titles: dict[str, str] = Field(description="Language (BCP 47, `und` when unknown) to title.")
    country: list[str] = Field(description="ISO 3166-1 alpha-3.")
    address: str = Field(description="Its page, in English.")
    url: str = Field(description="Its whole document in this API.")


class OrganisationLine(Line):
    """An organisation in a list."""

    entity_type: list[str]
    organisation_kind: list[str]
    sector: list[str]
    place_precision: str = Field(description="point, town, country or unknown.")
    members_total: int = Field(description="Members that this release names.")


class WorkLine(Line):
    """A work in a list."""

    work_kind: list[str]
    year: list[str]
    languages: list[str]
    authors: list[str]


class Page(Schema):
    """Part of a list."""

    items: list[dict[str, Any]]
    next: str | None = Field(description="Address of the next part; null at the end.")
    total: int = Field(description="How many there are in all.")


class Organisations(Page):
    """Part of a list of organisations."""

    items: list[OrganisationLine]  # type: ignore[assignment]


class Works(Page):
    """Part of a list of works."""

    items: list[WorkLine]  # type: ignore[assignment]


class Value(Schema):
    """One value with everything it carries."""

    value: str
    language: str = Field("", description="BCP 47, empty when it is not language.")
    since: str = ""
    until: str = ""
    certainty: str = Field(description="sourced, unverified or disputed.")
    original: str = Field("", description="As the source wrote it, when normalising changed it.")
    unit: str = Field("", description="Unit, currency, or scheme of an identifier.")
    note: str = ""
    sources: list[int] = Field(description="Numbers in `sources`.")


class Document(Schema):
    """Everything that a release knows of one thing."""

    id: str
    kind: str
    slug: str
    titles: dict[str, str]
    readable_ids: list[str]
    record_keys: list[str] = Field(description="The records that are held to be this thing.")
    values: dict[str, list[Value]] = Field(description="Property to values; two that differ stand side by side.")
    disputed: list[str] = Field(description="Properties on which sources disagree.")
    sources: list[dict[str, Any]] = Field(description="Numbered: source, record, position, evidence, licence, day of gathering.")
    history: list[dict[str, Any]] = Field(description="What happened to it, release by release.")


class OrganisationDocument(Document):
    """Everything that a release knows of an organisation."""

    names: list[dict[str, Any]]
    classifications: list[dict[str, Any]] = Field(description="Answer of each framework, with rule, version, reasons and data.")
    memberships: list[dict[str, Any]] = Field(description="Networks it is in.")
    members_total: int
    sites: list[dict[str, Any]]
    match: list[dict[str, Any]] = Field(description="Why its records are one: pairs, with the weight of each comparison in bits.")
    page_precision: str


class WorkDocument(Document):
    """Everything that a release knows of a work."""

    authors: list[str]
    expressions: list[dict[str, Any]] = Field(description="Titles by language.")
    locations: list[dict[str, Any]] = Field(description="Where it is listed; `is_shown` false: a copy, no link.")
    relations: list[dict[str, Any]] = Field(description="Versions and parts.")


class Found(Page):
    """Part of what a search found."""

    facets: dict[str, dict[str, int]] = Field(description="Filter to code to number, each filter left out of its own counts.")
    corrected: bool = Field(description="True when nothing had the words as typed, and near ones were taken.")


class ProblemDetails(Schema):
    """An error (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
