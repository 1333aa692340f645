"""Own-word English notes of the packaged sources, in the reader's language where a translation is packaged."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

import essaim
from essaim.pages.own_words import Said, Translations, read_translations

PACKAGE = Path(essaim.__file__).parent
# members.yaml is a source of the register and a fact of the rooms; its translations lie with the rooms.
FILES = (PACKAGE / "accounts" / "facts" / "translations.yaml", PACKAGE / "sources" / "world" / "translations.yaml")


@lru_cache(maxsize=1)
def translations() -> Translations:
    """Return English string -> language -> our translation."""
    return {text: said for file in FILES for text, said in read_translations(file).items()}


def say_note(text: str) -> Said:
    """Return a source's English note in the reader's language, or in English when no translation is there."""
    wanted = get_language() or "en"
    translated = translations().get(text, {}).get(wanted)
    return Said(translated, wanted, True) if translated else Said(text, "en")


def note_html(text: str) -> SafeString:
    """Write a note with its language, and tell when the translation is ours; empty for no note."""
    if not text:
        return SafeString("")
    said = say_note(text)
    if said.is_our_translation:
        return format_html('{} <span class="ours">({})</span>', said.text, gettext("our translation"))
    return (
        format_html('<span lang="{}">{}</span>', said.language, said.text)
        if said.language != get_language()
        else SafeString(format_html("{}", said.text))
    )
