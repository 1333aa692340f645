"""The search as pages, as suggestions while one types, and as a table to take away."""

from __future__ import annotations

import csv
import io
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from essaim.config import configuration
from essaim.pages.listing import tame
from essaim.pages.released.values import site_address
from essaim.text import Hit
from essaim.web.search.asked import PER_PAGE, Asked, read_asked
from essaim.web.search.filters import filters
from essaim.web.search.found import Found, everything, find, suggest
from essaim.web.search.hits import shown
from essaim.web.search.labels import kind_label

SUGGESTED = 8
MOST_EXPORTED = 10_000
COLUMNS = ("kind", "id", "title", "title_language", "countries", "entity_types", "languages", "sources", "address")


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Answer a search: a page, or with `format=csv` or `format=json` the whole list of what was found."""
    asked = read_asked(request.GET)
    form = request.GET.get("format", "")
    if form == "csv":
        return as_csv(asked)
    if form == "json":
        return as_json(asked)
    return render(request, "web/search/search.html", context(asked))


def context(asked: Asked) -> dict[str, Any]:
    """Return what the page of a search shows."""
    found = find(asked)
    last = max(1, -(-found.reach // PER_PAGE))
    if asked.page > last:
        asked = Asked(asked.words, asked.filters, last)
        found = find(asked)
    return {
        "asked": asked,
        "words": asked.words,
        "hits": shown(found.results.hits),
        "total": found.results.total,
        "reach": found.reach,
        "first": (asked.page - 1) * PER_PAGE + 1,
        "page": asked.page,
        "per_page": PER_PAGE,
        "is_served": found.is_served,
        "is_corrected": found.results.corrected,
        "is_partial": found.results.partial,
        "is_cut": found.reach < found.results.total and asked.page == last,
        "export": Asked(asked.words, asked.filters).address() if not asked.is_empty else "?",
        "map_address": site_address("/map/") + placed(asked).address(),
        "crumbs": [{"label": gettext("Search")}],
        **filters(asked, found.results.facets),
        **ways_on(asked, found),
    }


def placed(asked: Asked) -> Asked:
    """Return the question as the map takes it: organisations only, so that a filter of kind means nothing there."""
    return Asked(asked.words, {name: codes for name, codes in asked.filters.items() if name != "kind"})


def ways_on(asked: Asked, found: Found) -> dict[str, Any]:
    """Return where to go when there is nothing to see."""
    if found.results.total:
        return {}
    links = (
        [{"label": gettext("Ask without the filters"), "address": Asked(asked.words).address()}]
        if asked.filters and asked.words
        else []
    )
    links += [
        {"label": gettext("All organisations"), "address": site_address("/organisations/")},
        {"label": gettext("Countries"), "address": site_address("/countries/")},
        {"label": gettext("Where the data comes from"), "address": site_address("/about-the-data/")},
    ]
    return {"ways_on": links}


@require_safe
def suggestions(request: HttpRequest) -> JsonResponse:
    """Answer `{"items": [{"title", "title_language", "address", "kind_label"}]}` for words that are still being typed."""
    hits = suggest(read_asked(request.GET).words, get_language() or "en", SUGGESTED).hits
    items = [
        {
            "title": hit.title,
            "title_language": hit.title_language,
            "address": site_address(hit.address),
            "kind_label": kind_label(hit.kind),
        }
        for hit in hits
    ]
    return JsonResponse({"items": items}, json_dumps_params={"ensure_ascii": False})


def as_json(asked: Asked) -> HttpResponse:
    """Answer with the list as JSON; `total` says how many there are, also where the list stops earlier."""
    hits, total = everything(asked, MOST_EXPORTED)
    body = {"total": total, "next": None, "items": [_row(hit) for hit in hits]}
    return JsonResponse(body, json_dumps_params={"ensure_ascii": False})


def as_csv(asked: Asked) -> HttpResponse:
    """Answer with the list as CSV in UTF-8 with its mark, as spreadsheets want it."""
    hits, total = everything(asked, MOST_EXPORTED)
    written = io.StringIO(newline="")
    table = csv.writer(written)
    table.writerow(COLUMNS)
    for row in map(_row, hits):
        table.writerow([tame(" ".join(cell) if isinstance(cell, list) else cell) for cell in row.values()])
    response = HttpResponse("\ufeff" + written.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="essaim-search.csv"'
    response["X-Total-Count"] = str(total)
    return response


def _row(hit: Hit) -> dict[str, str | list[str]]:
    facets = {name: list(hit.facets.get(name, ())) for name in ("country", "entity_type", "language", "source")}
    address = configuration().base_url + site_address(hit.address)
    return dict(zip(COLUMNS, (hit.kind, hit.id, hit.title, hit.title_language, *facets.values(), address), strict=True))
