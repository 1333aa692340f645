"""Pages of the room: its door, the meetings, one meeting."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from essaim.accounts.models import Institution, MembershipCount, Office
from essaim.accounts.parties import party_finder
from essaim.accounts.words import office_word, types_word
from essaim.coordination.models import Meeting, OtherParty, Remark
from essaim.coordination.timeline import draw
from essaim.coordination.words import FIELDS, form_word, kind_word, status_word
from essaim.pages.fact_sheet import Sheet, Shown, no_party, numbered, site_path
from essaim.pages.listing import Filter, Item, Listing, Sort, list_csv, list_json, list_page, year_of
from essaim.pages.own_words import say
from essaim.pages.registry import kind
from essaim.pages.thing_page import find, redirect_to_own_case, thing_json, thing_page
from essaim.pages.wording import country_name, precise_date


def item(meeting: Meeting) -> Item:
    """Show a meeting as a line of the list."""
    place = ", ".join(word for word in (meeting.city, country_name(meeting.country) if meeting.country else "") if word)
    reported = gettext("reported {date}").format(date=precise_date(meeting.date_published)) if meeting.date_published else ""
    form = form_word(meeting.form) if meeting.form != "in_person" else ""
    marks = (kind_word(meeting.kind), place, form, reported, status_word(meeting.status))
    return Item(
        title=meeting.title,
        language=meeting.titled.language,
        address=site_path(kind("meeting").address(meeting.id)),
        date=meeting.date,
        date_certainty=meeting.certainty_of("date"),
        marks=tuple(mark for mark in marks if mark),
    )


LISTING = Listing(
    kind="meeting",
    things=Meeting.objects.all,
    filters=(
        Filter("meeting_kind", _("Kind"), lambda one: [one.kind], kind_word),
        Filter("year", _("Year"), lambda one: year_of(one.known_by), by_code=True),
        Filter("country", _("Country"), lambda one: [one.country] if one.country else [], country_name),
        Filter("form", _("How people met"), lambda one: [one.form] if one.form else [], form_word),
    ),
    sorts={
        "newest": Sort(_("newest first"), lambda one: one.known_by, is_descending=True),
        "oldest": Sort(_("oldest first"), lambda one: one.known_by),
        "name": Sort(_("name"), lambda one: one.title),
    },
    item=item,
    columns={
        "kind": lambda one: one.kind,
        "number": lambda one: str(one.number or ""),
        "date": lambda one: one.date,
        "date_end": lambda one: one.date_end,
        "date_published": lambda one: one.date_published,
        "city": lambda one: one.city,
        "country": lambda one: one.country,
        "form": lambda one: one.form,
        "status": lambda one: one.status,
    },
)


@require_safe
def meetings(request: HttpRequest) -> HttpResponse:
    """Show the list of meetings under their line of time."""
    timeline = draw(Meeting.objects.all(), timezone.now().year)
    return list_page(request, LISTING, "coordination/meetings.html", {"timeline": timeline})


@require_safe
def meetings_csv(request: HttpRequest) -> HttpResponse:
    """Give the list as CSV."""
    return list_csv(request, LISTING)


@require_safe
def meetings_json(request: HttpRequest) -> HttpResponse:
    """Give the list as JSON."""
    return list_json(request, LISTING)


@require_safe
def meeting(request: HttpRequest, id: str) -> HttpResponse:
    """Show one meeting with everything known of it."""
    found: Meeting = find("meeting", id)
    if answer := redirect_to_own_case("meeting", id, found):
        return answer
    sheet = Sheet(found, FIELDS, frozenset({"name"}), meeting_party_finder())
    return thing_page(request, "meeting", sheet, "coordination/meeting.html", {"kind_word": kind_word(found.kind)})


def meeting_json(request: HttpRequest, id: str) -> HttpResponse:
    """Give one meeting as JSON."""
    return thing_json(request, "meeting", id)


def meeting_party_finder() -> Callable[[str], Shown]:
    """Return a function that shows who took part: an institution, a state, or another party with what it is."""
    institution = party_finder()
    others = {other.id: other for other in OtherParty.objects.all()}

    def show(name: str) -> Shown:
        shown = institution(name)
        other = others.get(name)
        if shown.href or other is None:
            return shown
        return Shown(no_party(name).text, href=institution(other.ref).href if other.ref else "", note=say(other.what))

    return show


@require_safe
def room(request: HttpRequest) -> HttpResponse:
    """Show the door of the room with live counts."""
    latest = sorted(Meeting.objects.all(), key=lambda one: one.known_by, reverse=True)[:6]
    context = {
        "crumbs": [{"label": gettext("Coordination")}],
        "figures": figures(),
        "counts": counts(),
        "offices": offices(),
        "remarks": [(say(remark.text), numbered(remark.sources)) for remark in Remark.objects.all()],
        "latest": [item(one) for one in latest],
        "kind": kind("meeting"),
    }
    return render(request, "coordination/room.html", context)


def figures() -> list[dict[str, Any]]:
    """Return the live counts of the room; each says what it covers."""
    held = kind("meeting").count()
    shown = [
        {"value": held, "label": gettext("meetings"), "address": site_path("/meetings/"), "coverage": gettext("since May 2013")}
    ]
    for type in (Institution.Type.MEMBER, Institution.Type.OBSERVER):
        count = Institution.objects.filter(type=type).count()
        address = site_path(f"/institutions/?type={type}")
        shown.append({"value": count, "label": types_word(type), "address": address, "coverage": gettext("known by name")})
    return shown


def counts() -> list[dict[str, Any]]:
    """Return what sources counted over time; for one month two may differ."""
    rows = []
    for count in MembershipCount.objects.all():
        note = count.facts.get("note")
        rows.append({"count": count, "note": say(note) if note else None, "sources": numbered(count.sources)})
    return rows


def offices() -> list[dict[str, Any]]:
    """Return the offices as sources show them, newest first."""
    held = Office.objects.select_related("institution").order_by("-at", "position")
    return [{"office": office, "word": office_word(office.role), "sources": numbered(office.sources)} for office in held]
