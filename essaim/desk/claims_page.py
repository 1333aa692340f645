"""The pages of claims: claim a page, prove it, say what stands there; and the list of whoever gives their word."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from essaim.accounts.may import Standing, may
from essaim.accounts.people import Person, Pseudonym
from essaim.accounts.scopes import Thing
from essaim.accounts.viewer import person_of
from essaim.desk import claims, links
from essaim.desk.claims import HIDEABLE, PURPOSE_NAME, Claim, ClaimError, claim, confirm, prove, refuse, revoke, said, say
from essaim.desk.claims_file import file_path, is_file_there, places
from essaim.desk.claims_form import ClaimForm, OwnForm
from essaim.desk.mail import send
from essaim.desk.review import take_back
from essaim.desk.suggestions import OTHER, Suggestion
from essaim.desk.suggestions_about import Subject, subject_of
from essaim.desk.suggestions_rate import is_too_often, network_of
from essaim.desk.suggestions_shown import present_values, property_word, value_word

State = Claim.State
TOO_OFTEN = _("This is too often for one day or hour. What you sent before was kept; please try again later.")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def claim_page(request: HttpRequest, id: str) -> HttpResponse:
    """Ask who claims a page and how they prove it, and write to their address."""
    person = person_of(request)
    subject = subject_of("organisation", id)
    if subject is None or not may(person, "claim", Thing("organisation", subject.id, subject.scopes)):
        raise Http404("no organisation to claim")
    form = ClaimForm(subject, person, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_trapped:
        return HttpResponseRedirect(reverse("claim_sent"))
    status = 200
    if form.is_bound and form.is_valid():
        network = network_of(request.META.get("REMOTE_ADDR", ""))
        if is_too_often(address=form.address, network=network):
            form.add_error(None, TOO_OFTEN)
            status = 429
        else:
            _take(form, subject, person)
            return HttpResponseRedirect(reverse("claim_sent"))
    crumbs = [{"label": subject.title, "address": subject.address}, {"label": gettext("Claim this page")}]
    return render(request, "desk/claims/claim.html", {"subject": subject, "form": form, "crumbs": crumbs}, status=status)


@transaction.atomic
def _take(form: ClaimForm, subject: Subject, person: Person | None) -> None:
    spoken = get_language() or "en"
    name, email = form.cleaned_data.get("name", ""), form.cleaned_data.get("email", "")
    one, url = claim(subject, form.cleaned_data["proof"], person, name, email, spoken)
    context = {"url": url, "thing": one.about_title}
    send(form.address, "desk/claims/mail/claim", context, "asked", spoken)


@never_cache
@require_http_methods(["GET", "HEAD"])
def sent(request: HttpRequest) -> HttpResponse:
    """Say what happens next."""
    return render(request, "desk/claims/sent.html")


def by_link(request: HttpRequest, link: links.SignedLink) -> HttpResponse:
    """Answer the link of a claim: confirm, prove by the file, then say what stands on the page and what shows."""
    one = Claim.objects.filter(key=link.about_id).first()
    if one is None:
        raise links.LinkError("expired", "the claim is not kept any more")
    told = ("", "")
    if request.method == "POST":
        act = request.POST.get("act", "")
        if act in _ACTS:
            link.use()
            try:
                one, told = _ACTS[act](request, one)
            except ClaimError:
                one, told = (
                    Claim.objects.get(pk=one.pk),
                    ("doubt", gettext("Nothing was changed: the claim is not where it was.")),
                )
    subject = one.subject
    name = request.GET.get("property", "")
    if one.state == State.PROVED and subject and name in subject.properties and name != OTHER:
        return _own_value(request, link, one, subject, name)
    context = {
        "one": one,
        "told_kind": told[0],
        "told": told[1],
        "subject": subject,
        "file_path": file_path(one),
        "place": next(iter(places(one)), ""),
        "lines": _lines(one, subject) if one.state == State.PROVED and subject else [],
        "crumbs": [{"label": one.about_title, "address": subject.address if subject else ""}, {"label": gettext("Your page")}],
    }
    return render(request, "desk/claims/own.html", context)


Answer = tuple[Claim, tuple[str, str]]


def _confirm(request: HttpRequest, one: Claim) -> Answer:
    return confirm(one), ("", "")


def _look(request: HttpRequest, one: Claim) -> Answer:
    if one.state != State.WAITING or one.proof != Claim.Proof.FILE:
        raise ClaimError("there is no file to look for", str(one))
    if is_too_often(claim=one.key):
        return one, ("doubt", str(TOO_OFTEN))
    if is_file_there(one):
        return prove(one, None), ("good", gettext("The file is there. The page is yours to keep right."))
    return one, ("doubt", gettext("The file was not found. Look at its address and its words, and try again."))


def _hide(request: HttpRequest, one: Claim) -> Answer:
    name, subject = request.POST.get("property", ""), one.subject
    if subject is None or name not in HIDEABLE:
        raise ClaimError("this cannot be hidden", str(one), name)
    say(one, _of(subject, name))
    return one, ("good", gettext("It does not show any more. It is gone from the files of the next release."))


def _take_back(request: HttpRequest, one: Claim) -> Answer:
    held = next((word for word in said(one) if word.key == request.POST.get("key", "")), None)
    if held is None or one.state != State.PROVED:
        raise ClaimError("this is not said any more", str(one))
    take_back(held)
    return one, ("good", gettext("Taken back. What the sources say shows again."))


_ACTS: dict[str, Callable[[HttpRequest, Claim], Answer]] = {
    "confirm": _confirm,
    "look": _look,
    "hide": _hide,
    "take_back": _take_back,
}


def _of(subject: Subject, name: str) -> Suggestion:
    return Suggestion(
        about_kind=subject.kind,
        about_id=subject.id,
        about_title=subject.title[:300],
        country=subject.country,
        property=name,
        spoken=get_language() or "en",
        is_claim=True,
    )


def _lines(one: Claim, subject: Subject) -> list[dict[str, Any]]:
    """Return each property with what the sources say, what the organisation says, and whether it can be hidden."""
    own: dict[str, list[Suggestion]] = {}
    for word in said(one):
        own.setdefault(word.property, []).append(word)
    return [
        {
            "name": name,
            "word": property_word(name),
            "present": present_values(subject, name),
            "own": [{"key": word.key, "value": value_word(word), "is_hiding": word.is_hiding} for word in own.get(name, ())],
            "can_hide": name in HIDEABLE and _shows(subject, name, own.get(name, [])),
        }
        for name in subject.properties
        if name != OTHER
    ]


def _shows(subject: Subject, name: str, own: list[Suggestion]) -> bool:
    """Tell whether there is something to hide: a value, and no wish to hide it yet."""
    return bool(present_values(subject, name) or own) and not any(word.is_hiding for word in own)


def _own_value(request: HttpRequest, link: links.SignedLink, one: Claim, subject: Subject, name: str) -> HttpResponse:
    """Take a value that the organisation says of itself."""
    is_sent = request.method == "POST" and request.POST.get("act") == "say"
    form = OwnForm(subject, name, request.POST if is_sent else None)
    if is_sent and form.is_valid():
        if is_too_often(claim=one.key):
            form.add_error(None, TOO_OFTEN)
        else:
            link.use()
            say(one, form.suggestion(get_language() or "en"))
            return HttpResponseRedirect(request.path)
    crumbs = [{"label": gettext("Your page"), "address": request.path}, {"label": property_word(name)}]
    context = {"form": form, "subject": subject, "word": property_word(name), "present": present_values(subject, name)}
    return render(request, "desk/claims/value.html", context | {"crumbs": crumbs, "back": request.path})


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def claims_queue(request: HttpRequest) -> HttpResponse:
    """Show the claims that wait for a network's word and those that hold, to whoever may decide them."""
    person = person_of(request)
    standing = Standing(person)
    if person is None or not standing.may("decide", "claim"):
        raise Http404("no claims for this person to decide")
    waiting = Claim.objects.filter(state=State.WAITING, proof=Claim.Proof.NETWORK)
    held = Claim.objects.filter(state=State.PROVED)
    allowed = {one.key: one for one in [*waiting, *held] if standing.may("decide", one)}
    if request.method == "POST":
        _decide(request, person, allowed)
        return HttpResponseRedirect(reverse("claims"))
    context = {
        "waiting": [_told(one) for one in allowed.values() if one.state == State.WAITING],
        "held": [_told(one) for one in allowed.values() if one.state == State.PROVED],
        "crumbs": [{"label": gettext("Claims")}],
    }
    return render(request, "desk/claims/queue.html", context)


def _decide(request: HttpRequest, person: Person, allowed: dict[str, Claim]) -> None:
    one, act = allowed.get(request.POST.get("key", "")), request.POST.get("act", "")
    why = request.POST.get("why", "").replace("\0", "").strip()[:2000]
    if one is None or act not in _DECISIONS:
        raise Http404("no such claim for this person to decide")
    if act != "confirm" and not why:
        messages.error(request, gettext("Say why: the one who claims the page will read it."))
        return
    try:
        with transaction.atomic():
            one = _DECISIONS[act](one, person, why)
            _tell(one)
    except ClaimError:
        messages.error(request, gettext("Nothing was changed: somebody else was here before."))
    else:
        messages.success(request, f"{one.about_title}: {one.get_state_display()}")


_DECISIONS: dict[str, Callable[[Claim, Person, str], Claim]] = {"confirm": prove, "refuse": refuse, "revoke": revoke}


def _tell(one: Claim) -> None:
    if not one.address:
        return
    is_good = one.state == State.PROVED
    url = links.make(PURPOSE_NAME, ("claim", one.key), claims.LINK_DAYS, single_use=False, language=one.spoken) if is_good else ""
    context = {"thing": one.about_title, "is_good": is_good, "why": one.why, "url": url}
    send(one.address, "desk/claims/mail/told", context, "suggestions", one.spoken, f"claim:{one.key}:{one.state}")


def _told(one: Claim) -> dict[str, Any]:
    kept = Pseudonym.objects.filter(pk=one.by_name_key).first()
    subject = one.subject
    address = subject.address if subject else ""
    return {"one": one, "who": str(kept) if kept and (kept.person or kept.name) else gettext("a reader"), "address": address}


PURPOSE = links.Purpose(PURPOSE_NAME, _("Claim a page"), by_link)
