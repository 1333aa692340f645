"""What stands beside a corrected value: by whom, since when, and what the sources say."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from essaim.pages.templatetags.house import src
from essaim.pages.wording import precise_date

Value = Mapping[str, Any]


def correction_note(value: Value, text_of: Callable[[Value], str]) -> SafeString:
    """Say that a value was corrected, and what the sources say; empty for one that was not.

    Args:
        value: a value of a page document.
        text_of: puts a value of the same property into words.
    """
    told = value.get("corrected")
    if not told:
        return SafeString("")
    who, day = said_by(told), precise_date(told["at"][:10])
    if not told["said"]:
        return format_html("{}", gettext("added by {who} on {day}").format(who=who, day=day))
    said = format_html_join(", ", "{}{}", ((text_of(one), src(one["sources"])) for one in told["said"]))
    sources = {number for one in told["said"] for number in one["sources"]}
    words = ngettext(
        "corrected by {who} on {day}; the source says: ", "corrected by {who} on {day}; the sources say: ", len(sources)
    )
    return format_html('<span class="corrected">{}{}</span>', words.format(who=who, day=day), said)


def said_by(told: Mapping[str, Any]) -> str:
    """Name who corrected: the organisation, an institution by its id, or a reader; never a person."""
    if told["is_claim"]:
        return gettext("the organisation itself")
    return str(told["institution"]) or gettext("a reader")


def hidden_words() -> str:
    """Say that an organisation does not show something."""
    return gettext("not shown, as the organisation wishes")
