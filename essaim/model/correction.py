"""A correction: what people hold instead of what the sources say, put over a page without losing the sources' word.

One function lays corrections over a page document, and both the site (at once) and the next build use it; another takes them off
again, for the site knows of corrections that were undone after the release was built.
"""

from __future__ import annotations

import builtins
from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import asdict, dataclass
from typing import Any

from essaim.values.towns import find_town

Page = dict[str, Any]
Value = dict[str, Any]
NAMES = frozenset({"name", "acronym", "alias", "former_name"})
OF_A_SITE = frozenset({"country", "town", "address", "postcode"})
SIDE_BY_SIDE = {
    "organisation": frozenset({"alias", "former_name", "sector", "activity", "note"}),
    "work": frozenset({"series", "isbn", "issn", "hal", "subject", "sdg", "country", "work_language", "note"}),
}
"""Properties of which several values are true at once: a correction adds one; of all others it takes the place of one."""

TITLES = {
    "en": "Corrections by people on this installation",
    "fr": "Corrections faites sur cette installation",
    "es": "Correcciones hechas en esta instalación",
}
LICENCE = "CC-BY-4.0"
"""Title by language, and licence, of every source `people_<installation>`."""


@dataclass(frozen=True)
class Correction:
    """One correction that was accepted.

    Attributes:
        key: random, its record id in the source `people_<installation>`.
        kind: kind of the thing it is about.
        about: a record key of the thing (`organisations:ripess`), or its id for kinds of the database.
        property: a name of `model.properties`.
        value: the normalised value; empty hides the property, at the wish of the organisation itself.
        language: BCP 47 tag of the value, empty where it is not language.
        unit: unit, currency or scheme.
        since: from when it holds.
        evidence: an address where it can be seen.
        institution: id of the institution for which it was said; empty for a person's own word.
        by: random key of whoever said it; a name is in the database only.
        at: when it was accepted, ISO 8601; of two on one property the later holds.
        is_claim: True when the organisation itself says it.
        source_id: `people_<installation>`.
    """

    key: str
    kind: str
    about: str
    property: str
    value: str
    language: str = ""
    unit: str = ""
    since: str = ""
    evidence: str = ""
    institution: str = ""
    by: str = ""
    at: str = ""
    is_claim: bool = False
    source_id: str = ""

    @builtins.property
    def is_hiding(self) -> bool:
        """True when it takes the property off the page."""
        return not self.value

    @builtins.property
    def slot(self) -> tuple[str, ...]:
        """What it speaks of: a later correction of the same slot takes its place."""
        if self.property in SIDE_BY_SIDE.get(self.kind, ()):
            return self.property, self.language, self.unit, self.since, self.value
        return self.property, self.language, self.unit if self.property == "identifier" else "", self.since

    def as_dict(self) -> dict[str, Any]:
        """Return it JSON-ready."""
        return asdict(self)


def standing(corrections: Iterable[Correction]) -> list[Correction]:
    """Return the corrections that hold: the last word of each slot; hiding and saying a property end one another."""
    held: dict[tuple[str, ...], Correction] = {}
    for one in sorted(corrections, key=lambda one: (one.at, one.key)):
        for slot, other in list(held.items()):
            if other.property == one.property and (one.is_hiding or other.is_hiding or slot == one.slot):
                del held[slot]
        held[one.slot] = one
    return list(held.values())


def corrected(page: Mapping[str, Any], corrections: Iterable[Correction]) -> Page:
    """Return a page document with corrections laid over it; what the sources say stays beside each.

    A value that was corrected carries `corrected`: key, at, institution, is_claim, source_id, and `said`, the values whose place
    it took. A property that its organisation hides is named in `hidden`, and its values are gone.

    Args:
        page: the document of an organisation or a work, without corrections of the same source (see `uncorrected`).
        corrections: those that are about it.
    """
    laid: Page = deepcopy(dict(page))
    for one in standing(corrections):
        if one.is_hiding:
            _hide(laid, one.property)
        else:
            _lay(laid, one, _cite(laid, one))
    return laid


def uncorrected(page: Mapping[str, Any], source_id: str) -> Page:
    """Return a page document with the corrections of one source taken off: what the sources say, as they say it."""
    bare: Page = deepcopy(dict(page))
    bare.pop("hidden", None)
    bare["values"] = {name: kept for name, held in bare["values"].items() if (kept := _restored(bare, name, held, source_id))}
    for part, name in (("names", "name"), ("expressions", "title")):
        if part in bare:
            bare[part] = _restored(bare, name, bare[part], source_id)
    for site in bare.get("sites", ()):
        if site.get("corrected", {}).get("source_id") == source_id:
            site |= site.pop("corrected")["said"]
    if "sites" in bare:
        bare["sites"] = [site for site in bare["sites"] if site["place_precision"] != "unknown"]
    bare["sources"] = [told for told in bare["sources"] if told["source_id"] != source_id]
    return bare


def _cite(page: Page, one: Correction) -> int:
    """Add the correction to the page's numbered sources and return its number."""
    number = 1 + max((told["number"] for told in page["sources"]), default=0)
    evidence = [{"url": one.evidence, "is_shown": True}] if one.evidence else []
    told = {"number": number, "source_id": one.source_id, "record_id": one.key, "position": "", "evidence": evidence}
    page["sources"].append(told | {"gathered": one.at[:10], "source_title": TITLES, "licence": LICENCE})
    return number


def _lay(page: Page, one: Correction, number: int) -> None:
    held = _values(page, one.property)
    is_added = one.property in SIDE_BY_SIDE.get(one.kind, ())
    said = [] if is_added else [value for value in held if _speaks_of_same(value, one)]
    place = held.index(said[0]) if said else len(held)
    was_disputed = one.property in page["disputed"] and not is_added
    value = _value(one, number, said, was_disputed)
    if one.property in NAMES and "names" in page:
        value["kind"] = one.property
    kept = [other for other in held if other not in said]
    _put(page, one.property, [*kept[:place], value, *kept[place:]])
    if was_disputed:
        page["disputed"] = [name for name in page["disputed"] if name != one.property]
    if one.property in ("name", "title"):
        language = one.language or "und"
        value["corrected"]["title_said"] = page["titles"].get(language, "")
        page["titles"][language] = one.value
    if one.kind == "organisation" and one.property in OF_A_SITE:
        _lay_on_site(page, one, number)


def _value(one: Correction, number: int, said: list[Value], was_disputed: bool) -> Value:
    told = {"key": one.key, "at": one.at, "institution": one.institution, "is_claim": one.is_claim, "source_id": one.source_id}
    return {
        "value": one.value,
        "language": one.language,
        "since": one.since,
        "until": "",
        "certainty": "sourced",
        "original": "",
        "unit": one.unit,
        "note": "",
        "is_shown": True,
        "sources": [number],
        "corrected": told | {"said": said, "was_disputed": was_disputed},
    }


def _speaks_of_same(value: Value, one: Correction) -> bool:
    same_language = value.get("language", "") == one.language
    same_scheme = one.property != "identifier" or value["unit"] == one.unit
    same_time = not one.since or not value.get("since") or value["since"] == one.since
    return same_language and same_scheme and same_time


def _values(page: Page, property: str) -> list[Value]:
    if property in NAMES and "names" in page:
        return [name for name in page["names"] if name["kind"] == property]
    if property == "title" and "expressions" in page:
        return list(page["expressions"])
    return list(page["values"].get(property, ()))


def _put(page: Page, property: str, values: list[Value]) -> None:
    if property in NAMES and "names" in page:
        before = [name for name in page["names"] if name["kind"] != property]
        page["names"] = sorted([*values, *before], key=lambda name: _ORDER.index(name["kind"]))
    elif property == "title" and "expressions" in page:
        page["expressions"] = values
    else:
        page["values"][property] = values


_ORDER = ("name", "acronym", "alias", "former_name")


def _lay_on_site(page: Page, one: Correction, number: int) -> None:
    """Put the value on the place as well, where there is one place: of several nobody said which."""
    if not page["sites"]:
        bare = dict.fromkeys(("town", "country", "address", "postcode"), "")
        page["sites"] = [bare | {"longitude": None, "latitude": None, "place_precision": "unknown", "sources": [number]}]
    if len(page["sites"]) > 1:
        return
    site = page["sites"][0]
    before = site.get("corrected", {}).get("said", {name: held for name, held in site.items() if name != "corrected"})
    site |= {one.property: one.value, "corrected": {"source_id": one.source_id, "said": before}}
    if site["place_precision"] != "point":
        found = find_town(site["town"], site["country"]) if site["town"] and site["country"] else None
        place = (found.longitude, found.latitude, "town") if found else (None, None, "country" if site["country"] else "unknown")
        site["longitude"], site["latitude"], site["place_precision"] = place
        page["page_precision"] = site["place_precision"]


def _hide(page: Page, property: str) -> None:
    page["values"].pop(property, None)
    page["disputed"] = [name for name in page["disputed"] if name != property]
    for site in page.get("sites", ()):
        if property in ("address", "postcode"):
            site[property] = ""
    page["hidden"] = sorted({*page.get("hidden", ()), property})


def _restored(page: Page, name: str, held: list[Value], source_id: str) -> list[Value]:
    kept: list[Value] = []
    for value in held:
        told = value.get("corrected", {})
        if told.get("source_id") != source_id:
            kept.append(value)
            continue
        kept += told["said"]
        if told["was_disputed"]:
            page["disputed"].append(value.get("kind", name))
        if "title_said" in told:
            language = value["language"] or "und"
            page["titles"][language] = told["title_said"]
            if not told["title_said"]:
                del page["titles"][language]
    return kept
