"""The pages of the recognition room: its landing page, the list of organisations, an organisation and its machine forms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from essaim.desk.suggestions_shown import with_corrections
from essaim.pages.released.serving import document_form, find, lead_on, unknown, with_release
from essaim.pages.released.values import site_address
from essaim.recognition.landing import Landing
from essaim.recognition.linked import as_linked_data
from essaim.recognition.page import OrganisationPage

if TYPE_CHECKING:
    from essaim.release import Release


@require_safe
@with_release
def landing(request: HttpRequest, release: Release) -> HttpResponse:
    """Show the room: how many, where, of which types, by which answers, and how sure."""
    return render(request, "recognition/landing.html", {"landing": Landing(release)})


@require_safe
def organisations(request: HttpRequest) -> HttpResponse:
    """Lead to the search among organisations; its filters come along."""
    asked = request.GET.copy()
    asked.setlist("kind", ["organisation"])
    return HttpResponseRedirect(f"{site_address('/search/')}?{asked.urlencode()}")


@require_safe
@with_release
def organisation(request: HttpRequest, release: Release, key: str) -> HttpResponse:
    """Show an organisation; former, readable and slugless ids lead on to the canonical address."""
    document = find(release, "organisation", key)
    if document is None:
        return unknown(request, release, "organisation", key)
    led = lead_on(request, document)
    if led is not None:
        return led
    page = OrganisationPage(with_corrections(document), release, _page_number(request))
    return render(request, "recognition/organisation.html", {"page": page})


@require_safe
@with_release
def organisation_form(request: HttpRequest, release: Release, key: str, form: str) -> HttpResponse:
    """Answer with the organisation as JSON, JSON-LD, N-Triples, Turtle or CSV."""
    return document_form(request, release, "organisation", key, form, as_linked_data)


def _page_number(request: HttpRequest) -> int:
    asked = request.GET.get("members", "1")
    return max(1, int(asked)) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1
