"""Pages of countries: the list, and one country with what every room knows of it, its own priorities first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from essaim.countries.models import Country, CountryFact, Figure, Partner, Priority, PublicBody, Review
from essaim.countries.words import FIELDS, basis_word, body_kind_word, indicator_word
from essaim.pages.fact_sheet import Sheet, Shown, site_path
from essaim.pages.facts import PackagedThing
from essaim.pages.listing import Filter, Item, Listing, Sort, list_csv, list_json, list_page
from essaim.pages.own_words import say
from essaim.pages.registry import kind, kinds
from essaim.pages.served import served_release
from essaim.pages.thing_page import find, redirect_to_own_case, thing_json, thing_page
from essaim.pages.wording import choose, language_name, number
from essaim.reference import region_name, region_of

TABLES: dict[str, tuple[type[CountryFact], Any]] = {
    "figures": (Figure, _("figures")),
    "priorities": (Priority, _("priorities")),
    "institutions": (PublicBody, _("institutions")),
    "partners": (Partner, _("partners")),
    "reviews": (Review, _("voluntary national reviews")),
}
STUDIES = frozenset({"2014/2015", "2021"})
"""Years of the two studies of jobs in the European Union that count differently (see the head of countries.yaml)."""


def with_what_is_known() -> QuerySet[Country]:
    """Return the countries, each told which tables know something of it."""
    tables = {key: model._default_manager.filter(country=OuterRef("pk")) for key, (model, _label) in TABLES.items()}
    return Country.objects.annotate(**{f"has_{key}": Exists(facts) for key, facts in tables.items()})


def known_of(country: Any) -> list[str]:
    """Return the tables that know something of a country; laws count by the file's list."""
    return [key for key in TABLES if getattr(country, f"has_{key}", False)] + (["laws"] if country.laws else [])


def known_word(key: str) -> str:
    """Say a table."""
    return str(TABLES[key][1]) if key in TABLES else str(_("laws")) if key == "laws" else key


def region_code(iso3: str) -> list[str]:
    """Return the code of the region of a country; none where the list has none."""
    region = region_of(iso3)
    return [region.code] if region else []


def region_word(code: str) -> str:
    """Name a region in the reader's language."""
    return region_name(code, get_language() or "en")


def item(country: Country) -> Item:
    """Show a country as a line of the list."""
    marks = tuple(known_word(key) for key in known_of(country))
    return Item(country.title, "", site_path(kind("country").address(country.id)), undated=country.id, marks=marks)


LISTING = Listing(
    kind="country",
    things=with_what_is_known,
    filters=(
        Filter("known", _("What is known"), known_of, known_word),
        Filter("region", _("Region"), lambda one: region_code(one.id), region_word),
        Filter("official_language", _("Official language"), lambda one: one.official_languages, language_name),
    ),
    sorts={"name": Sort(_("name"), lambda one: one.title), "code": Sort(_("code"), lambda one: one.id)},
    item=item,
    columns={"official_languages": lambda one: " ".join(one.official_languages), "known": lambda one: " ".join(known_of(one))},
)


@require_safe
def countries(request: HttpRequest) -> HttpResponse:
    """Show the list of countries."""
    return list_page(request, LISTING, "countries/countries.html")


@require_safe
def countries_csv(request: HttpRequest) -> HttpResponse:
    """Give the list as CSV."""
    return list_csv(request, LISTING)


@require_safe
def countries_json(request: HttpRequest) -> HttpResponse:
    """Give the list as JSON."""
    return list_json(request, LISTING)


@require_safe
def country(request: HttpRequest, id: str) -> HttpResponse:
    """Show one country."""
    found: Country = find("country", id)
    if answer := redirect_to_own_case("country", id, found):
        return answer
    figures = list(Figure.objects.filter(country_id=found.id))
    priorities = list(Priority.objects.filter(country_id=found.id))
    bodies = list(PublicBody.objects.filter(country_id=found.id))
    partners = list(Partner.objects.filter(country_id=found.id))
    reviews = list(Review.objects.filter(country_id=found.id))
    found.sources = gathered_sources([found, *priorities, *figures, *bodies, *partners, *reviews])
    sheet = Sheet(found, FIELDS, frozenset({"iso3", "name", "laws"}))
    extra = {
        "priorities": [priority_line(sheet, one) for one in priorities],
        "figure_groups": figure_groups(sheet, figures),
        "has_two_studies": {one.year for one in figures if one.indicator == "jobs"} >= STUDIES,
        "bodies": [body_line(sheet, one, lambda body: body_kind_word(body.kind)) for one in bodies],
        "partners": [body_line(sheet, one, lambda partner: say(partner.kind).text) for one in partners],
        "reviews": [review_line(sheet, one) for one in reviews],
        "parts": [(one.country_label, parts) for one in kinds() if (parts := one.country_part(found.id))],
        "organisations_address": site_path(f"/search/?kind=organisation&country={found.id}"),
        "organisation_count": organisation_count(found.id),
        "region_word": region_word(region[0]) if (region := region_code(found.id)) else "",
    }
    return thing_page(request, "country", sheet, "countries/country.html", extra)


def country_json(request: HttpRequest, id: str) -> HttpResponse:
    """Give one country as JSON."""
    return thing_json(request, "country", id.upper())


def gathered_sources(things: Iterable[PackagedThing]) -> list[dict[str, Any]]:
    """Return the sources of a country and of all its facts, each once, so that the page has one numbered list."""
    found: dict[str, dict[str, Any]] = {}
    for thing in things:
        for source in thing.sources:
            held = found.setdefault(source["url"], dict(source))
            held["is_shown"] = held["is_shown"] and source["is_shown"]
    return list(found.values())


def organisation_count(iso3: str) -> int | None:
    """Return how many organisations of the served release are in a country; None where no release says."""
    release = served_release()
    counts = release.figures().get("by_country") if release else None
    return counts.get(iso3, 0) if isinstance(counts, dict) else None


def priority_line(sheet: Sheet, one: Priority) -> dict[str, Any]:
    """Return a priority as the page shows it."""
    law = kind_of_law(one.instrument)
    return {"said": say(one.priority), "document": say(one.document), "law": law, "year": one.year, **common(sheet, one)}


def kind_of_law(id: str) -> Shown | None:
    """Return the way to an instrument by its id, through the registry; None where it is not known."""
    law = next((one for one in kinds() if one.name == "instrument"), None)
    found = law.find(id) if law and id else None
    return Shown(found.title, found.titled.language, site_path(law.address(id))) if law and found else None


def common(sheet: Sheet, one: CountryFact) -> dict[str, Any]:
    """Return what every fact of a country carries: the numbers of its sources and its cautions."""
    return {"numbers": sheet.numbers_of(one.facts), "notes": [say(note["text"]) for note in one.notes]}


def figure_groups(sheet: Sheet, figures: Sequence[Figure]) -> list[dict[str, Any]]:
    """Group figures by what they count, each with its conflicts; within a group the newest year first, unknown ones last."""
    grouped: dict[str, list[Figure]] = {}
    for figure in figures:
        grouped.setdefault(figure.indicator, []).append(figure)
    conflicts = [item for item in sheet.thing.conflicts if "indicator" in item]
    return [
        {
            "word": indicator_word(indicator),
            "rows": [figure_row(sheet, one, conflicts) for one in sorted(group, key=lambda one: one.year, reverse=True)],
            "conflicts": [
                {"values": [number(value) for value in item["values"]], "note": say(item["note"]) if item.get("note") else None}
                for item in conflicts
                if item["indicator"] == indicator
            ],
        }
        for indicator, group in grouped.items()
    ]


def figure_row(sheet: Sheet, figure: Figure, conflicts: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return a figure as the page shows it: never without its scope, publisher and cautions."""
    is_disputed = any(item["indicator"] == figure.indicator and figure.value in item["values"] for item in conflicts)
    return {
        "value": number(figure.value),
        "unit": say(figure.unit),
        "year": figure.year,
        "scope": say(figure.scope) if figure.scope else None,
        "publisher": say(figure.publisher),
        "is_doubtful": figure.is_doubtful,
        "certainty": "unverified" if figure.is_doubtful else "disputed" if is_disputed else "sourced",
        **common(sheet, figure),
    }


def body_line(sheet: Sheet, one: Any, word: Callable[[Any], str]) -> dict[str, Any]:
    """Return a public body or a partner as the page shows it."""
    language, name = choose(one.titles)
    return {
        "name": name,
        "language": language,
        "kind_word": word(one),
        "role": say(one.role) if isinstance(one, PublicBody) else None,
        "law": kind_of_law(one.instrument) if isinstance(one, PublicBody) else None,
        "certainty": "unverified" if one.facts.get("names_unverified") else "sourced",
        **common(sheet, one),
    }


def review_line(sheet: Sheet, one: Review) -> dict[str, Any]:
    """Return a review as the page shows it; one only expected is not known to have taken place."""
    return {"year": one.year, "basis": basis_word(one.basis), "is_presented": one.basis == "presented", **common(sheet, one)}
