"""The pages on which anyone suggests: choose what, say it, confirm by the link in the letter, see what became of it."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from essaim.accounts.may import may
from essaim.accounts.people import Person
from essaim.accounts.scopes import Thing
from essaim.accounts.viewer import person_of
from essaim.desk import links
from essaim.desk.mail import send
from essaim.desk.review import ReviewError, confirm, withdraw
from essaim.desk.suggestions import Suggestion, make
from essaim.desk.suggestions_about import Subject, address_of, subject_of
from essaim.desk.suggestions_form import SuggestionForm
from essaim.desk.suggestions_rate import is_too_often, network_of
from essaim.desk.suggestions_shown import present_values, property_word, value_word

PURPOSE_NAME = "suggestion"
FOLLOW_DAYS = 90


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def suggest(request: HttpRequest, kind: str, id: str) -> HttpResponse:
    """Show what can be suggested of a thing, take a suggestion, and write to its address."""
    person = person_of(request)
    subject = allowed_subject(kind, id, person)
    name = request.GET.get("property", "")
    if name not in subject.properties:
        return render(request, "desk/suggestions/choose.html", _context(subject, name) | {"lines": lines(subject)})
    form = SuggestionForm(subject, name, person, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_trapped:
        return HttpResponseRedirect(reverse("suggestion_sent"))
    status = 200
    if form.is_bound and form.is_valid():
        email = "" if person else form.cleaned_data["email"]
        network = "" if person else network_of(request.META.get("REMOTE_ADDR", ""))
        if is_too_often(address=email, network=network, person=str(person.pk) if person else ""):
            form.add_error(
                None, _("This is too often for one day or hour. What you sent before was kept; please try again later.")
            )
            status = 429
        else:
            take(form, subject, person)
            return HttpResponseRedirect(reverse("suggestion_sent") + ("?own=1" if person else ""))
    context = _context(subject, name) | {"form": form, "present": present_values(subject, name), "word": property_word(name)}
    return render(request, "desk/suggestions/form.html", context, status=status)


def allowed_subject(kind: str, id: str, person: Person | None) -> Subject:
    """Return the thing that someone wants to suggest on.

    Raises:
        Http404: there is no such thing, or they may not see it or suggest on it: a stranger learns nothing.
    """
    subject = subject_of(kind, id)
    if subject is None or not may(person, "suggest", Thing(kind, subject.id, subject.scopes)):
        raise Http404(f"no {kind} to suggest on")
    return subject


def lines(subject: Subject) -> list[dict[str, Any]]:
    """Return what can be suggested, each with what the sources say at present."""
    return [
        {"name": name, "word": property_word(name), "present": present_values(subject, name)[:4]} for name in subject.properties
    ]


@transaction.atomic
def take(form: SuggestionForm, subject: Subject, person: Person | None) -> Suggestion:
    """Keep a suggestion; someone without an account gets the link that confirms it."""
    spoken = get_language() or "en"
    given = form.cleaned_data
    one = make(form.suggestion(spoken), subject.scopes, person, given.get("name", ""), given.get("email", ""))
    if person is None:
        url = links.make(PURPOSE_NAME, ("suggestion", one.key), FOLLOW_DAYS, single_use=False, language=spoken)
        context = {"url": url, "thing": one.about_title, "property": property_word(one.property), "value": value_word(one)}
        send(given["email"], "desk/suggestions/mail/confirm", context, "asked", spoken)
    return one


@never_cache
@require_http_methods(["GET", "HEAD"])
def sent(request: HttpRequest) -> HttpResponse:
    """Say what happens next."""
    return render(request, "desk/suggestions/sent.html", {"is_own": person_of(request) is not None})


def follow(request: HttpRequest, link: links.SignedLink) -> HttpResponse:
    """Answer the link of the letter: confirm, look at what became of it, take it back."""
    one = Suggestion.objects.filter(key=link.about_id).first()
    if one is None:
        raise links.LinkError("expired", "what the link was about was not confirmed in time")
    told = ""
    if request.method == "POST":
        with transaction.atomic():
            link.use()
            try:
                one = withdraw(one, one.by_name_key) if "withdraw" in request.POST else confirm(one)
            except ReviewError as error:
                one, told = error.present, error.words
    context = {
        "one": one,
        "told": told,
        "word": property_word(one.property),
        "value": value_word(one),
        "address": address_of(one.about_kind, one.about_id),
        "crumbs": [{"label": gettext("Your suggestion")}],
    }
    return render(request, "desk/suggestions/follow.html", context)


def _context(subject: Subject, name: str) -> dict[str, Any]:
    here = reverse("suggest", args=[subject.kind, subject.public_id])
    crumbs = [
        {"label": subject.title, "address": subject.address},
        {"label": gettext("Correct or add"), "address": here if name else ""},
    ]
    return {"subject": subject, "here": here, "crumbs": crumbs if not name else [*crumbs, {"label": property_word(name)}]}


PURPOSE = links.Purpose(PURPOSE_NAME, _("Confirm a suggestion"), follow)
