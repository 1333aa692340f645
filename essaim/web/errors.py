"""The pages shown when something went wrong, in the visitor's language and with a way on."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext
from django.views.decorators.csrf import requires_csrf_token

from essaim.errors import EssaimError


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a request that cannot be read (400)."""
    return HttpResponse(render_to_string("400.html"), status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a request that is not allowed (403)."""
    return HttpResponse(render_to_string("403.html", request=request), status=403)


@requires_csrf_token
def refused_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form that came without its token (403)."""
    return HttpResponse(render_to_string("403.html", {"is_form": True}, request=request), status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer an address that leads nowhere (404), with a search box filled with its last words."""
    words = request.path.strip("/").rsplit("/", 1)[-1].replace("-", " ").strip()
    return HttpResponse(render_to_string("404.html", {"words": words[:80]}, request=request), status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer after a fault of ours (500), without asking anything of the database or the release.

    Where the fault is that the front end was never built, one plain line is all that can be shown.
    """
    try:
        return HttpResponse(render_to_string("500.html"), status=500)
    except EssaimError:
        return HttpResponse(gettext("Something broke on our side"), status=500, content_type="text/plain; charset=utf-8")
