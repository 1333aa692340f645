"""What stands around every operation: only reading, 304 where the reader has the answer, open to scripts of any site."""

from __future__ import annotations

import hashlib
import logging
import os
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import http_date

from essaim.config import configuration
from essaim.pages.released import forms
from essaim.pages.served import served_release
from essaim.web.api import problems

logger = logging.getLogger(__name__)
View = Callable[..., HttpResponseBase]
FROM_DATABASE = ("institutions", "meetings", "norms", "instruments")
"""First parts of addresses whose answers the release does not decide: their entity tag is made of the answer itself."""


def opened(view: View) -> View:
    """Wrap a view of the API."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "OPTIONS":
            return _preflight()
        if request.method not in ("GET", "HEAD"):
            refused = problems.answer(request, 405, "This API only answers GET and HEAD.")
            refused.headers["Allow"] = "GET, HEAD, OPTIONS"
            return _closed(refused)
        tag = entity_tag(request)
        had = get_conditional_response(request, etag=tag) if tag else None
        if had is not None and had.status_code == 304:
            return _closed(had)
        response = _answered(view, request, *args, **kwargs)
        if response.status_code == 200:
            if tag:
                response.headers["Last-Modified"] = http_date(_sealed_at())
            tag = tag or _tag_of(response)
            response.headers["ETag"] = tag
            had = get_conditional_response(request, etag=tag)
            response = had if had is not None else response
        return _closed(response)

    return answer


def _answered(view: View, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
    asked, request.method = request.method, "GET"  # the server sends no body to HEAD; the operation is the same
    try:
        return view(request, *args, **kwargs)
    except Http404:
        return unknown(request)
    except Exception:
        logger.exception("%s could not be answered", request.path)
        return problems.answer(request, 500, "The fault is ours and is written down. Try again in a moment.")
    finally:
        request.method = asked


def _tag_of(response: HttpResponseBase) -> str:
    content = response.content if isinstance(response, HttpResponse) else b""
    return f'"{hashlib.sha256(content).hexdigest()[:16]}"'


def entity_tag(request: HttpRequest) -> str | None:
    """Return the tag of an answer before it is made, where release, site index and address decide it; else None."""
    release = served_release()
    first = request.path.removeprefix("/api/v1/").partition("/")[0]
    if release is None or first in FROM_DATABASE:
        return None
    try:
        stamp = os.readlink(configuration().site_index) if first == "search" else ""
    except OSError:
        stamp = ""
    return forms.etag_of(release, request.get_full_path(), stamp)


def unknown(request: HttpRequest) -> HttpResponseBase:
    """Answer for an address of the API that there is not (404)."""
    return problems.answer(
        request, 404, f"There is no such operation. All are listed at {configuration().base_url}/api/v1/openapi.json"
    )


def _sealed_at() -> float:
    release = served_release()
    return forms.sealed_at(release).timestamp() if release else 0.0


def _preflight() -> HttpResponse:
    response = HttpResponse(status=204)
    response.headers["Access-Control-Allow-Methods"] = "GET, HEAD, OPTIONS"
    response.headers["Access-Control-Allow-Headers"] = "Accept, If-None-Match, If-Modified-Since"
    response.headers["Access-Control-Max-Age"] = "86400"
    forms.open_to_all(response)
    return response


def _closed(response: HttpResponseBase) -> HttpResponseBase:
    forms.open_to_all(response)
    return response
