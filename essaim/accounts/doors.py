"""Doors: who may open a page, and what happens at sign-in and sign-up."""

from __future__ import annotations

from typing import Any, NoReturn
from urllib.parse import urlencode

from allauth.account.signals import user_signed_up
from django.contrib.auth.signals import user_logged_in
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.urls import reverse

from essaim.accounts.invitations import IN_SESSION, accept, carried_by
from essaim.accounts.may import Permit, may
from essaim.accounts.models import Person
from essaim.accounts.sessions import begin
from essaim.accounts.viewer import person_of


def require(request: HttpRequest, verb: str, thing: Any = None) -> Permit:
    """Return the permit of the one who asks, or end the request.

    Args:
        request: whose person is asked about.
        verb: what they want to do.
        thing: to what; see `may`.

    Raises:
        Http404: they may not even see it: a stranger learns nothing, not even that it is there.
        PermissionDenied: they may see it and not do this.
    """
    person = person_of(request)
    permit = may(person, verb, thing)
    if permit:
        return permit
    _refuse(person, verb, thing)


def _refuse(person: Person | None, verb: str, thing: Any) -> NoReturn:
    if thing is not None and (verb == "see" or not may(person, "see", thing)):
        raise Http404("nothing here for this person")
    raise PermissionDenied


def to_sign_in(request: HttpRequest) -> HttpResponseRedirect:
    """Send a visitor to the sign-in, and afterwards back to where they were."""
    return HttpResponseRedirect(f"{reverse('account_login')}?{urlencode({'next': request.get_full_path()})}")


def listen() -> None:
    """Take up an invitation at sign-up, begin the session's clock at sign-in."""
    user_signed_up.connect(take_up_invitation, dispatch_uid="take up an invitation")
    user_logged_in.connect(begin_session, dispatch_uid="begin the session")


def take_up_invitation(request: HttpRequest, user: Person, **more: Any) -> None:
    """Make the person who just signed up what their invitation says."""
    if invitation := carried_by(request):
        accept(invitation, user)
        request.session.pop(IN_SESSION, None)


def begin_session(sender: Any, request: HttpRequest | None, user: Person, **more: Any) -> None:
    """Begin the session's clock."""
    if request is not None and hasattr(request, "session"):
        begin(request, user)
