"""One page of the works in the order of their titles, as lines of a list; and the counts of the room's landing page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext, pgettext

from essaim.pages.released.serving import path_of
from essaim.pages.released.values import site_address
from essaim.pages.released.words import code_label
from essaim.pages.wording import choose, language_name, listed, number

if TYPE_CHECKING:
    from essaim.release import Release

WORKS_PER_PAGE = 40
MOST_AUTHORS = 3
Line = dict[str, Any]


def works(release: Release, page: int) -> tuple[list[Line], int]:
    """Return one page of works as `components/hit.html` shows them, and how many there are."""
    documents, total = release.listing("work", (page - 1) * WORKS_PER_PAGE, WORKS_PER_PAGE)
    return [line(document) for document in documents], total


def line(document: Mapping[str, Any]) -> Line:
    """Return one work as a line: title, kind, year, authors, languages."""
    language, title = choose(document["titles"])
    values = document["values"]
    kinds = [code_label("work_kinds", value["value"]) for value in values.get("work_kind", ())]
    languages = [language_name(value["value"]) for value in values.get("work_language", ())]
    authors = list(document["authors"][:MOST_AUTHORS])
    if len(document["authors"]) > MOST_AUTHORS:
        authors.append(pgettext("authors", "others"))
    facts = [listed(authors), values["year"][0]["value"] if values.get("year") else "", listed(languages)]
    return {
        "room": "knowledge",
        "kind_label": kinds[0] if kinds else gettext("Work"),
        "facts": [fact for fact in facts if fact],
        "title": title,
        "title_language": language,
        "address": site_address(path_of(dict(document))),
    }


def cards(release: Release) -> list[Line]:
    """Return the figures of the room, each with what it covers."""
    figures = release.figures()
    return [
        {
            "value": figures["work"],
            "label": gettext("works"),
            "coverage": gettext("bibliographic records, not the texts"),
            "address": site_address("/works/"),
        },
        {
            "value": figures["work_language"],
            "label": gettext("languages"),
            "coverage": gettext("of the works, as their records name them"),
            "address": "",
        },
        {
            "value": figures["membership"],
            "label": gettext("memberships in networks"),
            "coverage": gettext("in {count} networks").format(count=number(figures["network"])),
            "address": site_address("/search/?kind=organisation&entity_type=network"),
        },
    ]
