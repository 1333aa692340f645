"""Where an invitation leads: the token goes into the session, and the sign-up opens."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from essaim.accounts.invitations import IN_SESSION, accept, carried_by, find_open
from essaim.accounts.models import Person
from essaim.accounts.viewer import person_of
from essaim.accounts.why import institution_word, role_word, scope_word


@never_cache
@require_safe
def open_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Carry an open invitation to the sign-up; who has an account with the invited address signs in and takes it up."""
    invitation = find_open(token)
    if invitation is None:
        return render(request, "accounts/invitation_closed.html", status=404)
    request.session[IN_SESSION] = invitation.pk
    has_account = Person.objects.filter(email=invitation.email).exists()
    if person_of(request) is None and has_account:
        return HttpResponseRedirect(f"{reverse('account_login')}?{urlencode({'next': reverse('take_up_invitation')})}")
    return HttpResponseRedirect(reverse("take_up_invitation" if has_account else "account_signup"))


@never_cache
def take_up(request: HttpRequest) -> HttpResponse:
    """Let someone who has an account become what the invitation says, when it was sent to their address."""
    person, invitation = person_of(request), carried_by(request)
    if person is None or invitation is None or invitation.email != person.email:
        return render(request, "accounts/invitation_closed.html", status=404)
    if request.method == "POST":
        accept(invitation, person)
        request.session.pop(IN_SESSION, None)
        return HttpResponseRedirect(reverse("my_account"))
    where = institution_word(invitation.institution) if invitation.institution else scope_word(invitation.scope)
    return render(request, "accounts/take_up.html", {"role": role_word(invitation.role), "where": where})
