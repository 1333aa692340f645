"""The map: organisations where they are known to be, counted by country where no more is known, with the list beside it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import isfinite
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from essaim.formats.points import Points
from essaim.pages.released.values import site_address
from essaim.pages.released.words import code_label
from essaim.pages.served import served_release
from essaim.pages.wording import choose, country_name
from essaim.release import Release
from essaim.text import FACETS, Query
from essaim.web.search import Asked, read_asked
from essaim.web.search.filters import filters
from essaim.web.search.hits import shown
from essaim.web.search.labels import kind_label

PER_PAGE = 20
MAP_FACETS = tuple(name for name in FACETS if name != "kind")

Box = tuple[float, float, float, float]
"""West, south, east, north in degrees WGS 84; west lies east of east where the 180th meridian is between them."""


@dataclass(frozen=True)
class Listed:
    """The list beside the map.

    Attributes:
        hits: of the page, for the component.
        total: how many the list holds in all its pages.
        found: how many the filters let through, in view or not.
        placed: how many of those are known to the town or the place.
        counts: alpha-3 code -> how many of those.
        facets: counts for the filters.
        is_corrected: True when words nearly like those asked were taken.
    """

    hits: list[dict[str, Any]]
    total: int
    found: int
    placed: int
    counts: dict[str, int]
    facets: dict[str, dict[str, int]]
    is_corrected: bool

    @property
    def unplaced(self) -> int:
        """How many are known to no more than their country."""
        return self.found - self.placed


@require_safe
def map_page(request: HttpRequest) -> HttpResponse:
    """Show the map with its filters and the first page of its list."""
    release = served_release()
    if release is None:
        return render(request, "web/map/none_yet.html")
    return render(request, "web/map/map.html", context(release, request.GET))


@require_safe
def map_list(request: HttpRequest) -> HttpResponse:
    """Answer with the list alone, as the map asks for it when its view moves."""
    release = served_release()
    if release is None:
        return HttpResponse("")
    return render(request, "web/map/list.html", context(release, request.GET))


def context(release: Release, given: QueryDict) -> dict[str, Any]:
    """Return what the page shows; its list alone needs a part of it."""
    asked, box = only_organisations(read_asked(given)), read_box(given.get("bbox", ""))
    listed = list_view(release, asked, box)
    without_kind = Asked(asked.words, {name: codes for name, codes in asked.filters.items() if name != "kind"})
    shown_filters = filters(without_kind, listed.facets, MAP_FACETS)
    return {
        "asked": without_kind,
        "words": asked.words,
        "listed": listed,
        "page": asked.page,
        "per_page": PER_PAGE,
        "is_boxed": box is not None,
        "href": f"{site_address('/map/')}{with_country(without_kind)}",
        "search_address": site_address("/search/") + asked.only("organisation").address(),
        "crumbs": [{"label": gettext("Map")}],
        "release": release,
        **shown_filters,
    }


def only_organisations(asked: Asked) -> Asked:
    """Return the question about organisations: nothing else stands on the map."""
    return asked.only("organisation")


def with_country(asked: Asked) -> str:
    """Return the query of an address whose `{country}` is still to be filled; the other filters stay."""
    others = Asked(asked.words, {name: codes for name, codes in asked.filters.items() if name != "country"}).address()
    return f"{others}{'&' if len(others) > 1 else ''}country={{country}}"


def read_box(text: str) -> Box | None:
    """Read `west,south,east,north` in degrees; None for the whole world and for what cannot be read."""
    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError:
        return None
    if not all(map(isfinite, (west, south, east, north))) or south > north:
        return None
    return west, south, east, north


def list_view(release: Release, asked: Asked, box: Box | None) -> Listed:
    """Answer the question, and within a box when there is one."""
    index = release.index()
    offset = (asked.page - 1) * PER_PAGE
    results = index.search(Query(asked.words, get_language() or "en", asked.filters, PER_PAGE, offset, MAP_FACETS))
    ids = matching(release, asked)
    points = release.points()
    placed = set(points.ids)
    chosen = asked.filters.get("country", ())
    hits, total = shown(results.hits), results.total
    if box is not None:
        inside = ids_in(points, box)
        within = [id for id in ids if id in inside]
        hits = [_hit(page) for page in release.pages("organisation", within[offset : offset + PER_PAGE])]
        total = len(within)
    return Listed(
        hits=hits,
        total=total,
        found=results.total,
        placed=sum(id in placed for id in ids),
        counts={code: count for code, count in results.facets["country"].items() if not chosen or code in chosen},
        facets={name: dict(codes) for name, codes in results.facets.items()},
        is_corrected=results.corrected,
    )


def matching(release: Release, asked: Asked) -> list[str]:
    """Return the ids of every organisation that answers, best known first; the unfiltered list is made once a release."""
    if asked.words or len(asked.filters) > 1:
        return release.index().ids(asked.query(1, 0, ()))
    return list(_every(release))


@lru_cache(maxsize=2)
def _every(release: Release) -> tuple[str, ...]:
    return tuple(release.index().ids(Query(filters={"kind": ("organisation",)})))


def ids_in(points: Points, box: Box) -> set[str]:
    """Return the ids of what has a point in a box."""
    west, south, east, north = box
    high = (points.latitude >= south) & (points.latitude <= north)
    if east - west >= 360:
        wide = high
    elif west <= east:
        wide = (points.longitude >= west) & (points.longitude <= east)
    else:
        wide = (points.longitude >= west) | (points.longitude <= east)
    return {points.ids[place] for place in (high & wide).nonzero()[0].tolist()}


def _hit(page: dict[str, Any]) -> dict[str, Any]:
    language, title = choose(page["titles"])
    values = page["values"]
    towns = [value["value"] for value in values.get("town", ())][:1]
    countries = [country_name(value["value"]) for value in values.get("country", ())][:2]
    types = [code_label("entity_types", value["value"]) for value in values.get("entity_type", ())]
    return {
        "title": title or page["id"],
        "title_language": language,
        "address": site_address(f"/organisations/{page['id']}-{page['slug']}"),
        "kind_label": kind_label("organisation"),
        "room": "recognition",
        "facts": [fact for fact in (", ".join(towns + list(dict.fromkeys(countries))), ", ".join(dict.fromkeys(types))) if fact],
    }
