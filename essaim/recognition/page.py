"""The page of an organisation: everything a release knows of it, in the order in which a reader asks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.utils.translation import get_language, gettext

from essaim.pages.released import forms, history, sources
from essaim.pages.released.corrections import correction_note
from essaim.pages.released.serving import path_of
from essaim.pages.released.values import Row, Shown, join, rows, site_address
from essaim.pages.released.words import code_label, property_label
from essaim.pages.wording import choose, country_name, language_name
from essaim.recognition.answers import Answer, answers
from essaim.recognition.networks import MEMBERS_PER_PAGE, Tie, countries_of, members_below, networks_above
from essaim.recognition.sameness import Pair, pairs

if TYPE_CHECKING:
    from essaim.release import Release

Document = Mapping[str, Any]
FACTS = (
    "kind", "entity_type", "legal_form", "legal_form_code", "founded", "dissolved", "status", "scope", "country", "region",
    "town", "website", "phone", "sector", "activity", "members_count", "jobs", "turnover", "identifier", "note",
)  # fmt: skip
LOOKED_FOR = frozenset({"legal_form", "founded", "members_count", "website", "town"})
"""What every source of organisations is read for: where none says it, the page says that it is not known."""
NAMES = ("name", "acronym", "alias", "former_name")


@dataclass(frozen=True)
class Site:
    """One place of an organisation, as precisely as a source knows it."""

    words: str
    country: str
    country_address: str
    longitude: float | None
    latitude: float | None
    precision: str
    sources: tuple[int, ...]


@dataclass(frozen=True)
class OrganisationPage:
    """What the template of an organisation shows, each part made when it is asked for.

    Attributes:
        document: the page document of the release.
        release: the release.
        members_page: which page of the members to show, from 1.
    """

    document: Document
    release: Release
    members_page: int = 1

    @property
    def address(self) -> str:
        """The canonical path in the reader's language."""
        return site_address(path_of(dict(self.document)))

    @property
    def title(self) -> str:
        """The name in the reader's language, or the best there is."""
        return choose(self.document["titles"])[1]

    @property
    def title_language(self) -> str:
        """Language of the title, empty when it is the page's or unknown."""
        code = choose(self.document["titles"])[0]
        return "" if code in ("und", get_language()) else code

    @cached_property
    def other_titles(self) -> list[dict[str, str]]:
        """The names in other languages, each text once."""
        found = {self.title: ""}
        for language, title in self.document["titles"].items():
            found.setdefault(title, language)
        return [
            {"text": text, "language": "" if code == "und" else code, "language_name": language_name(code)}
            for text, code in found.items()
            if code
        ]

    @cached_property
    def tags(self) -> list[dict[str, str]]:
        """Entity type, kind and acronym as short words; the first two lead to the search."""
        told = []
        for name, list_name in (("entity_type", "entity_types"), ("sector", "sectors")):
            for value in self.document["values"].get(name, ())[:4]:
                asked = urlencode({"kind": "organisation", name: value["value"]})
                told.append({"label": code_label(list_name, value["value"]), "address": site_address(f"/search/?{asked}")})
        return told

    @cached_property
    def crumbs(self) -> list[dict[str, str]]:
        """The way here: room, list, country where one is known."""
        told = [
            {"label": gettext("Recognition"), "address": site_address("/recognition/")},
            {"label": gettext("Organisations"), "address": site_address("/organisations/")},
        ]
        countries = countries_of(self.document)
        if len(countries) == 1:
            told.append({"label": country_name(countries[0]), "address": site_address(f"/countries/{countries[0]}")})
        return [*told, {"label": self.title, "address": ""}]

    @cached_property
    def answers(self) -> list[Answer]:
        """Is it part of the social and solidarity economy, by whose word."""
        return answers(self.document)

    @cached_property
    def names(self) -> list[Row]:
        """Every name with its language, certainty and sources."""
        return [row for kind in NAMES if (row := self._names_of(kind)).values]

    def _names_of(self, kind: str) -> Row:
        told = [name for name in self.document["names"] if name["kind"] == kind]
        return Row(kind, property_label(kind), tuple(_name(name) for name in told))

    @cached_property
    def facts(self) -> list[Row]:
        """Every name, every property that has values, and those that were looked for."""
        return self.names + rows(self.document, FACTS, LOOKED_FOR)

    @cached_property
    def sites(self) -> list[Site]:
        """Where it is."""
        return [_site(site) for site in self.document["sites"]]

    @property
    def main_site(self) -> Site | None:
        """The place drawn on the small map: the one known most closely."""
        order = ("point", "town", "country", "unknown")
        return min(self.sites, key=lambda site: order.index(site.precision), default=None)

    @cached_property
    def networks(self) -> list[Tie]:
        """The networks above."""
        return networks_above(self.document, self.release)

    @cached_property
    def _members(self) -> tuple[list[Tie], int]:
        return members_below(self.document, self.release, self.members_page)

    @property
    def members(self) -> list[Tie]:
        """One page of the members below."""
        return self._members[0]

    @property
    def last_members_page(self) -> int:
        """How many pages of members there are, at least one."""
        return max(1, -(-self._members[1] // MEMBERS_PER_PAGE))

    @property
    def former_members_page(self) -> int | None:
        """The page of members before this one."""
        return self.members_page - 1 if self.members_page > 1 else None

    @property
    def next_members_page(self) -> int | None:
        """The page of members after this one."""
        return self.members_page + 1 if self.members_page < self.last_members_page else None

    @cached_property
    def pairs(self) -> list[Pair]:
        """Why its records are one."""
        return pairs(self.document)

    @cached_property
    def events(self) -> list[dict[str, str]]:
        """Its history over the releases."""
        return history.events(self.document)

    @cached_property
    def sources(self) -> list[sources.Source]:
        """The numbered sources."""
        return sources.numbered(self.document, self.release)

    @property
    def citation(self) -> str:
        """How to cite the page."""
        return sources.citation(self.document, self.release)

    @property
    def machine_address(self) -> str:
        """The lasting address for people and machines."""
        return sources.machine_address("organisation", self.document["id"])

    @property
    def forms(self) -> list[forms.Other]:
        """The machine forms of the page."""
        return forms.others(self.address)

    @property
    def description(self) -> str:
        """One sentence for search engines and previews."""
        types = [code_label("entity_types", value["value"]) for value in self.document["values"].get("entity_type", ())]
        places = [country_name(code) for code in countries_of(self.document)]
        return " · ".join([self.title, *types, *places])


def _name(name: Mapping[str, Any]) -> Shown:
    language = "" if name["language"] in ("und", "") else name["language"]
    return Shown(
        name["value"],
        language,
        name["certainty"],
        tuple(name["sources"]),
        join([note for note in (f"({language_name(language)})" if language else "", correction_note(name, _said)) if note], " "),
    )


def _said(name: Mapping[str, Any]) -> str:
    return str(name["value"])


def _site(site: Mapping[str, Any]) -> Site:
    street = ", ".join(
        part for part in (site.get("address"), " ".join(filter(None, (site.get("postcode"), site.get("town"))))) if part
    )
    country = site.get("country", "")
    return Site(
        street,
        country,
        site_address(f"/countries/{country}") if country else "",
        site["longitude"],
        site["latitude"],
        site["place_precision"],
        tuple(site["sources"]),
    )
