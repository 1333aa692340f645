"""The pages of the knowledge room: its landing page, the list of works, a work and its machine forms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from essaim.desk.suggestions_shown import with_corrections
from essaim.knowledge import listing
from essaim.knowledge.linked import as_linked_data
from essaim.knowledge.page import WorkPage
from essaim.pages.released.serving import document_form, find, lead_on, unknown, with_release

if TYPE_CHECKING:
    from essaim.release import Release


@require_safe
@with_release
def landing(request: HttpRequest, release: Release) -> HttpResponse:
    """Show the room: works, their languages, and the networks."""
    return render(request, "knowledge/landing.html", {"cards": listing.cards(release)})


@require_safe
@with_release
def works(request: HttpRequest, release: Release) -> HttpResponse:
    """List the works in the order of their titles."""
    asked = request.GET.get("page", "1")
    page = max(1, int(asked)) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1
    lines, total = listing.works(release, page)
    context = {"lines": lines, "total": total, "page": page, "per_page": listing.WORKS_PER_PAGE}
    return render(request, "knowledge/works.html", context)


@require_safe
@with_release
def work(request: HttpRequest, release: Release, key: str) -> HttpResponse:
    """Show a work; former, readable and slugless ids lead on to the canonical address."""
    document = find(release, "work", key)
    if document is None:
        return unknown(request, release, "work", key)
    led = lead_on(request, document)
    if led is not None:
        return led
    return render(request, "knowledge/work.html", {"page": WorkPage(with_corrections(document), release)})


@require_safe
@with_release
def work_form(request: HttpRequest, release: Release, key: str, form: str) -> HttpResponse:
    """Answer with the work as JSON, JSON-LD, N-Triples, Turtle or CSV."""
    return document_form(request, release, "work", key, form, as_linked_data)
