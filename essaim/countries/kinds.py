"""What this room makes known to the house: countries, and the packaged facts about them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from essaim.countries.models import Country, CountryFact, Figure, Partner, Priority, PublicBody, Review
from essaim.countries.reading import TABLES, read
from essaim.countries.words import OWN_WORDS
from essaim.pages.registry import FactsFolder, Kind, register, register_facts
from essaim.pages.sealed_copy import sealed_row
from essaim.pages.site_index import entry
from essaim.pages.thing_page import as_json
from essaim.pages.wording import alpha_2
from essaim.text import Entry

FACTS = FactsFolder("countries", Path(__file__).parent / "facts", ("countries.yaml",), read, OWN_WORDS)


def register_all() -> None:
    """Make the room's facts and kinds known."""
    register_facts(FACTS)
    register(COUNTRY)


def address(id: str) -> str:
    """Return the site path of a country."""
    return f"/countries/{id}"


def find(id: str) -> Country | None:
    """Find a country by its alpha-3 code in any case; one of which nothing is packaged is still a country."""
    code = id.upper()
    return Country.objects.filter(id=code).first() or (Country(id=code) if alpha_2(code) else None)


def public_rows() -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the countries and everything known of them, each row naming its country and what it is."""
    for country in Country.objects.all():
        yield "country_fact", sealed_row(country, fact="country", country=country.id)
    for key, model, _marks in TABLES:
        for thing in model._default_manager.all():
            yield "country_fact", sealed_row(thing, fact=key, country=thing.country_id)


def search_entries() -> Iterator[Entry]:
    """Yield every country with its priorities, public bodies and partners."""
    for country in Country.objects.prefetch_related("priority_set", "publicbody_set", "partner_set"):
        bodies = [*country.publicbody_set.all(), *country.partner_set.all()]
        names: list[tuple[str, ...]] = [("und", country.id)]
        names += [(tag, name, "alias") for body in bodies for tag, name in body.titles.items()]
        own = [priority.priority for priority in country.priority_set.all()]
        facets = {"source": ["countries"], "country": [country.id]}
        yield entry("country", country, facets, names, own)


def facts_of(things: Iterable[CountryFact]) -> list[dict[str, Any]]:
    """Return facts of a country as JSON-ready data."""
    return [{"id": thing.id, **thing.facts, "sources": thing.sources} for thing in things]


def country_json(country: Country) -> dict[str, Any]:
    """Return a country as JSON-ready data: figures, priorities, institutions, partners, reviews."""
    facts = {
        "figures": facts_of(Figure.objects.filter(country_id=country.id)),
        "priorities": facts_of(Priority.objects.filter(country_id=country.id)),
        "institutions": facts_of(PublicBody.objects.filter(country_id=country.id)),
        "partners": facts_of(Partner.objects.filter(country_id=country.id)),
        "reviews": facts_of(Review.objects.filter(country_id=country.id)),
    }
    return as_json(country, "country", **facts)


COUNTRY = Kind(
    name="country",
    letter="c",
    room="countries",
    label=_("Country"),
    label_plural=_("Countries"),
    address=address,
    public_rows=public_rows,
    search_entries=search_entries,
    count=Country.objects.count,
    find=find,
    as_json=country_json,
)
