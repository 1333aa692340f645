"""Pages of the room: its door, norms with their calls, instruments."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from essaim.accounts.parties import party_finder
from essaim.pages.fact_sheet import Sheet, numbered, site_path
from essaim.pages.listing import list_csv, list_json, list_page
from essaim.pages.own_words import say
from essaim.pages.registry import kind
from essaim.pages.thing_page import find, redirect_to_own_case, thing_json, thing_page
from essaim.pages.wording import country_name, precise_date
from essaim.policy.lists import INSTRUMENTS, NORMS
from essaim.policy.models import Call, Instrument, Norm, Process, Remark
from essaim.policy.words import INSTRUMENT_FIELDS, NORM_FIELDS, addressee_word, kind_word, norm_kind_word, tag_word


@require_safe
def instruments(request: HttpRequest) -> HttpResponse:
    """Show the list of instruments."""
    return list_page(request, INSTRUMENTS, "policy/instruments.html")


@require_safe
def instruments_csv(request: HttpRequest) -> HttpResponse:
    """Give the list as CSV."""
    return list_csv(request, INSTRUMENTS)


@require_safe
def instruments_json(request: HttpRequest) -> HttpResponse:
    """Give the list as JSON."""
    return list_json(request, INSTRUMENTS)


@require_safe
def instrument(request: HttpRequest, id: str) -> HttpResponse:
    """Show one instrument with everything known of it."""
    found: Instrument = find("instrument", id)
    if answer := redirect_to_own_case("instrument", id, found):
        return answer
    sheet = Sheet(found, INSTRUMENT_FIELDS, frozenset({"title", "title_en", "country"}), party_finder())
    extra = {"kind_word": kind_word(found.kind), "children": Instrument.objects.filter(parent=found.id)}
    return thing_page(request, "instrument", sheet, "policy/instrument.html", extra)


def instrument_json(request: HttpRequest, id: str) -> HttpResponse:
    """Give one instrument as JSON."""
    return thing_json(request, "instrument", id)


@require_safe
def norms(request: HttpRequest) -> HttpResponse:
    """Show the list of norms."""
    return list_page(request, NORMS, "policy/norms.html")


@require_safe
def norms_csv(request: HttpRequest) -> HttpResponse:
    """Give the list as CSV."""
    return list_csv(request, NORMS)


@require_safe
def norms_json(request: HttpRequest) -> HttpResponse:
    """Give the list as JSON."""
    return list_json(request, NORMS)


@require_safe
def norm(request: HttpRequest, id: str) -> HttpResponse:
    """Show one norm: what it asks of whom, its definition, everything else known of it."""
    found: Norm = find("norm", id)
    if answer := redirect_to_own_case("norm", id, found):
        return answer
    sheet = Sheet(found, NORM_FIELDS, frozenset({"titles", "calls", "building_blocks", "definition"}), party_finder())
    pieces = list(found.calls.select_related("norm"))
    extra = {
        "kind_word": norm_kind_word(found.kind),
        "calls": by_addressee(sheet, [piece for piece in pieces if piece.form == Call.Form.CALL]),
        "blocks": [piece_line(sheet, piece) for piece in pieces if piece.form == Call.Form.BLOCK],
        "elements": [piece_line(sheet, piece) for piece in pieces if piece.form == Call.Form.ELEMENT],
        "definition_par": found.facts.get("definition", {}).get("par", ""),
        "is_translated": any(say(piece.action).is_our_translation for piece in pieces),
        "followed_by": Norm.objects.filter(follows=found.id),
    }
    return thing_page(request, "norm", sheet, "policy/norm.html", extra)


def norm_json(request: HttpRequest, id: str) -> HttpResponse:
    """Give one norm as JSON."""
    return thing_json(request, "norm", id)


def by_addressee(sheet: Sheet, calls: list[Call]) -> list[tuple[str, list[dict[str, Any]]]]:
    """Group calls by who is asked, in the file's order."""
    grouped: dict[str, list[dict[str, Any]]] = {}
    for call in calls:
        grouped.setdefault(call.addressee, []).append(piece_line(sheet, call))
    return [(addressee_word(code), lines) for code, lines in grouped.items()]


def piece_line(sheet: Sheet, call: Call) -> dict[str, Any]:
    """Return a numbered piece as the page shows it; one whose wording nobody could check is marked so."""
    note = call.facts.get("note")
    return {
        "code": call.code,
        "said": say(call.action),
        "certainty": "unverified" if "wording" in call.unverified else "sourced",
        "doubts": [sheet.field(name).label for name in call.unverified],
        "par": call.par,
        "letter": call.facts.get("letter", ""),
        "part": call.facts.get("part", ""),
        "due": call.due,
        "tags": [tag_word(tag) for tag in call.tags],
        "note": say(note) if note else None,
        "numbers": () if call.facts["source"] == call.norm.facts["source"] else sheet.numbers_of(call.facts),
    }


@require_safe
def room(request: HttpRequest) -> HttpResponse:
    """Show the door of the room with live counts."""
    context = {
        "crumbs": [{"label": gettext("Policy")}],
        "figures": figures(),
        "counts": country_counts(),
        "map_address": site_path("/instruments/?country={country}"),
        "processes": [process_line(process) for process in Process.objects.all()],
        "remarks": [remark_line(remark) for remark in Remark.objects.all()],
    }
    return render(request, "policy/room.html", context)


def country_counts() -> Counter[str]:
    """Return the number of instruments by country; those of several countries are not in it."""
    return Counter(Instrument.objects.exclude(country="").values_list("country", flat=True))


def figures() -> list[dict[str, Any]]:
    """Return the live counts of the room; each says what it covers."""
    countries = gettext("{count} countries").format(count=len(country_counts()))
    calls = Call.objects.filter(form=Call.Form.CALL).count()
    return [
        {
            "value": kind("instrument").count(),
            "label": gettext("laws and policies"),
            "address": site_path("/instruments/"),
            "coverage": countries,
        },
        {"value": kind("norm").count(), "label": gettext("international texts"), "address": site_path("/norms/"), "coverage": ""},
        {"value": calls, "label": gettext("calls in them"), "address": "", "coverage": gettext("in our own words")},
    ]


def process_line(process: Process) -> dict[str, Any]:
    """Return national work under way as the page shows it."""
    countries = [{"name": country_name(code), "address": site_path(f"/countries/{code}")} for code in process.countries]
    when = precise_date(process.since or process.seen)
    return {
        "said": say(process.what),
        "countries": countries,
        "when": when,
        "is_since": bool(process.since),
        "sources": numbered(process.sources),
    }


def remark_line(remark: Remark) -> dict[str, Any]:
    """Return a remark as the page shows it."""
    certainty = "unverified" if remark.unverified else "sourced"
    return {"said": say(remark.text), "at": remark.at, "certainty": certainty, "sources": numbered(remark.sources)}
