"""Pages of institutions: the list and the page of one."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from essaim.accounts.may import Standing
from essaim.accounts.models import Institution, Mandate, Succession
from essaim.accounts.parties import organisation_address
from essaim.accounts.viewer import person_of
from essaim.accounts.why import institution_word, role_word
from essaim.accounts.words import FIELDS, office_word, since_words, type_word
from essaim.pages.fact_sheet import Sheet, Shown, numbered, site_path
from essaim.pages.listing import Filter, Item, Listing, Sort, list_csv, list_json, list_page, year_of
from essaim.pages.registry import kind, kinds
from essaim.pages.thing_page import find, redirect_to_own_case, thing_json, thing_page
from essaim.pages.wording import language_name, precise_date


def item(institution: Institution) -> Item:
    """Show an institution as a line of the list."""
    marks = [type_word(institution.type), institution.acronym, since_words(institution.since_kind)]
    if institution.last_seen:
        marks.append(str(_("last seen {date}")).format(date=precise_date(institution.last_seen)))
    return Item(
        title=institution.title,
        language=institution.titled.language,
        address=site_path(kind("institution").address(institution.id)),
        date=institution.since,
        date_words=_("since"),
        undated=_("since when is not known"),
        date_certainty=institution.certainty_of("since_year"),
        marks=tuple(mark for mark in marks if mark),
    )


LISTING = Listing(
    kind="institution",
    things=Institution.objects.all,
    filters=(
        Filter("type", _("Takes part as"), lambda one: [one.type], type_word),
        Filter("since", _("Since"), lambda one: year_of(one.since), by_code=True),
    ),
    sorts={
        "name": Sort(_("name"), lambda one: one.title),
        "acronym": Sort(_("acronym"), lambda one: one.acronym),
        "since": Sort(_("date of joining"), lambda one: one.since),
    },
    item=item,
    columns={
        "acronym": lambda one: one.acronym,
        "type": lambda one: one.type,
        "since": lambda one: one.since,
        "since_kind": lambda one: one.since_kind,
        "last_seen": lambda one: one.last_seen,
    },
)


@require_safe
def institutions(request: HttpRequest) -> HttpResponse:
    """Show the list of institutions."""
    return list_page(request, LISTING, "accounts/institutions.html")


@require_safe
def institutions_csv(request: HttpRequest) -> HttpResponse:
    """Give the list as CSV."""
    return list_csv(request, LISTING)


@require_safe
def institutions_json(request: HttpRequest) -> HttpResponse:
    """Give the list as JSON."""
    return list_json(request, LISTING)


@require_safe
def institution(request: HttpRequest, id: str) -> HttpResponse:
    """Show one institution with everything known of it."""
    found: Institution = find("institution", id)
    if answer := redirect_to_own_case("institution", id, found):
        return answer
    sheet = Sheet(found, FIELDS, frozenset({"names", "acronym", "acronyms", "type"}))
    extra = {
        "type_word": type_word(found.type),
        "names": names(found),
        "speakers": speakers(request, found.id),
        "passages": passages(found.id),
        "offices": [office_line(office) for office in found.offices.all()],
        "organisation_address": organisation_address(found.record_key),
        "parts": [(one.institution_label, parts) for one in kinds() if (parts := one.institution_part(found.id))],
    }
    return thing_page(request, "institution", sheet, "accounts/institution.html", extra)


def speakers(request: HttpRequest, id: str) -> list[dict[str, Any]]:
    """Return who speaks for an institution at present; a hidden name is shown only to those who take part."""
    takes_part = Standing(person_of(request)).may_see_visibility("participants")
    mandates = Mandate.objects.for_institution(id).in_force().select_related("person")
    shown = [one for one in mandates if takes_part or not one.person.is_hidden_on_request]
    return [{"name": str(one.person), "role": role_word(one.role), "since": one.since.isoformat()} for one in shown]


def passages(id: str) -> list[dict[str, str]]:
    """Return what an institution became and what it was."""
    became = {"renamed": _("renamed to"), "merged": _("merged into"), "split": _("split into")}
    was = {"renamed": _("formerly"), "merged": _("took in"), "split": _("came out of")}
    told = []
    for one in Succession.objects.filter(Q(predecessor=id) | Q(successor=id)):
        is_after = one.predecessor == id
        other = one.successor if is_after else one.predecessor
        words = str((became if is_after else was)[one.kind])
        address_of_other = site_path(kind("institution").address(other))
        told.append({"words": words, "name": institution_word(other), "address": address_of_other, "on": one.on})
    return told


@require_safe
def institution_json(request: HttpRequest, id: str) -> HttpResponse:
    """Give one institution as JSON."""
    return thing_json(request, "institution", id)


def names(found: Institution) -> list[dict[str, Any]]:
    """Return the names and acronyms by language, each with its certainty."""
    rows = [(language, name, "name") for language, name in sorted(found.titles.items())]
    rows += [("", found.acronym, "acronym")]
    rows += [(language, acronym, "acronym") for language, acronym in sorted(found.acronyms.items())]
    return [
        {
            "label": language_name(language) if language else "",
            "shown": Shown(name, language, certainty="unverified" if is_unverified(found, language, what) else "sourced"),
            "is_acronym": what == "acronym",
        }
        for language, name, what in rows
    ]


def is_unverified(found: Institution, language: str, what: str) -> bool:
    """Tell whether `names_unverified` covers a name.

    The file writes `true` (all long names), a language (its long name), or a language with the word acronym; a bare
    language that has no long name is about its acronym.
    """
    marks = found.facts.get("names_unverified", [])
    if marks is True:
        return what == "name"
    has_name = language in found.titles
    for mark in marks:
        tag, _sep, rest = str(mark).partition(" ")
        if tag == language and what == ("acronym" if "acronym" in rest or not has_name else "name"):
            return True
    return False


def office_line(office: Any) -> dict[str, Any]:
    """Return an office held as the page shows it; its source stands beside it, for it is of another entry."""
    return {"word": office_word(office.role), "person": office.person, "at": office.at, "sources": numbered(office.sources)}
