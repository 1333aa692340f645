"""What a person meets after too many wrong passwords."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def address_tried(request: HttpRequest, credentials: Mapping[str, Any] | None = None) -> str:
    """Return the e-mail address that a sign-in was tried with, in lower case."""
    given = dict(credentials or {})
    tried = given.get("email") or given.get("username") or request.POST.get(settings.AXES_USERNAME_FORM_FIELD, "")
    return str(tried).strip().lower()


def locked_out(request: HttpRequest, original: HttpResponse | None = None, credentials: Any = None) -> HttpResponse:
    """Answer 429 with the page that says how long the door is closed."""
    minutes = round(settings.AXES_COOLOFF_TIME * 60)
    answer = render(request, "accounts/locked_out.html", {"minutes": minutes}, status=429)
    answer["Retry-After"] = str(minutes * 60)
    return answer
