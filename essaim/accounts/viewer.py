"""Who is looking, for the frame of every page; a request without a session is a visitor's and asks nothing of the database."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

if TYPE_CHECKING:
    from essaim.accounts.models import Person


def person_of(request: HttpRequest) -> Person | None:
    """Return the signed-in person of a request; None for a visitor."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return None
    user = request.user
    return user if user.is_authenticated else None


def viewer(request: HttpRequest) -> dict[str, Any]:
    """Give every template `viewer` (a Django context processor): the signed-in person, or nothing."""
    return {"viewer": SimpleLazyObject(lambda: person_of(request))}
