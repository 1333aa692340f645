"""Views over the served release: the release handed in, one address a thing, former ids led on, unknown ones told."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render

from essaim.config import configuration
from essaim.pages.released import forms
from essaim.pages.released.values import site_address
from essaim.pages.served import served_release

if TYPE_CHECKING:
    from essaim.release import Release

P = ParamSpec("P")
LASTING_ID = re.compile(r"([a-z][0-9a-hjkmnp-tv-z]{10}[0-9a-z*~$=])(?:-(.*))?", re.IGNORECASE)
"""A kind's letter, ten Crockford base-32 signs, a check sign; then perhaps the words of the address."""
PATHS = {"organisation": "organisations", "work": "works"}
Document = dict[str, Any]


def with_release(
    view: Callable[Concatenate[HttpRequest, Release, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Hand the served release to a view; before the first build the visitor is told so (503)."""

    @wraps(view)
    def served(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        release = served_release()
        if release is None:
            return render(request, "pages/released/none_yet.html", status=503)
        return view(request, release, *args, **kwargs)

    return served


def find(release: Release, kind: str, key: str) -> Document | None:
    """Return the document that an address means: by lasting or former id, record key, or readable id."""
    found = LASTING_ID.fullmatch(key)
    document = release.page(kind, found.group(1).lower()) if found else None
    return document or release.page(kind, key) or release.page(kind, key.lower())


def path_of(document: Document) -> str:
    """Return the canonical path of a thing, without a language."""
    return f"/{PATHS[document['kind']]}/{document['id']}-{document['slug']}"


def lead_on(request: HttpRequest, document: Document, ending: str = "") -> HttpResponse | None:
    """Return the redirect (301) to the canonical address, or None when the visitor stands there."""
    address = site_address(path_of(document)) + ending
    if request.path == address:
        return None
    query = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(address + (f"?{query}" if query else ""))


def unknown(request: HttpRequest, release: Release, kind: str, key: str) -> HttpResponse:
    """Answer for an id that nothing answers to (404): what it was, if an earlier release knew it, and a search."""
    found = LASTING_ID.fullmatch(key)
    id, words = (found.group(1).lower(), found.group(2) or "") if found else ("", key)
    gone = last_seen(kind, id) if id else None
    context = {"key": key, "words": words.replace("-", " ").strip(), "gone": gone, "kind": kind, "release": release}
    return render(request, "pages/released/unknown.html", context, status=404)


def last_seen(kind: str, id: str) -> dict[str, str] | None:
    """Return title and release of a thing that a release dropped, from the diffs that are kept for ever."""
    from essaim.release.keep import told_diffs

    for diff in told_diffs(configuration().releases):
        for item in diff["gone"]:
            if item["kind"] == kind and item["id"] == id:
                return {"title": item["title"], "release": diff["to"], "before": diff["from"]}
    return None


def document_form(
    request: HttpRequest, release: Release, kind: str, key: str, form: str, linked: Callable[[Mapping[str, Any]], Document]
) -> HttpResponse:
    """Answer with a machine form of a thing's page (see `forms.MEDIA`)."""
    document = find(release, kind, key)
    if document is None:
        return unknown(request, release, kind, key)
    led = lead_on(request, document, f".{form}")
    if led is not None:
        forms.open_to_all(led)
        return led
    body = forms.write_form(document, form, linked)
    return forms.answer(request, release, body, forms.MEDIA[form], kind, document["id"], form)
