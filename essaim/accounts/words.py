"""Words of this room: how the keys and codes of members.yaml are said."""

from __future__ import annotations

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from essaim.pages.fact_sheet import Field

TYPES = {"member": _("member"), "observer": _("observer"), "partner": _("partner")}
TYPES_MANY = {"member": _("members"), "observer": _("observers"), "partner": _("partners")}
OFFICES = {
    "chair": _("chair"),
    "co_chair": _("co-chair"),
    "deputy_chair": _("deputy chair"),
    "vice_chair": _("vice-chair"),
    "knowledge_hub_coordinator": _("coordinator of the Knowledge Hub"),
}


def type_word(code: str) -> str:
    """Say how a body takes part."""
    return str(TYPES.get(code, code))


def types_word(code: str) -> str:
    """Say how several bodies take part."""
    return str(TYPES_MANY.get(code, code))


def office_word(code: str) -> str:
    """Say an office."""
    return str(OFFICES.get(code, code))


FIELDS = {
    "acronym": Field(_("Acronym")),
    "acronyms": Field(_("Acronyms in other languages")),
    "names": Field(_("Names")),
    "type": Field(_("Takes part as"), "code", type_word),
    "since": Field(_("Since"), "date"),
    "since_year": Field(_("Since"), "date"),
    "since_at_latest": Field(_("Since, at the latest"), "date"),
    "founder": Field(_("Was there at the founding"), "flag"),
    "last_seen": Field(_("Last seen in this role"), "date"),
    "seen": Field(_("Seen in this role"), "date"),
    "membership_formalised_reported": Field(_("Reported as formalised"), "date"),
    "former_names": Field(_("Former names")),
    "relation": Field(_("Relation to the task force"), "own"),
    "website": Field(_("Website"), "url"),
    "en": Field(_("English")),
    "fr": Field(_("French")),
    "es": Field(_("Spanish")),
    "name": Field(_("Name")),
}
OWN_WORDS = frozenset({"relation", "note"})


def since_words(kind: str) -> str:
    """Say how a date of joining is known."""
    return gettext("at the latest") if kind == "at_latest" else ""
