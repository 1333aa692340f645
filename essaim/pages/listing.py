"""A list of things of one kind: filters with counts, order, pages, and the same list as CSV and JSON."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from essaim.pages.fact_sheet import site_path
from essaim.pages.registry import kind
from essaim.text.fold import fold

if TYPE_CHECKING:
    from essaim.pages.registry import Words

PER_PAGE = 50
OPTIONS_SHOWN = 8
UNDATED = _("date not known")
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Filter:
    """One filter.

    Attributes:
        name: in the query string.
        label: in the reader's language.
        values: thing to the codes it has.
        words: code to what it is called.
        by_code: True orders the options by code, newest first (years); else by count.
    """

    name: str
    label: Words
    values: Callable[[Any], Sequence[str]]
    words: Callable[[str], str] = str
    by_code: bool = False


@dataclass(frozen=True)
class Sort:
    """One order of a list: `key` gives what to order by; things without it come last."""

    label: Words
    key: Callable[[Any], str]
    is_descending: bool = False


@dataclass(frozen=True)
class Item:
    """One line of the list.

    Attributes:
        title: as shown.
        language: language of the title; empty when it is the page's.
        address: site path with language.
        date: as precise as known; empty when not known.
        date_words: what stands before the date: "since".
        undated: what stands there when the date is not known.
        date_certainty: certainty of the date.
        marks: short words: kind, country, status.
        text: a sentence below.
    """

    title: str
    language: str
    address: str
    date: str = ""
    date_words: Words = ""
    undated: Words = UNDATED
    date_certainty: str = "sourced"
    marks: tuple[str, ...] = ()
    text: str = ""


@dataclass(frozen=True)
class Listing:
    """What makes the list of one kind.

    Attributes:
        kind: name of the kind.
        things: every thing of it; at the size of packaged facts they are filtered in memory, which gives counts for free.
        filters: its filters.
        sorts: orders by name; the first is the usual one.
        item: thing to line.
        columns: heading to text of a CSV cell, after id and title.
    """

    kind: str
    things: Callable[[], Iterable[Any]]
    filters: tuple[Filter, ...]
    sorts: Mapping[str, Sort]
    item: Callable[[Any], Item]
    columns: Mapping[str, Callable[[Any], str]] = field(default_factory=dict)


def year_of(date: str) -> list[str]:
    """Return the year of a date as the code of a filter; none for an unknown date."""
    return [date[:4]] if date else []


def chosen_things(listing: Listing, query: QueryDict, but: str = "") -> list[Any]:
    """Return the things that pass every filter of a query (but one, for the counts of that one)."""
    wanted = {one.name: set(query.getlist(one.name)) - {""} for one in listing.filters if one.name != but}
    active = [one for one in listing.filters if wanted.get(one.name)]
    return [thing for thing in listing.things() if all(wanted[one.name] & set(one.values(thing)) for one in active)]


def in_order(listing: Listing, things: list[Any], name: str) -> list[Any]:
    """Return things in the order a query asks for; those without the value come last either way."""
    sort = listing.sorts.get(name) or next(iter(listing.sorts.values()))
    keyed = sorted(((fold(sort.key(thing)), place, thing) for place, thing in enumerate(things)), key=lambda one: one[:2])
    known = [thing for key, _, thing in keyed if key]
    return (known[::-1] if sort.is_descending else known) + [thing for key, _, thing in keyed if not key]


def list_page(request: HttpRequest, listing: Listing, template: str, extra: Mapping[str, Any] | None = None) -> HttpResponse:
    """Answer with the page of a list.

    Args:
        request: filters, `sort` and `page` are in its query.
        listing: the list.
        template: a template that extends `pages/facts/list.html`.
        extra: more for the template.
    """
    query = request.GET
    things = in_order(listing, chosen_things(listing, query), query.get("sort", ""))
    page = min(_page(query.get("page", "")), max(1, -(-len(things) // PER_PAGE)))
    shown = things[(page - 1) * PER_PAGE : page * PER_PAGE]
    known = kind(listing.kind)
    usual = next(iter(listing.sorts))
    sort = query.get("sort") if query.get("sort") in listing.sorts else usual
    kept = _kept(listing, query)
    context = {
        "kind": known,
        "items": [listing.item(thing) for thing in shown],
        "things": things,
        "total": len(things),
        "total_of_all": known.count(),
        "page": page,
        "per_page": PER_PAGE,
        "facets": [facet(listing, one, query) for one in listing.filters],
        "hidden": [{"name": "sort", "value": sort}] if sort != usual else [],
        "chosen": _chosen(listing, query),
        "clear_address": request.path if kept else "",
        "sorts": [{"name": name, "label": one.label, "is_current": name == sort} for name, one in listing.sorts.items()],
        "list_path": site_path(_list_address(listing)),
        "query": kept.urlencode(),
        "crumbs": [{"label": known.label_plural}],
    }
    return render(request, template, context | dict(extra or {}))


def _list_address(listing: Listing) -> str:
    return kind(listing.kind).address("").rstrip("/")


def _page(text: str) -> int:
    return max(1, int(text)) if text.isdecimal() and len(text) < 9 else 1


def _kept(listing: Listing, query: QueryDict) -> QueryDict:
    """Return the filters of a query and nothing else that may stand in it."""
    kept = QueryDict(mutable=True)
    for one in listing.filters:
        if values := [value for value in query.getlist(one.name) if value]:
            kept.setlist(one.name, values)
    return kept


def facet(listing: Listing, one: Filter, query: QueryDict) -> dict[str, Any]:
    """Return a filter as the component `facets` shows it; each count is of what choosing it would give."""
    counts = Counter(value for thing in chosen_things(listing, query, one.name) for value in one.values(thing))
    wanted = set(query.getlist(one.name)) - {""}
    codes = [*counts, *(wanted - counts.keys())]
    if one.by_code:
        codes.sort(reverse=True)
    else:
        codes.sort(key=lambda code: (code not in wanted, -counts[code], one.words(code)))
    options = [{"code": code, "label": one.words(code), "count": counts[code], "is_chosen": code in wanted} for code in codes]
    return {
        "name": one.name,
        "label": one.label,
        "is_open": bool(wanted) or one is listing.filters[0],
        "chosen_count": len(wanted),
        "options": options[:OPTIONS_SHOWN],
        "more": options[OPTIONS_SHOWN:],
    }


def _chosen(listing: Listing, query: QueryDict) -> list[dict[str, Any]]:
    chosen = []
    kept = _kept(listing, query)
    for one in listing.filters:
        for value in kept.getlist(one.name):
            without = kept.copy()
            without.setlist(one.name, [other for other in kept.getlist(one.name) if other != value])
            chosen.append({"label": one.label, "value": one.words(value), "address": f"?{without.urlencode()}"})
    return chosen


def list_json(request: HttpRequest, listing: Listing) -> HttpResponse:
    """Answer with the filtered list, whole, as JSON."""
    as_json = kind(listing.kind).as_json
    things = in_order(listing, chosen_things(listing, request.GET), request.GET.get("sort", ""))
    body = {"items": [as_json(thing) for thing in things], "next": None, "total": len(things)}
    return JsonResponse(body, json_dumps_params={"ensure_ascii": False})


def list_csv(request: HttpRequest, listing: Listing) -> HttpResponse:
    """Answer with the filtered list, whole, as CSV: one row a thing, titles in the reader's language."""
    written = io.StringIO(newline="")
    table = csv.writer(written)
    table.writerow(["id", "title", "title_language", *listing.columns, "sources"])
    for thing in in_order(listing, chosen_things(listing, request.GET), request.GET.get("sort", "")):
        item = listing.item(thing)
        cells = [thing.id, item.title, item.language, *(cell(thing) for cell in listing.columns.values())]
        sources = " ".join(source["url"] for source in thing.sources if source["is_shown"])
        table.writerow([tame(cell) for cell in [*cells, sources]])
    response = HttpResponse("\ufeff" + written.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{listing.kind}s.csv"'
    return response


def tame(cell: Any) -> str:
    """Keep a spreadsheet from running a cell as a formula."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text
