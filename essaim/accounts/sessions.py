"""Sessions of those who run the house end after half a day of silence; everyone else's after two weeks."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponseBase
from django.utils.cache import patch_vary_headers

from essaim.accounts.models import Grant, Person

OPERATORS = ("administrator", "secretariat")
OPERATORS_IDLE_SECONDS = 12 * 3600
NOTED_EVERY_SECONDS = 600
SEEN, IS_OPERATOR = "seen", "is_operator"


class IdleSessions:
    """Ends a session that was idle for too long; asks nothing of requests that come without a session."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """Keep the next layer."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Sign out whoever was idle for too long, else note that they are here (every ten minutes at most)."""
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            check_idle(request, time.time())
        response = self.get_response(request)
        if response.headers.get("Content-Type", "").startswith("text/html"):
            patch_vary_headers(response, ["Cookie"])  # the head of a page shows who is signed in
        return response


def check_idle(request: HttpRequest, now: float) -> None:
    """End the request's session when its person was idle for too long at a moment (seconds since 1970)."""
    seen = request.session.get(SEEN)
    if seen is None:
        return
    if request.session.get(IS_OPERATOR) and now - seen > OPERATORS_IDLE_SECONDS:
        logout(request)
    elif now - seen > NOTED_EVERY_SECONDS:
        request.session[SEEN] = now


def begin(request: HttpRequest, person: Person) -> None:
    """Note at sign-in when it was, and whether the person runs the house."""
    request.session[SEEN] = time.time()
    request.session[IS_OPERATOR] = Grant.objects.of(person).in_force().filter(role__in=OPERATORS).exists()
