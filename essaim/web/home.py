"""The home page: what Essaim is, the one search, the four rooms in figures, the map, and what the last release changed."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext, ngettext, pgettext
from django.views.decorators.http import require_safe

from essaim.pages.registry import kinds
from essaim.pages.released.values import site_address
from essaim.pages.served import served_release
from essaim.pages.wording import number
from essaim.release import Release
from essaim.web.changes import EVENTS, counted, lines
from essaim.web.search.asked import Asked
from essaim.web.search.found import find

FIRST_ITEMS = 5


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the home page; before the first release it says how one is made."""
    release = served_release()
    context: dict[str, Any] = {"examples": examples(), "cards": cards(release), "release": release}
    if release is not None:
        figures = release.figures()
        context |= {
            "counts": figures["by_country"],
            "coverage": coverage(figures),
            "changes": changes(release),
            "aside": figures["aside"],
        }
        context["map_href"] = site_address("/map/?country={country}")
    return render(request, "web/home/home.html", context)


def examples() -> list[dict[str, str]]:
    """Return a few questions to try; each is an address of the search."""
    words = (gettext("mutual societies in Senegal"), gettext("statistics of cooperatives"), gettext("public procurement"))
    return [{"label": text, "address": site_address("/search/") + Asked(text).address()} for text in words]


def coverage(figures: dict[str, Any]) -> str:
    """Say what the map covers, and what it cannot show."""
    precision = figures["by_precision"]
    unknown = figures["organisation"] - sum(precision.get(name, 0) for name in ("point", "town", "country"))
    told = [
        gettext("{placed} of {total} organisations are known to the town or the place, {country} to the country only").format(
            placed=number(precision.get("point", 0) + precision.get("town", 0)),
            total=number(figures["organisation"]),
            country=number(precision.get("country", 0)),
        )
    ]
    if unknown:
        told.append(gettext("of {unknown} no place is known").format(unknown=number(unknown)))
    return "; ".join(told) + "."


def changes(release: Release) -> dict[str, Any]:
    """Return what the release changed, or that it is the first."""
    diff = release.diff()
    first = [line for event in EVENTS for line in lines(diff, event, 0, FIRST_ITEMS)][:FIRST_ITEMS]
    return {
        "is_first": diff["from"] is None,
        "counts": [one for one in counted(diff) if one["count"]],
        "items": first,
        "before": diff["from"],
    }


def cards(release: Release | None) -> list[dict[str, Any]]:
    """Return the four rooms, each with a figure and what it covers."""
    figures = release.figures() if release else {}
    counts = {kind.name: kind.count() for kind in kinds()}
    return [_recognition(figures), _knowledge(figures), _policy(counts), _coordination(counts)]


def _recognition(figures: dict[str, Any]) -> dict[str, Any]:
    countries, precision = figures.get("country", 0), figures.get("by_precision", {})
    placed = precision.get("point", 0) + precision.get("town", 0)
    return _card(
        "recognition",
        pgettext("a room", "Recognition"),
        "/recognition/",
        figures.get("organisation"),
        ngettext("organisations in {count} country", "organisations in {count} countries", countries).format(
            count=number(countries)
        ),
        gettext("{count} placed in their town or more closely").format(count=number(placed)),
        [(gettext("The map"), "/map/"), (gettext("All organisations"), "/organisations/")],
    )


def _knowledge(figures: dict[str, Any]) -> dict[str, Any]:
    languages, networks = figures.get("work_language", 0), figures.get("network", 0)
    return _card(
        "knowledge",
        gettext("Knowledge and networks"),
        "/knowledge/",
        figures.get("work"),
        ngettext("works in {count} language", "works in {count} languages", languages).format(count=number(languages)),
        ngettext("{edges} memberships in {count} network", "{edges} memberships in {count} networks", networks).format(
            edges=number(figures.get("membership", 0)), count=number(networks)
        ),
        [(gettext("The library"), "/works/"), (gettext("Networks"), "/knowledge/")],
    )


def _policy(counts: dict[str, int]) -> dict[str, Any]:
    laws = counts.get("instrument", 0)
    countries = countries_with("instrument") if laws else 0
    return _card(
        "policy",
        pgettext("a room", "Policy"),
        "/policy/",
        laws,
        ngettext("laws and policies of {count} country", "laws and policies of {count} countries", countries).format(
            count=number(countries)
        ),
        ngettext(
            "{count} international text with its calls", "{count} international texts with their calls", counts.get("norm", 0)
        ).format(count=number(counts.get("norm", 0))),
        [(gettext("Laws and policies"), "/instruments/"), (gettext("International texts"), "/norms/")],
    )


def _coordination(counts: dict[str, int]) -> dict[str, Any]:
    institutions = counts.get("institution", 0)
    return _card(
        "coordination",
        pgettext("a room", "Coordination"),
        "/coordination/",
        counts.get("meeting", 0),
        gettext("meetings known by their papers or by their number"),
        ngettext("{count} institution, member or observer", "{count} institutions, members and observers", institutions).format(
            count=number(institutions)
        ),
        [(gettext("Meetings"), "/meetings/"), (gettext("Members and observers"), "/institutions/")],
    )


def _card(
    room: str, title: str, address: str, value: int | None, label: str, covers: str, links: list[tuple[str, str]]
) -> dict[str, Any]:
    known = bool(value)
    return {
        "room": room,
        "title": title,
        "address": site_address(address),
        "value": value if known else "–",
        "label": label if known else gettext("nothing loaded yet"),
        "coverage": covers if known else "",
        "links": [{"label": text, "address": site_address(path)} for text, path in links],
    }


def countries_with(kind: str) -> int:
    """Return how many countries the things of a kind speak of, as the search counts them."""
    return len(find(Asked(filters={"kind": (kind,)}), 1, ("country",)).results.facets.get("country", {}))
