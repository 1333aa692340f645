"""Pages of those who invite: persons, what they are, invitations; and one person with every mandate and role."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from essaim.accounts.doors import require
from essaim.accounts.forms import EraseForm, InviteForm, StandingForm
from essaim.accounts.invitations import end_role, give, invite, is_last_administrator, mandate
from essaim.accounts.journal import record
from essaim.accounts.may import may
from essaim.accounts.models import Grant, Invitation, Mandate, Person
from essaim.accounts.my_account import mandate_line, signed_in
from essaim.accounts.people import key_of
from essaim.accounts.personal_data import erase_person, export_person
from essaim.accounts.roles import roles
from essaim.accounts.scopes import Thing
from essaim.accounts.why import institution_word, role_word, scope_word


@never_cache
@login_required
def people(request: HttpRequest) -> HttpResponse:
    """List persons and open invitations; invite someone."""
    require(request, "see", "person")
    form = InviteForm(request.POST or None)
    link = ""
    if request.method == "POST" and form.is_valid():
        require_to_make(request, "invite", "invitation", form.cleaned_data)
        _invitation, link = invite(**form.cleaned_data, by=signed_in(request))
        form = InviteForm()
    persons = Person.objects.filter(erased_at__isnull=True).prefetch_related("mandates", "grants")
    context = {
        "persons": [{"person": one, "standing": standing_words(one)} for one in persons],
        "invitations": [invitation_line(one) for one in Invitation.objects.filter(accepted_at=None, revoked_at=None)],
        "form": form,
        "link": link,
        "may_invite": may(signed_in(request), "invite", "invitation"),
        "crumbs": [{"label": gettext("People")}],
    }
    return render(request, "accounts/people.html", context)


def require_to_make(request: HttpRequest, verb: str, kind: str, given: dict[str, Any]) -> None:
    """Let pass who may make someone what a form says; an administrator is made by administrators alone.

    Raises:
        PermissionDenied: they may not, there.
        Http404: they may not even see such things.
    """
    scope = f"institution:{given['institution']}" if given["institution"] else given["scope"]
    require(request, verb, Thing(kind, "new", frozenset({scope})))
    if given["role"] == "administrator":
        require(request, "operate", "person")


def standing_words(person: Person) -> list[str]:
    """Say what a person is at present."""
    said = [
        f"{institution_word(one.institution_id)} ({role_word(one.role)})"
        for one in person.mandates.all()
        if one.state() == Mandate.State.IN_FORCE
    ]
    return said + [f"{role_word(one.role)}, {scope_word(one.scope)}" for one in person.grants.in_force()]


def invitation_line(invitation: Invitation) -> dict[str, Any]:
    """Return an invitation as the page shows it."""
    where = institution_word(invitation.institution) if invitation.institution else scope_word(invitation.scope)
    return {"invitation": invitation, "role": role_word(invitation.role), "where": where}


@never_cache
@login_required
@require_POST
def revoke_invitation(request: HttpRequest, id: int) -> HttpResponse:
    """Take an invitation back."""
    invitation = Invitation.objects.filter(pk=id, accepted_at=None, revoked_at=None).first()
    if invitation is None:
        raise Http404("no such open invitation")
    require(request, "invite", invitation)
    with transaction.atomic():
        invitation.revoked_at = timezone.now()
        invitation.save(update_fields=["revoked_at"])
        words = {"role": invitation.role}
        record("invitation_revoked", ("invitation", str(id)), signed_in(request), invitation.institution, words=words)
    messages.success(request, gettext("The invitation is taken back."))
    return HttpResponseRedirect(reverse("people"))


@never_cache
@login_required
def person_page(request: HttpRequest, id: int) -> HttpResponse:
    """Show one person with mandates and roles; give another."""
    person = found(id)
    require(request, "see", person)
    form = StandingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        is_granted = given["role"] in roles().by("grant")
        require_to_make(request, "mandate", "grant" if is_granted else "mandate", given)
        if is_granted:
            give(person, given["role"], given["scope"], signed_in(request))
        else:
            mandate(person, given["institution"], given["role"], signed_in(request), given["scope"])
        return HttpResponseRedirect(reverse("person", args=[id]))
    me = signed_in(request)
    context = {
        "person": person,
        "key": key_of(person),
        "mandates": [mandate_line(one) | {"may": may(me, "mandate", one)} for one in person.mandates.all()],
        "grants": [grant_line(one) | {"may": may(me, "mandate", one)} for one in person.grants.all()],
        "form": form,
        "may_operate": may(me, "operate", person),
        "may_export": may(me, "export_person", person),
        "may_erase": may(me, "erase_person", person),
        "crumbs": [{"label": gettext("People"), "address": reverse("people")}, {"label": str(person)}],
    }
    return render(request, "accounts/person.html", context)


def found(id: int) -> Person:
    """Return a person who is not erased.

    Raises:
        Http404: there is none.
    """
    person = Person.objects.filter(pk=id, erased_at__isnull=True).first()
    if person is None:
        raise Http404("no such person")
    return person


def grant_line(grant: Grant) -> dict[str, Any]:
    """Return a grant as the page shows it."""
    is_in_force = Grant.objects.in_force().filter(pk=grant.pk).exists()
    told = grant.as_told()
    return {
        "grant": grant,
        "role": role_word(grant.role),
        "scope": scope_word(grant.scope),
        "days": told,
        "is_in_force": is_in_force,
    }


@never_cache
@login_required
@require_POST
def change_mandate(request: HttpRequest, id: int, what: str) -> HttpResponse:
    """Confirm or end a mandate."""
    with transaction.atomic():
        one = Mandate.objects.select_for_update().filter(pk=id).first()
        if one is None:
            raise Http404("no such mandate")
        require(request, "mandate", one)
        before = one.as_told()
        if what == "confirm":
            one.confirm()
        else:
            one.end()
        after = one.as_told()
        until = after["confirm_by"] if what == "confirm" else after["until"]
        words = {"person": key_of(one.person), "institution": one.institution_id, "until": until}
        act = "mandate_confirmed" if what == "confirm" else "mandate_ended"
        record(act, ("mandate", str(id)), signed_in(request), one.institution_id, before, after, words)
    return HttpResponseRedirect(reverse("person", args=[one.person_id]))


@never_cache
@login_required
@require_POST
def end_grant(request: HttpRequest, id: int) -> HttpResponse:
    """End a role; the last administrator stays."""
    with transaction.atomic():
        one = Grant.objects.select_for_update().in_force().filter(pk=id).first()
        if one is None:
            raise Http404("no such role")
        require(request, "mandate", one)
        if is_last_administrator(one.person) and one.role == "administrator":
            messages.error(request, gettext("This is the last administrator. Name another first."))
        else:
            end_role(one, signed_in(request))
    return HttpResponseRedirect(reverse("person", args=[one.person_id]))


@never_cache
@login_required
@require_POST
def open_or_close(request: HttpRequest, id: int) -> HttpResponse:
    """Close an account, or open it again."""
    person = found(id)
    require(request, "operate", person)
    if person.is_active and is_last_administrator(person):
        messages.error(request, gettext("This is the last administrator. Name another first."))
    else:
        set_open(person, not person.is_active, signed_in(request))
    return HttpResponseRedirect(reverse("person", args=[id]))


@transaction.atomic
def set_open(person: Person, is_open: bool, by: Person | None) -> None:
    """Open or close an account; whoever is signed in with it is out at the next click."""
    person.is_active = is_open
    person.save(update_fields=["is_active"])
    key = key_of(person)
    record("account_opened" if is_open else "account_closed", ("person", key), by, words={"person": key})


@never_cache
@login_required
@require_POST
def export_one(request: HttpRequest, id: int) -> HttpResponse:
    """Give everything kept of a person, as a file, for them."""
    person = found(id)
    require(request, "export_person", person)
    answer = JsonResponse(export_person(person, signed_in(request)), json_dumps_params={"ensure_ascii": False, "indent": 1})
    answer["Content-Disposition"] = f'attachment; filename="essaim-person-{id}.json"'
    return answer


@never_cache
@login_required
def erase_one(request: HttpRequest, id: int) -> HttpResponse:
    """Ask whether one means it, then erase a person who asked for it."""
    person = found(id)
    require(request, "erase_person", person)
    form = EraseForm(request.POST or None, address=person.email)
    if request.method == "POST" and form.is_valid():
        erase_person(person, signed_in(request))
        messages.success(request, gettext("The person is erased."))
        return HttpResponseRedirect(reverse("people"))
    crumbs = [{"label": gettext("People"), "address": reverse("people")}, {"label": str(person)}]
    return render(request, "accounts/erase.html", {"form": form, "person": person, "crumbs": crumbs})
