"""Accepted corrections on the pages, at once; and how a suggestion is put into words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext

from essaim.desk.suggestions import OTHER, Suggestion, people_source_id
from essaim.desk.suggestions_about import Subject
from essaim.model.correction import NAMES, corrected, uncorrected
from essaim.model.properties import BY_KIND
from essaim.pages.released.values import Shown, shown
from essaim.pages.released.words import property_label

Document = dict[str, Any]


def with_corrections(document: Document) -> Document:
    """Return a page document as people hold it at present: with what was accepted, without what was undone since the build."""
    source_id = people_source_id()
    found = Suggestion.objects.about(document["kind"], document["record_keys"]).accepted().exclude(property=OTHER)
    corrections = [one.correction() for one in found]
    if not corrections and not document.get("hidden") and all(told["source_id"] != source_id for told in document["sources"]):
        return document
    return corrected(uncorrected(document, source_id), corrections)


def property_word(name: str) -> str:
    """Name a property that can be suggested."""
    return gettext("Something else") if name == OTHER else property_label(name)


def present_values(subject: Subject, name: str) -> list[Shown]:
    """Return what the sources say of a property, each value with the titles of its sources."""
    document = subject.document
    if not document:
        return [Shown(subject.title)] if name == "title" else []
    titles = {told["number"]: told["source_title"] for told in document["sources"]}
    return [_shown(subject.kind, name, value, titles) for value in _held(document, name)]


def value_word(one: Suggestion) -> str:
    """Put the suggested value into words."""
    if not one.value:
        return gettext("not to be shown")
    property = BY_KIND.get(one.about_kind, {}).get(one.property)
    if property is None or one.property in NAMES or one.property == "title":
        return one.value
    return shown(
        property, {"value": one.value, "unit": one.unit, "language": one.language, "since": one.since, "sources": ()}
    ).text


def _held(document: Mapping[str, Any], name: str) -> Iterable[Mapping[str, Any]]:
    if name in NAMES:
        return [value for value in document.get("names", ()) if value["kind"] == name]
    if name == "title":
        return list(document.get("expressions", ()))
    if name in ("address", "postcode"):
        places = [site for site in document.get("sites", ()) if site.get(name)]
        return [{"value": site[name], "certainty": "sourced", "sources": site["sources"]} for site in places]
    return list(document["values"].get(name, ()))


def _shown(kind: str, name: str, value: Mapping[str, Any], titles: Mapping[int, Any]) -> Shown:
    return shown(BY_KIND[kind][name], value, titles)
