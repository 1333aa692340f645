"""Lasting addresses of things, /id/<kind>/<id>: one address that leads people to a page and programs to data (303)."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_safe

from essaim import reference
from essaim.config import configuration
from essaim.pages import registry
from essaim.pages.released import forms
from essaim.pages.released.serving import PATHS, find, path_of
from essaim.pages.served import served_release
from essaim.release import Release, is_number, layout
from essaim.web.api import problems
from essaim.web.front_door import preferred_language

HTML = ("text/html", "application/xhtml+xml")
FORMS = {
    "application/json": "json",
    "application/ld+json": "jsonld",
    "application/n-triples": "nt",
    "text/turtle": "ttl",
    "text/csv": "csv",
}


@dataclass(frozen=True)
class Answering:
    """Where a thing's page and data are.

    Attributes:
        page: path of its page, without a language.
        forms: media type to address of that form.
    """

    page: str
    forms: dict[str, str]


@require_safe
def identify(request: HttpRequest, kind: str, id: str) -> HttpResponseBase:
    """Lead on to what the reader accepts: the page in their language, or JSON, JSON-LD, N-Triples, Turtle, CSV."""
    language = preferred_language(request.headers.get("Accept-Language", ""))
    answering = look_up(kind, id, language)
    if answering is None:
        response: HttpResponseBase = problems.answer(request, 404, f"No {kind} answers to {id!r} on this installation.")
    else:
        response = _lead(request, answering, f"/{language}{answering.page}")
    forms.vary_on(response, "Accept", "Accept-Language")
    forms.open_to_all(response)
    return response


def _lead(request: HttpRequest, answering: Answering, page: str) -> HttpResponse:
    chosen = request.get_preferred_type([*HTML, *answering.forms])
    if chosen is None:
        offered = ", ".join([HTML[0], *answering.forms])
        return problems.answer(request, 406, f"This thing is here as {offered}.")
    response = HttpResponse(status=303)
    response.headers["Location"] = page if chosen in HTML else answering.forms[chosen]
    response.headers["Link"] = ", ".join(
        f'<{address}>; rel="alternate"; type="{media}"' for media, address in answering.forms.items()
    )
    return response


def look_up(kind: str, id: str, language: str) -> Answering | None:
    """Return where a thing is; None when there is none of that id."""
    release = served_release()
    if kind in PATHS:
        return _document(release, kind, id, language) if release else None
    if kind == "source":
        return Answering(f"/sources/{id}", _json("sources", id)) if release and release.source(id) else None
    if kind == "release":
        is_kept = is_number(id) and (configuration().releases / id / layout.MANIFEST).is_file()
        return Answering(f"/releases/{id}", _json("releases", id)) if is_kept else None
    if kind == "entity_type":
        asked = f"/search/?kind=organisation&entity_type={id}"
        return Answering(asked, {}) if id in reference.codes("entity_types") else None
    return _of_database(kind, id)


def _document(release: Release, kind: str, id: str, language: str) -> Answering | None:
    document = find(release, kind, id)
    if document is None:
        return None
    page = path_of(document)
    return Answering(page, {media: f"/{language}{page}.{form}" for media, form in FORMS.items()})


def _of_database(kind: str, id: str) -> Answering | None:
    known = {one.name: one for one in registry.kinds()}
    if kind not in known or known[kind].find(id) is None:
        return None
    return Answering(known[kind].address(id), _json(f"{kind}s", id))


def _json(plural: str, id: str) -> dict[str, str]:
    return {"application/json": f"/api/v1/{plural}/{id}"}
