"""What this room makes known to the house: norms with their calls, instruments, and the packaged facts about them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext_lazy as _

from essaim.pages.own_words import own_texts
from essaim.pages.registry import FactsFolder, Kind, Part, register, register_facts
from essaim.pages.sealed_copy import sealed_row
from essaim.pages.site_index import entry
from essaim.pages.thing_page import as_json
from essaim.pages.wording import precise_date
from essaim.policy.models import Call, Instrument, Norm
from essaim.policy.reading import read
from essaim.policy.words import OWN_WORDS, kind_word, status_word
from essaim.text import Entry

FOLDER = Path(__file__).parent / "facts"
FACTS = FactsFolder("policy", FOLDER, ("norms.yaml", "laws.yaml"), read, OWN_WORDS)


def register_all() -> None:
    """Make the room's facts and kinds known."""
    register_facts(FACTS)
    register(NORM)
    register(INSTRUMENT)


def persons_named() -> list[str]:
    """Return the names of persons in the running text of the packaged facts."""
    return list(yaml.safe_load((FOLDER / "persons.yaml").read_text("utf-8"))["persons"])


def norm_address(id: str) -> str:
    """Return the site path of a norm."""
    return f"/norms/{id}"


def instrument_address(id: str) -> str:
    """Return the site path of an instrument."""
    return f"/instruments/{id}"


def find_norm(id: str) -> Norm | None:
    """Find a norm by its id in any case."""
    return Norm.objects.filter(id__iexact=id).first()


def find_instrument(id: str) -> Instrument | None:
    """Find an instrument by its id in any case."""
    return Instrument.objects.filter(id__iexact=id).first()


def norm_rows() -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the norms, then their calls."""
    for norm in Norm.objects.all():
        yield "norm", sealed_row(norm, persons_named(), date=norm.date)
    for call in Call.objects.all():
        yield "call", sealed_row(call, norm=call.norm_id, form=call.form, par=call.par)


def instrument_rows() -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the instruments."""
    persons = persons_named()
    for instrument in Instrument.objects.all():
        yield "instrument", sealed_row(instrument, persons, date=instrument.date)


def norm_entries() -> Iterator[Entry]:
    """Yield every norm with its symbol, what it asks and what it says."""
    for norm in Norm.objects.all():
        names = [("und", symbol) for symbol in (norm.symbol, norm.id) if symbol]
        yield entry("norm", norm, {"source": ["norms"]}, names, own_texts(norm.facts, OWN_WORDS))


def instrument_entries() -> Iterator[Entry]:
    """Yield every instrument with its mechanisms, legal forms and former names."""
    for instrument in Instrument.objects.all():
        facets = {"source": ["laws"], "country": [instrument.country] if instrument.country else []}
        former = [(tag, name, "former_name") for names in instrument.facts.get("former_names", []) for tag, name in names.items()]
        names = [one for one in former if one[0] != "from"]
        yield entry("instrument", instrument, facets, names, own_texts(instrument.facts, OWN_WORDS - {"title_en"}))


def country_part(iso3: str) -> list[Part]:
    """Return the instruments of a country: laws first, then by date, newest first."""
    found = sorted(Instrument.objects.filter(country=iso3), key=lambda one: one.date, reverse=True)
    return [part(one) for one in sorted(found, key=lambda one: not one.kind.endswith("_law"))]


def part(instrument: Instrument) -> Part:
    """Return an instrument as a line of a country's page."""
    status = status_word(instrument.status) if instrument.status else ""
    marks = (precise_date(instrument.date), kind_word(instrument.kind), status, instrument.jurisdiction)
    certainty = instrument.certainty_of("date")
    path = instrument_address(instrument.id)
    return Part(instrument.title, instrument.titled.language, path, tuple(mark for mark in marks if mark), certainty)


def call_json(call: Call) -> dict[str, Any]:
    """Return a call as JSON-ready data."""
    keys = ("id", "code", "form", "addressee", "action", "tags", "par", "due", "unverified", "sources")
    return {key: getattr(call, key) for key in keys}


def norm_json(norm: Norm) -> dict[str, Any]:
    """Return a norm as JSON-ready data, with its calls."""
    calls = [call_json(call) for call in norm.calls.all()]
    return as_json(norm, "norm", symbol=norm.symbol, issuer=norm.issuer, date=norm.date, calls=calls)


def instrument_json(instrument: Instrument) -> dict[str, Any]:
    """Return an instrument as JSON-ready data."""
    keys = ("country", "region", "jurisdiction", "level", "date", "in_force", "status")
    known = {key: getattr(instrument, key) for key in keys}
    return as_json(instrument, "instrument", instrument_kind=instrument.kind, **known)


NORM = Kind(
    name="norm",
    letter="n",
    room="policy",
    label=_("International text"),
    label_plural=_("International texts"),
    address=norm_address,
    public_rows=norm_rows,
    search_entries=norm_entries,
    count=Norm.objects.count,
    find=find_norm,
    as_json=norm_json,
)
INSTRUMENT = Kind(
    name="instrument",
    letter="i",
    room="policy",
    label=_("Law or policy"),
    label_plural=_("Laws and policies"),
    address=instrument_address,
    public_rows=instrument_rows,
    search_entries=instrument_entries,
    count=Instrument.objects.count,
    find=find_instrument,
    as_json=instrument_json,
    country_part=country_part,
    country_label=_("Laws and policies"),
)
