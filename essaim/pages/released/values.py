"""Values of a release's documents as the components show them: text, language, certainty, sources, cautions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlsplit

from babel import numbers
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from essaim.errors import RecordError
from essaim.model.properties import Property
from essaim.pages.released.corrections import correction_note, hidden_words
from essaim.pages.released.notes import note_html, say_note
from essaim.pages.released.words import KNOWN, code_label, on, period, property_label
from essaim.pages.wording import country_name, language_name, locale, number, precise_date
from essaim.reference import is_readers_link
from essaim.values import identifiers

Value = Mapping[str, Any]


@dataclass(frozen=True)
class Shown:
    """One value, named as the components name it (see `components/value.html` and `conflict.html`).

    Attributes:
        text: the words.
        language: BCP 47 tag of the words, empty when they are the page's own.
        certainty: sourced, unverified or disputed.
        sources: numbers in the page's list of sources.
        note: what qualifies it, ready to stand on the page.
        address: where it leads; empty for nowhere.
        is_external: True when that is another site.
        source_name: titles of its sources, for values that stand against each other.
    """

    text: str
    language: str = ""
    certainty: str = "sourced"
    sources: tuple[int, ...] = ()
    note: str = ""
    address: str = ""
    is_external: bool = False
    source_name: str = ""


@dataclass(frozen=True)
class Row:
    """One property with its values; none means that no source says it."""

    name: str
    label: str
    values: tuple[Shown, ...] = ()
    is_disputed: bool = False


def rows(document: Mapping[str, Any], names: Sequence[str], looked_for: Iterable[str] = ()) -> list[Row]:
    """Return the rows of a document in a given order.

    Args:
        document: a page document of a release.
        names: properties to show, in order.
        looked_for: those among them that stand even without a value, as not known.
    """
    titles = {source["number"]: source["source_title"] for source in document["sources"]}
    found = []
    for name in names:
        if name in document.get("hidden", ()):
            found.append(Row(name, property_label(name), (Shown(hidden_words(), certainty="unexamined"),)))
            continue
        held = document["values"].get(name, ())
        if held or name in looked_for:
            values = tuple(shown(KNOWN[name], value, titles) for value in held)
            found.append(Row(name, property_label(name), values, name in document["disputed"]))
    return found


def shown(property: Property, value: Value, titles: Mapping[int, Mapping[str, str]] | None = None) -> Shown:
    """Return one value as the page shows it; `titles` names the sources by their number."""
    text, language, address = _SHOWS.get(property.name, _BY_KIND.get(property.kind, _as_text))(property, value)
    is_external = address.startswith("http")
    if is_external and not is_readers_link(address):
        address, is_external = "", False
        cautions = [gettext("kept as evidence, not a link")]
    else:
        cautions = []
    cautions += [*_qualifiers(property, value), note_html(value.get("note", ""))]
    cautions.append(correction_note(value, lambda said: shown(property, said).text))
    numbers_ = tuple(value["sources"])
    return Shown(
        text,
        language,
        value.get("certainty", "sourced"),
        numbers_,
        join([caution for caution in cautions if caution]),
        address,
        is_external,
        ", ".join(dict.fromkeys(choose_title(titles[number]) for number in numbers_ if number in titles)) if titles else "",
    )


def join(parts: Sequence[str], sign: str = " · ") -> SafeString:
    """Join texts, escaping those that are not ready for a page."""
    return format_html_join(sign, "{}", ((part,) for part in parts))


def choose_title(titles: Mapping[str, str] | str) -> str:
    """Return a source's title in the reader's language, else in English, else any."""
    if isinstance(titles, str):
        return titles
    return titles.get(get_language() or "en") or titles.get("en") or next(iter(titles.values()), "")


def site_address(path: str) -> str:
    """Put the reader's language in front of a path of the site."""
    return f"/{get_language() or 'en'}{path}"


def _qualifiers(property: Property, value: Value) -> list[str]:
    since, until = value.get("since", ""), value.get("until", "")
    if property.kind in ("count", "money") and since and not until:
        return [on(since)]
    told = [period(since, until)]
    if property.kind == "identifier":
        known = _identifier(value)
        words = {"right": gettext("check digit right"), "wrong": gettext("check digit wrong: the source may have a slip")}
        told.append(words.get(known.checksum, "") if known else "")
    return told


Telling = tuple[str, str, str]
"""Text, its language, the address it leads to."""


def _as_text(property: Property, value: Value) -> Telling:
    return value["value"], value.get("language", ""), ""


def _as_code(property: Property, value: Value) -> Telling:
    return code_label(property.code_list, value["value"]) if property.code_list else value["value"], "", ""


def _as_country(property: Property, value: Value) -> Telling:
    return country_name(value["value"]), "", site_address(f"/countries/{value['value']}")


def _as_date(property: Property, value: Value) -> Telling:
    return precise_date(value["value"]), "", ""


def _as_count(property: Property, value: Value) -> Telling:
    unit = say_note(value["unit"]).text if value.get("unit") else ""
    return f"{number(_number(value['value']))} {unit}".strip(), "", ""


def _as_money(property: Property, value: Value) -> Telling:
    try:
        return numbers.format_currency(_number(value["value"]), value["unit"], locale=locale(), format_type="standard"), "", ""
    except (ValueError, ArithmeticError, numbers.UnknownCurrencyError):
        return f"{number(_number(value['value']))} {value.get('unit', '')}".strip(), "", ""


def _as_url(property: Property, value: Value) -> Telling:
    parts = urlsplit(value["value"])
    return (parts.netloc.removeprefix("www.") + parts.path.rstrip("/")) or value["value"], "", value["value"]


def _as_phone(property: Property, value: Value) -> Telling:
    return value["value"], "", ""


def _as_language(property: Property, value: Value) -> Telling:
    return language_name(value["value"]), "", ""


def _as_identifier(property: Property, value: Value) -> Telling:
    known = _identifier(value)
    if known is None:
        return f"{value['unit']} {value['value']}", "", ""
    return f"{identifiers.scheme_name(known.scheme)}: {known.display}", "", known.url


def _identifier(value: Value) -> identifiers.Identifier | None:
    try:
        return identifiers.parse(value["value"], value["unit"])
    except RecordError:
        return None


def _as_subject(property: Property, value: Value) -> Telling:
    return code_label("subjects", value["value"]), "", ""


def _as_goal(property: Property, value: Value) -> Telling:
    return gettext("Goal {number}").format(number=value["value"]), "", f"https://sdgs.un.org/goals/goal{value['value']}"


def _as_doi(property: Property, value: Value) -> Telling:
    return value["value"], "", f"https://doi.org/{quote(value['value'], safe='/')}"


def _as_norm(property: Property, value: Value) -> Telling:
    return titled("norm", value["value"]), "", site_address(f"/norms/{value['value']}")


def _as_law(property: Property, value: Value) -> Telling:
    return titled("instrument", value["value"]), "", site_address(f"/instruments/{value['value']}")


def _as_note(property: Property, value: Value) -> Telling:
    said = say_note(value["value"])
    own = f"{said.text} ({gettext('our translation')})" if said.is_our_translation else said.text
    return own, said.language, ""


def titled(kind: str, id: str) -> str:
    """Return the title of a thing of the database, or its id when no room knows it."""
    from essaim.pages import registry

    try:
        found = registry.kind(kind).find(id)
    except KeyError:
        return id
    return str(found.title) if found else id


_BY_KIND: dict[str, Callable[[Property, Value], Telling]] = {
    "code": _as_code,
    "country": _as_country,
    "date": _as_date,
    "count": _as_count,
    "money": _as_money,
    "url": _as_url,
    "phone": _as_phone,
    "language": _as_language,
    "identifier": _as_identifier,
}
_SHOWS: dict[str, Callable[[Property, Value], Telling]] = {
    "subject": _as_subject,
    "sdg": _as_goal,
    "doi": _as_doi,
    "norm": _as_norm,
    "law": _as_law,
    "note": _as_note,
}


def _number(text: str) -> float | int:
    try:
        return int(text)
    except ValueError:
        return float(text)
