"""The two lists of the room: instruments and norms, with their filters and orders."""

from __future__ import annotations

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from essaim.pages.fact_sheet import site_path
from essaim.pages.listing import Filter, Item, Listing, Sort, year_of
from essaim.pages.own_words import say
from essaim.pages.registry import kind
from essaim.pages.wording import country_name
from essaim.policy.models import Call, Instrument, Norm
from essaim.policy.words import addressee_word, kind_word, level_word, norm_kind_word, status_word, tag_word


def where(instrument: Instrument) -> str:
    """Say where an instrument holds: the country and the part of it, or the body of several countries."""
    country = country_name(instrument.country) if instrument.country else instrument.region
    return f"{country} ({instrument.jurisdiction})" if instrument.jurisdiction else country


def instrument_item(instrument: Instrument) -> Item:
    """Show an instrument as a line of the list."""
    marks = (where(instrument), kind_word(instrument.kind), status_word(instrument.status) if instrument.status else "")
    titled = instrument.titled
    original = next(
        (text for language, text in sorted(instrument.titles.items()) if text != titled.text and language != "en"), ""
    )
    return Item(
        title=titled.text,
        language=titled.language,
        address=site_path(kind("instrument").address(instrument.id)),
        date=instrument.date,
        date_certainty=instrument.certainty_of("date"),
        marks=tuple(mark for mark in marks if mark),
        text=original,
    )


def norm_item(norm: Norm) -> Item:
    """Show a norm as a line of the list."""
    period = f"{norm.period_from}–{norm.period_to}" if norm.period_from else ""
    marks = (norm_kind_word(norm.kind), say(norm.issuer).text, norm.symbol, period)
    calls = sum(call.form == Call.Form.CALL for call in norm.calls.all())
    return Item(
        title=norm.title,
        language=norm.titled.language,
        address=site_path(kind("norm").address(norm.id)),
        date=norm.date,
        date_certainty=norm.certainty_of("date"),
        marks=tuple(mark for mark in marks if mark),
        text=gettext("calls: {count}").format(count=calls) if calls else "",
    )


def addressees(norm: Norm) -> list[str]:
    """Return who is asked by the calls of a norm, each once."""
    return list(dict.fromkeys(call.addressee for call in norm.calls.all() if call.addressee))


def tags(norm: Norm) -> list[str]:
    """Return the subjects of the calls of a norm, each once."""
    return list(dict.fromkeys(tag for call in norm.calls.all() for tag in call.tags))


INSTRUMENTS = Listing(
    kind="instrument",
    things=Instrument.objects.all,
    filters=(
        Filter("country", _("Country"), lambda one: [one.country] if one.country else [], country_name),
        Filter("instrument_kind", _("Kind"), lambda one: [one.kind], kind_word),
        Filter("status", _("Status"), lambda one: [one.status] if one.status else [], status_word),
        Filter("level", _("Level"), lambda one: [one.level], level_word),
        Filter("year", _("Year"), lambda one: year_of(one.date), by_code=True),
    ),
    sorts={
        "newest": Sort(_("newest first"), lambda one: one.date, is_descending=True),
        "oldest": Sort(_("oldest first"), lambda one: one.date),
        "country": Sort(_("country"), where),
        "title": Sort(_("title"), lambda one: one.title),
    },
    item=instrument_item,
    columns={
        "country": lambda one: one.country,
        "region": lambda one: one.region,
        "jurisdiction": lambda one: one.jurisdiction,
        "level": lambda one: one.level,
        "kind": lambda one: one.kind,
        "date": lambda one: one.date,
        "passed_by_parliament": lambda one: one.passed_by_parliament,
        "published": lambda one: one.published,
        "in_force": lambda one: one.in_force,
        "status": lambda one: one.status,
        "unverified": lambda one: " ".join(one.unverified),
    },
)
NORMS = Listing(
    kind="norm",
    things=lambda: Norm.objects.prefetch_related("calls"),
    filters=(
        Filter("norm_kind", _("Kind"), lambda one: [one.kind], norm_kind_word),
        Filter("issuer", _("Issued by"), lambda one: [one.issuer], lambda code: say(code).text),
        Filter("to", _("Asks"), addressees, addressee_word),
        Filter("tag", _("Subject of a call"), tags, tag_word),
        Filter("year", _("Year"), lambda one: year_of(one.date), by_code=True),
    ),
    sorts={
        "newest": Sort(_("newest first"), lambda one: one.date, is_descending=True),
        "oldest": Sort(_("oldest first"), lambda one: one.date),
        "title": Sort(_("title"), lambda one: one.title),
    },
    item=norm_item,
    columns={
        "symbol": lambda one: one.symbol,
        "issuer": lambda one: one.issuer,
        "kind": lambda one: one.kind,
        "date": lambda one: one.date,
        "calls": lambda one: str(len([call for call in one.calls.all() if call.form == Call.Form.CALL])),
        "unverified": lambda one: " ".join(one.unverified),
    },
)
