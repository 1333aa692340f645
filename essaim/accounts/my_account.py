"""The page "my account": what one is, since when and why; one's details; a copy of one's data; erasure."""

from __future__ import annotations

from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from essaim.accounts.forms import DetailsForm, EraseForm
from essaim.accounts.journal import record
from essaim.accounts.may import Standing
from essaim.accounts.models import Mandate, Person
from essaim.accounts.people import key_of
from essaim.accounts.personal_data import erase_person, export_person
from essaim.accounts.why import institution_word, role_word, sentence

DETAILS = ("display_name", "language", "is_hidden_on_request")


@never_cache
@login_required
def my_account(request: HttpRequest) -> HttpResponse:
    """Show one's account; keep changed details."""
    person = signed_in(request)
    form = DetailsForm(request.POST or None, initial={name: getattr(person, name) for name in DETAILS})
    if request.method == "POST" and form.is_valid():
        change_details(person, form.cleaned_data)
        messages.success(request, gettext("Kept."))
        return HttpResponseRedirect(reverse("my_account"))
    standing = Standing(person)
    context = {
        "person": person,
        "form": form,
        "mandates": [mandate_line(one) for one in person.mandates.all()],
        "reasons": [sentence(one.reason("scope")) for one in standing.capacities if one.role.by == "grant"],
        "people_door": standing.may("see", "person"),
        "has_second_step": Authenticator.objects.filter(user=person).exists(),
        "crumbs": [{"label": gettext("My account")}],
    }
    return render(request, "accounts/my_account.html", context)


def signed_in(request: HttpRequest) -> Person:
    """Return the person of a request that `login_required` let pass."""
    person = request.user
    assert isinstance(person, Person)
    return person


def mandate_line(mandate: Mandate) -> dict[str, Any]:
    """Return a mandate as a page shows it."""
    state = mandate.state()
    return {
        "mandate": mandate,
        "institution": institution_word(mandate.institution_id),
        "role": role_word(mandate.role),
        "state": state.value,
        "state_word": state.label,
        "days": mandate.as_told(),
    }


@transaction.atomic
def change_details(person: Person, given: dict[str, Any]) -> None:
    """Keep changed details and tell the journal which (not what the name was: the journal holds no names)."""
    changed = [name for name in DETAILS if getattr(person, name) != given[name]]
    if not changed:
        return
    for name in changed:
        setattr(person, name, given[name])
    person.save(update_fields=changed)
    key = key_of(person)
    record("account_changed", ("person", key), person, after={"changed": changed}, words={"person": key})


@never_cache
@login_required
@require_POST
def export_me(request: HttpRequest) -> HttpResponse:
    """Give one's own data as a file."""
    person = signed_in(request)
    answer = JsonResponse(export_person(person, person), json_dumps_params={"ensure_ascii": False, "indent": 1})
    answer["Content-Disposition"] = 'attachment; filename="essaim-personal-data.json"'
    return answer


@never_cache
@login_required
@reauthentication_required  # type: ignore[untyped-decorator]
def erase_me(request: HttpRequest) -> HttpResponse:
    """Ask whether one means it, then erase."""
    person = signed_in(request)
    form = EraseForm(request.POST or None, address=person.email)
    if request.method == "POST" and form.is_valid():
        erase_person(person, person)
        logout(request)
        return HttpResponseRedirect(reverse("erased"))
    crumbs = [{"label": gettext("My account"), "address": reverse("my_account")}, {"label": gettext("Erase my account")}]
    return render(request, "accounts/erase.html", {"form": form, "crumbs": crumbs})


def erased(request: HttpRequest) -> HttpResponse:
    """Say that the account is gone."""
    return render(request, "accounts/erased.html")
