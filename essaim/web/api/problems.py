"""Errors of the API as problem details (RFC 9457): what, where, and what would have been right."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from essaim.errors import EssaimError

MEDIA = "application/problem+json"
TITLES = {
    400: "The request cannot be read",
    404: "Not found",
    405: "Only reading is possible here",
    406: "Not available in this form",
    410: "This release is gone",
    422: "A parameter has a fault",
    500: "Something broke on our side",
    503: "No release yet",
}


class Problem(Exception):
    """An answer that is an error.

    Args:
        status: HTTP status.
        detail: what is wrong, and the next step, in one or two sentences.
        more: further members of the problem.
    """

    def __init__(self, status: int, detail: str, **more: Any) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.more = more


def answer(request: HttpRequest, status: int, detail: str, **more: Any) -> HttpResponse:
    """Write a problem."""
    problem = {
        "type": "about:blank",
        "title": TITLES.get(status, "Error"),
        "status": status,
        "detail": detail,
        "instance": request.path,
    }
    return HttpResponse(json.dumps(problem | more, ensure_ascii=False), status=status, content_type=MEDIA)


def faults(errors: Sequence[Mapping[str, Any]]) -> list[dict[str, str]]:
    """Return which parameter is wrong and why, without the machinery's own words for places."""
    return [{"parameter": str(error["loc"][-1]), "reason": str(error["msg"])} for error in errors]


def teach(api: NinjaAPI) -> None:
    """Let the API answer every error as a problem."""
    for kind in (Problem, HttpError, Http404, EssaimError, ValidationError):
        api.add_exception_handler(kind, _answer_error)


def _answer_error(request: HttpRequest, error: Any) -> HttpResponse:
    match error:
        case Problem():
            return answer(request, error.status, error.detail, **error.more)
        case HttpError():
            return answer(request, error.status_code, str(error))
        case ValidationError():
            told = faults(error.errors)
            return answer(request, 422, "; ".join(f"{fault['parameter']}: {fault['reason']}" for fault in told), errors=told)
        case Http404():
            return answer(request, 404, "Nothing answers to this address.")
        case _:
            return answer(request, 500, str(error))
