"""The one review queue: what waits, side by side with what the sources say; decided one by one or many at once."""

from __future__ import annotations

import builtins
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from essaim.accounts.chain import JournalEntry, JournalError
from essaim.accounts.journal_page import told as told_journal_error
from essaim.accounts.may import Standing, may
from essaim.accounts.people import Person
from essaim.accounts.telling import Teller, Told
from essaim.accounts.viewer import person_of
from essaim.accounts.why import institution_word, kind_word
from essaim.desk.review import ReviewError, accept, refuse, reopen
from essaim.desk.suggestions import Suggestion, Suggestions
from essaim.desk.suggestions_about import Subject, subject_of_suggestion
from essaim.desk.suggestions_shown import present_values, property_word, value_word
from essaim.pages.released.values import Shown
from essaim.pages.wording import country_name

PER_PAGE = 20
AGES = (1, 7, 30)
State = Suggestion.State


@dataclass(frozen=True)
class Line:
    """A suggestion as the queue shows it, beside what the sources say."""

    one: Suggestion
    kind: str
    property: str
    value: str
    present: tuple[Shown, ...]
    address: str
    since: str
    reporter: str
    institution: str

    @builtins.property
    def is_waiting(self) -> bool:
        """True when it can be decided."""
        return self.one.state == State.PROPOSED

    @builtins.property
    def is_decided(self) -> bool:
        """True when its decision can be undone."""
        return self.one.state in (State.ACCEPTED, State.REFUSED)


def reviewer(request: HttpRequest) -> tuple[Person, Suggestions]:
    """Return who reviews, and what they may review.

    Raises:
        Http404: they review nothing: that there is a queue is none of their business.
    """
    person = person_of(request)
    standing = Standing(person)
    if person is None or not any("scope" in one.role.allowed.get(("review", "suggestion"), ()) for one in standing.capacities):
        raise Http404("nothing to review for this person")
    return person, Suggestion.objects.for_review_by(standing)


@never_cache
@login_required
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """Show what waits for review, the oldest first."""
    person, allowed = reviewer(request)
    state = request.GET.get("state", State.PROPOSED)
    found = chosen(allowed, request.GET, state)
    total = found.count()
    page = min(_number(request.GET.get("page", "")), max(1, -(-total // PER_PAGE)))
    order = ("at", "pk") if state == State.PROPOSED else ("-reviewed_at", "-pk")
    shown = found.order_by(*order).select_related("by", "reviewed_by")[(page - 1) * PER_PAGE : page * PER_PAGE]
    context = {
        "lines": [line_of(one) for one in shown],
        "total": total,
        "page": page,
        "per_page": PER_PAGE,
        "state": state,
        "states": [(code, label) for code, label in State.choices if code != State.UNCONFIRMED],
        "filters": filters(allowed),
        "ages": AGES,
        "query": request.GET,
        "may_decide_claims": may(person, "decide", "claim"),
        "crumbs": [{"label": gettext("Review")}],
    }
    return render(request, "desk/review/queue.html", context)


def chosen(found: Suggestions, query: QueryDict, state: str) -> Suggestions:
    """Return what a query asks for: `kind`, `country`, `property`, `state`, `age` (at least so many days)."""
    if state in State.values:
        found = found.filter(state=state)
    for name, column in (("kind", "about_kind"), ("country", "country"), ("property", "property")):
        if value := query.get(name, "").replace("\0", ""):
            found = found.filter(**{column: value})
    if days := _number(query.get("age", ""), least=0):
        found = found.filter(at__lte=timezone.now() - timedelta(days=days))
    return found


def filters(allowed: Suggestions) -> list[dict[str, Any]]:
    """Return the filters with the choices that there are."""

    def present(column: str) -> list[str]:
        return [value for value in allowed.order_by(column).values_list(column, flat=True).distinct() if value]

    return [
        {"name": "kind", "label": gettext("About"), "choices": [(code, kind_word(code)) for code in present("about_kind")]},
        {"name": "country", "label": gettext("Country"), "choices": [(code, country_name(code)) for code in present("country")]},
        {"name": "property", "label": gettext("What"), "choices": [(code, property_word(code)) for code in present("property")]},
    ]


def line_of(one: Suggestion) -> Line:
    """Put a suggestion beside what the sources say at present."""
    subject: Subject | None = subject_of_suggestion(one)
    return Line(
        one=one,
        kind=kind_word(one.about_kind),
        property=property_word(one.property),
        value=value_word(one),
        present=tuple(present_values(subject, one.property)) if subject and one.property in subject.properties else (),
        address=subject.address if subject else "",
        since=one.since,
        reporter=one.reporter_name or gettext("a reader"),
        institution=institution_word(one.for_institution) if one.for_institution else "",
    )


@never_cache
@login_required
@require_safe
def suggestion(request: HttpRequest, key: str) -> HttpResponse:
    """Show one suggestion with its history: the address that reviewers pass on."""
    person, allowed = reviewer(request)
    one = allowed.filter(key=key.replace("\0", "")).select_related("by", "reviewed_by").first()
    if one is None:
        raise Http404("no such suggestion for this person")
    context = {
        "line": line_of(one),
        "entries": history(person, one),
        "crumbs": [{"label": gettext("Review"), "address": reverse("review")}, {"label": one.about_title or one.about_id}],
    }
    return render(request, "desk/review/suggestion.html", context)


def history(person: Person, one: Suggestion) -> list[Told]:
    """Return what the journal tells of a suggestion; whoever may review it may read that."""
    return Teller(person, JournalEntry.objects.about("suggestion", one.key).order_by("-number")).tell()


@never_cache
@login_required
@require_POST
def decide(request: HttpRequest) -> HttpResponse:
    """Accept, refuse or reopen what was chosen, and say what came of each."""
    person, allowed = reviewer(request)
    act, why = request.POST.get("act", ""), request.POST.get("why", "").replace("\0", "").strip()[:2000]
    keys = [key.replace("\0", "") for key in request.POST.getlist("key")]
    found = {one.key: one for one in allowed.filter(key__in=keys[:500])}
    back = _back(request)
    if act not in ("accept", "refuse", "reopen"):
        raise PermissionDenied
    if len(found) < len(set(keys)):
        raise Http404("something chosen is not for this person")
    if not found:
        messages.error(request, gettext("Choose at least one suggestion."))
    elif act == "refuse" and not why:
        messages.error(request, gettext("Say why: the one who suggested it will read it."))
    else:
        done = sum(_decide(request, found[key], act, person, why) for key in dict.fromkeys(keys))
        if done:
            messages.success(request, _done(act, done))
    return HttpResponseRedirect(back)


def _decide(request: HttpRequest, one: Suggestion, act: str, person: Person, why: str) -> bool:
    try:
        if act == "accept":
            accept(one, person, why)
        elif act == "refuse":
            refuse(one, person, why)
        else:
            reopen(one, person)
    except ReviewError as error:
        messages.error(request, error.words)
        return False
    except JournalError as error:
        messages.error(request, told_journal_error(error))
        return False
    return True


def _done(act: str, count: int) -> str:
    told = {
        "accept": ngettext(
            "{count} suggestion accepted: it shows on its page.", "{count} suggestions accepted: they show on their pages.", count
        ),
        "refuse": ngettext("{count} suggestion refused.", "{count} suggestions refused.", count),
        "reopen": ngettext(
            "{count} decision undone: it waits for review again.", "{count} decisions undone: they wait for review again.", count
        ),
    }
    return told[act].format(count=count)


def _back(request: HttpRequest) -> str:
    """Return the page of the queue that the form was on; only ever a place within the queue."""
    if key := request.POST.get("stay", ""):
        return reverse("review_suggestion", args=[key]) if key.replace("-", "").replace("_", "").isalnum() else reverse("review")
    asked = QueryDict(request.POST.get("query", "")[:500]).urlencode()
    return reverse("review") + (f"?{asked}" if asked else "")


def _number(text: str, least: int = 1) -> int:
    return max(least, int(text)) if text.isdecimal() and text.isascii() and len(text) < 7 else least
