"""The record sheet of an organisation: what a release knows of it, on paper."""

from __future__ import annotations

import html
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.utils.html import strip_tags
from django.utils.translation import get_language, gettext

from essaim.pages.reasons import sentence
from essaim.pages.released.sources import citation, machine_address, numbered
from essaim.pages.released.values import Shown, rows
from essaim.pages.released.words import PROPERTIES, property_label
from essaim.pages.wording import choose, country_name, language_name, precise_date

if TYPE_CHECKING:
    from essaim.release import Release

NAMES = ("name", "acronym", "alias", "former_name")
LOOKED_FOR = frozenset({"legal_form", "founded", "members_count", "website", "town"})
"""What every source of organisations is read for: where none says it, the sheet says that it is not known."""


def sheet(document: Mapping[str, Any], release: Release) -> dict[str, Any]:
    """Return what the templates `organisation` need.

    Args:
        document: page document of an organisation.
        release: the release that it is of.
    """
    title_language, title = choose(document["titles"])
    present = get_language() or "en"
    others = {text: tag for tag, text in document["titles"].items() if text != title}
    return {
        "label": gettext("Record sheet of an organisation"),
        "title": title,
        "title_language": _tag(title_language, present),
        "other_titles": [{"text": text, "language": _tag(tag, present)} for text, tag in others.items()],
        "rows": _names(document, present) + _facts(document, present),
        "answers": [_answer(told) for told in document["classifications"]],
        "sources": [
            {
                "number": source.number,
                "title": source.title,
                "record": source.record_id,
                "licence": source.licence,
                "gathered": precise_date(source.gathered),
            }
            for source in numbered(document, release)
        ],
        "citation": citation(document, release),
        "address": machine_address("organisation", document["id"]),
        "foot": gettext("Essaim, release {number}").format(number=release.number),
        "headings": {
            "facts": gettext("What is known"),
            "answers": gettext("Is it part of the social and solidarity economy?"),
            "sources": gettext("Sources"),
        },
        "words": {"not_known": gettext("not known")},
    }


def _names(document: Mapping[str, Any], present: str) -> list[dict[str, Any]]:
    told = []
    for kind in NAMES:
        values = [
            {
                "text": name["value"],
                "language": _tag(name["language"], present),
                "sources": _numbers(name["sources"]),
                "note": _note(name["certainty"], f"({language_name(name['language'])})" if _tag(name["language"], "") else ""),
            }
            for name in document["names"]
            if name["kind"] == kind
        ]
        if values:
            told.append({"label": property_label(kind), "values": values})
    return told


def _facts(document: Mapping[str, Any], present: str) -> list[dict[str, Any]]:
    held = [name for name in PROPERTIES if name not in NAMES and (name in document["values"] or name in LOOKED_FOR)]
    return [
        {"label": row.label, "values": [_value(one, row.is_disputed, present) for one in row.values]}
        for row in rows(document, held, LOOKED_FOR)
    ]


def _value(one: Shown, is_disputed: bool, present: str) -> dict[str, str]:
    certainty = "disputed" if is_disputed else one.certainty
    note = html.unescape(strip_tags(one.note))
    address = one.address if one.is_external and one.text not in one.address else ""
    return {
        "text": one.text,
        "language": _tag(one.language, present),
        "sources": _numbers(one.sources),
        "note": _note(certainty, note, address),
    }


def _note(certainty: str, *notes: str) -> str:
    words = {"unverified": gettext("not verified"), "disputed": gettext("sources disagree")}
    return " · ".join(part for part in (words.get(certainty, ""), *notes) if part)


def _answer(told: Mapping[str, Any]) -> dict[str, str]:
    framework, _sep, country = told["framework"].partition(":")
    verdicts = {
        "yes": gettext("Yes"),
        "no": gettext("No"),
        "undetermined": gettext("It cannot be said from what is known"),
        "no_rule_known": gettext("No rule is known to us"),
    }
    return {
        "framework": gettext("UN definition (A/RES/77/281)")
        if framework == "un"
        else gettext("Law of {country}").format(country=country_name(country)),
        "verdict": verdicts.get(told["answer"], told["answer"]),
        "reason": " ".join(
            html.unescape(strip_tags(str(sentence(reason["code"], reason["parameters"])))) for reason in told["reasons"]
        ),
    }


def _numbers(sources: Any) -> str:
    return ", ".join(str(number) for number in sources)


def _tag(language: str, present: str) -> str:
    return "" if language in ("", "und", present) else language
