"""Parts that any page may show: the journal of a thing, and why the reader may see it."""

from __future__ import annotations

from typing import Any

from django import template

from essaim.accounts.chain import JournalEntry
from essaim.accounts.journal import visible_to
from essaim.accounts.may import may
from essaim.accounts.telling import Teller
from essaim.accounts.viewer import person_of

register = template.Library()
SHOWN = 10


@register.inclusion_tag("accounts/parts/journal.html", takes_context=True)
def journal_of(context: template.Context, kind: str, id: str) -> dict[str, Any]:
    """Show what was done to a thing, as far as the reader may know: `{% journal_of "institution" thing.id %}`."""
    person = person_of(context["request"])
    found = visible_to(person, JournalEntry.objects.about(kind, id))
    return {
        "entries": Teller(person, found[:SHOWN]).tell(),
        "total": found.count(),
        "kind": kind,
        "id": id,
        "LANGUAGE_CODE": context.get("LANGUAGE_CODE"),
    }


@register.inclusion_tag("accounts/parts/why.html", takes_context=True)
def why_seen(context: template.Context, thing: Any, verb: str = "see") -> dict[str, Any]:
    """Say why the reader may see (or do) this; nothing where everyone may: `{% why_seen thing %}`."""
    permit = may(person_of(context["request"]), verb, thing)
    return {"permit": permit, "is_said": permit.reason.code != "open_to_all"}
