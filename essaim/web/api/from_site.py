"""Operations that also read the database: the search over every kind, and the kinds that people keep."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_noop as _
from django.utils.translation import override
from ninja import Query, Router

from essaim.config import configuration
from essaim.pages import registry
from essaim.web.api.paging import data, part, release_of
from essaim.web.api.problems import Problem
from essaim.web.api.shapes import AskedEverything, Found, Page, Paging
from essaim.web.search.asked import read_asked
from essaim.web.search.found import everything, find

router = Router()
DEEPEST = 10_000
PLURALS = {"institutions": "institution", "meetings": "meeting", "norms": "norm", "instruments": "instrument"}


@router.get("/search", response=Found, summary=_("Search over every kind: the release and the database"), tags=["search"])
def search(request: HttpRequest, asked: Query[AskedEverything]) -> HttpResponse:
    """Answer a search as the page of the search does, with the counts of its filters; it can be walked to 10 000 hits."""
    release_of()
    with override(asked.words_in):
        question = read_asked(request.GET)
        hits, total = everything(question, min(DEEPEST, asked.offset + asked.limit))
        answer = find(question, 1).results
    chosen = hits[asked.offset : asked.offset + asked.limit]
    return part(
        request, [_hit(hit) for hit in chosen], min(total, DEEPEST), asked, None, facets=answer.facets, corrected=answer.corrected
    )


def _hit(hit: Any) -> dict[str, Any]:
    return {
        "kind": hit.kind,
        "id": hit.id,
        "title": hit.title,
        "title_language": hit.title_language,
        "address": f"{configuration().base_url}/en{hit.address}",
        "snippet": hit.snippet,
        "spans": [list(span) for span in hit.spans],
        "why": list(hit.why),
        "facets": {name: list(codes) for name, codes in hit.facets.items()},
    }


def things(request: HttpRequest, name: str, paging: Paging) -> HttpResponse:
    """Answer with the public rows of a kind of the database, in the order of their ids."""
    kind = registry.kind(name)
    rows = sorted((row for table, row in kind.public_rows() if table == name), key=lambda row: str(row["id"]))
    base = configuration().base_url
    lines = [
        {
            "id": row["id"],
            "kind": name,
            "titles": row.get("titles", {}),
            "address": f"{base}/en{kind.address(str(row['id']))}",
            "url": f"{base}{request.path}/{row['id']}",
        }
        for row in rows[paging.offset : paging.offset + paging.limit]
    ]
    return part(request, lines, len(rows), paging, None)


def thing(name: str, id: str) -> HttpResponse:
    """Answer with everything public of one thing of the database.

    Raises:
        Problem: there is none of that id (404).
    """
    kind = registry.kind(name)
    found = kind.find(id)
    if found is None:
        raise Problem(404, f"There is no {name} {id!r}.")
    return data(kind.as_json(found))


@router.get(
    "/institutions",
    response=Page,
    summary=_("Members, observers and partners of the task force"),
    tags=["coordination"],
)
def institutions(request: HttpRequest, paging: Query[Paging]) -> HttpResponse:
    """List institutions."""
    return things(request, "institution", paging)


@router.get("/institutions/{id}", response=dict[str, Any], summary=_("One institution"), tags=["coordination"])
def institution(request: HttpRequest, id: str) -> HttpResponse:
    """Return an institution."""
    return thing("institution", id)


@router.get("/meetings", response=Page, summary=_("Meetings of the task force"), tags=["coordination"])
def meetings(request: HttpRequest, paging: Query[Paging]) -> HttpResponse:
    """List meetings."""
    return things(request, "meeting", paging)


@router.get("/meetings/{id}", response=dict[str, Any], summary=_("One meeting"), tags=["coordination"])
def meeting(request: HttpRequest, id: str) -> HttpResponse:
    """Return a meeting."""
    return thing("meeting", id)


@router.get("/norms", response=Page, summary=_("International texts, with what they ask for"), tags=["policy"])
def norms(request: HttpRequest, paging: Query[Paging]) -> HttpResponse:
    """List norms."""
    return things(request, "norm", paging)


@router.get("/norms/{id}", response=dict[str, Any], summary=_("One international text, with its calls"), tags=["policy"])
def norm(request: HttpRequest, id: str) -> HttpResponse:
    """Return a norm."""
    return thing("norm", id)


@router.get("/instruments", response=Page, summary=_("Laws and policies of countries and regions"), tags=["policy"])
def instruments(request: HttpRequest, paging: Query[Paging]) -> HttpResponse:
    """List instruments."""
    return things(request, "instrument", paging)


@router.get("/instruments/{id}", response=dict[str, Any], summary=_("One law or policy"), tags=["policy"])
def instrument(request: HttpRequest, id: str) -> HttpResponse:
    """Return an instrument."""
    return thing("instrument", id)
