"""The page of the journal: what the reader may see, by kind, act and period; and the button that undoes."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from essaim.accounts.acts import acts
from essaim.accounts.chain import JournalEntries, JournalError
from essaim.accounts.journal import undo, visible_to
from essaim.accounts.telling import Teller
from essaim.accounts.viewer import person_of
from essaim.accounts.why import kind_word

PER_PAGE = 50


@require_safe
def journal_page(request: HttpRequest) -> HttpResponse:
    """Show what was done, the newest first."""
    person = person_of(request)
    visible = visible_to(person)
    found = chosen(visible, request.GET)
    total = found.count()
    page = min(_page(request.GET.get("page", "")), max(1, -(-total // PER_PAGE)))
    entries = Teller(person, found[(page - 1) * PER_PAGE : page * PER_PAGE]).tell()
    known = acts()
    present = list(visible.order_by("act").values_list("act", flat=True).distinct())
    context = {
        "entries": entries,
        "total": total,
        "page": page,
        "per_page": PER_PAGE,
        "acts": [(code, known[code].label if code in known else code) for code in present],
        "kinds": [
            (name, kind_word(name)) for name in visible.order_by("about_kind").values_list("about_kind", flat=True).distinct()
        ],
        "query": request.GET,
        "crumbs": [{"label": gettext("Journal")}],
    }
    return render(request, "accounts/journal.html", context)


def chosen(entries: JournalEntries, query: QueryDict) -> JournalEntries:
    """Return the entries that a query asks for: `kind`, `id`, `act`, `from` and `to` (days, both included)."""
    for name, column in (("kind", "about_kind"), ("id", "about_id"), ("act", "act")):
        if value := query.get(name, "").replace("\0", ""):
            entries = entries.filter(**{column: value})
    if day := _day(query.get("from", "")):
        entries = entries.filter(at__gte=datetime(day.year, day.month, day.day, tzinfo=UTC))
    if day := _day(query.get("to", "")):
        entries = entries.filter(at__lt=datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(days=1))
    return entries


@require_POST
def undo_entry(request: HttpRequest, number: int) -> HttpResponse:
    """Undo one act, and say what came of it."""
    person = person_of(request)
    entry = visible_to(person).filter(number=number).first()
    if person is None or entry is None:
        raise Http404("no such entry for this person")
    try:
        undone = undo(entry, person)
    except JournalError as error:
        messages.error(request, told(error))
    else:
        messages.success(
            request, gettext("Entry {number} is undone; entry {undone} says so.").format(number=number, undone=undone.number)
        )
    return HttpResponseRedirect(reverse("journal"))


def told(error: JournalError) -> str:
    """Say in the reader's language why an act was not undone."""
    words = {
        "this act cannot be undone": gettext("This act cannot be undone."),
        "this person may not undo it": gettext("You may not undo this."),
        "it was undone already": gettext("It was undone already."),
        "nobody would be administrator": gettext("This is the last administrator. Name another first."),
        "it changed since": gettext("It was changed again since; look at the later entries first."),
    }
    return words.get(error.what, str(error))


def _page(text: str) -> int:
    return max(1, int(text)) if text.isdecimal() and text.isascii() and len(text) < 9 else 1


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if 1900 <= day.year <= 2999 else None
