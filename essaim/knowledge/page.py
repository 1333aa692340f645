"""The page of a work: titles by language, authors, what it is about, where it is listed, doubts and sources."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.utils.translation import get_language, gettext

from essaim.pages.released import forms, history, sources
from essaim.pages.released.corrections import correction_note
from essaim.pages.released.notes import note_html
from essaim.pages.released.serving import path_of
from essaim.pages.released.values import Row, Shown, join, rows, site_address
from essaim.pages.released.words import RELATIONS, code_label, property_label
from essaim.pages.wording import choose, language_name
from essaim.reference import is_readers_link

if TYPE_CHECKING:
    from essaim.release import Release

Document = Mapping[str, Any]
FACTS = (
    "work_kind", "date", "year", "publisher", "series", "pages", "work_language", "isbn", "issn", "doi", "hal", "subject", "sdg",
    "country", "norm", "law", "note",
)  # fmt: skip
LOOKED_FOR = frozenset({"year", "publisher"})


@dataclass(frozen=True)
class Place:
    """One site that lists a work; one that is not shown is a copy: told, never linked."""

    source: sources.Evidence
    title: str
    numbers: tuple[int, ...]


@dataclass(frozen=True)
class Relation:
    """Another work that this one is a version or a part of, or the other way round."""

    label: str
    titles: Mapping[str, str]
    address: str


@dataclass(frozen=True)
class WorkPage:
    """What the template of a work shows, each part made when it is asked for."""

    document: Document
    release: Release

    @property
    def address(self) -> str:
        """The canonical path in the reader's language."""
        return site_address(path_of(dict(self.document)))

    @property
    def title(self) -> str:
        """The title in the reader's language, or the best there is."""
        return choose(self.document["titles"])[1]

    @property
    def title_language(self) -> str:
        """Language of the title, empty when it is the page's or unknown."""
        code = choose(self.document["titles"])[0]
        return "" if code in ("und", get_language()) else code

    @cached_property
    def crumbs(self) -> list[dict[str, str]]:
        """The way here."""
        return [
            {"label": gettext("Knowledge"), "address": site_address("/knowledge/")},
            {"label": gettext("Works"), "address": site_address("/works/")},
            {"label": self.title, "address": ""},
        ]

    @cached_property
    def kinds(self) -> list[str]:
        """Kinds of work, in words."""
        return [code_label("work_kinds", value["value"]) for value in self.document["values"].get("work_kind", ())]

    @cached_property
    def titles(self) -> list[Row]:
        """Every title, with language, certainty and sources."""
        told = tuple(_title(expression) for expression in self.document["expressions"])
        return [Row("title", property_label("title"), told)]

    @cached_property
    def facts(self) -> list[Row]:
        """Every title and what is known; the year goes where the date says it."""
        found = self.titles + rows(self.document, FACTS, LOOKED_FOR)
        has_date = any(row.name == "date" for row in found)
        return [row for row in found if not (row.name == "year" and has_date and not row.is_disputed)]

    @cached_property
    def places(self) -> list[Place]:
        """Where it is listed."""
        return [
            Place(
                sources.evidence({"url": place["url"], "is_shown": place["is_shown"] and is_readers_link(place["url"])}),
                note_html(place.get("site", "")) if place.get("site", "") not in place["url"] else "",
                tuple(place["sources"]),
            )
            for place in self.document["locations"]
        ]

    @cached_property
    def relations(self) -> list[Relation]:
        """Versions and parts."""
        return [
            Relation(
                str(RELATIONS[told["type"]]),
                told["other"]["titles"],
                site_address(f"/works/{told['other']['id']}-{told['other']['slug']}"),
            )
            for told in self.document["relations"]
        ]

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
        return sources.machine_address("work", self.document["id"])

    @property
    def forms(self) -> list[forms.Other]:
        """The machine forms of the page."""
        return forms.others(self.address)

    @property
    def description(self) -> str:
        """One sentence for search engines and previews."""
        return " · ".join([self.title, *self.document["authors"][:3], *self.kinds])


def _title(expression: Mapping[str, Any]) -> Shown:
    language = "" if expression["language"] in ("und", "") else expression["language"]
    notes = (f"({language_name(language)})" if language else "", correction_note(expression, lambda said: str(said["value"])))
    note = join([note for note in notes if note], " ")
    return Shown(expression["value"], language, expression["certainty"], tuple(expression["sources"]), note)
