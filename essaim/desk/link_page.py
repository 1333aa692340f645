"""The page behind a signed link: what it opens, or why it opens nothing."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from essaim.desk.links import LinkError, open_link, purpose_of


@csrf_exempt  # the token is the proof: whoever can forge this request holds the link; and no cookie is needed
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def signed_link(request: HttpRequest, purpose: str, token: str) -> HttpResponse:
    """Answer a request that came with a link; one that opens nothing is explained, and tells a stranger nothing."""
    known = purpose_of(purpose)
    try:
        if known is None:
            raise LinkError("wrong", "no such purpose")
        response = known.answer(request, open_link(token, purpose))
    except LinkError as error:
        response = closed(request, error, purpose)
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def closed(request: HttpRequest, error: LinkError, purpose: str) -> HttpResponse:
    """Explain a link that opens nothing: 404 for a wrong one, 410 for one that was good."""
    is_ours = error.code != "wrong"
    known = purpose_of(purpose) if is_ours else None
    context = {"error": error, "label": known.label if known else "", "is_ours": is_ours}
    return render(request, "desk/links/closed.html", context, status=410 if is_ours else 404)
