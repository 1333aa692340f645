"""Translations of the packaged facts' own-word strings: data beside the facts, looked up when shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import get_language

from essaim.errors import SourceError
from essaim.pages.registry import facts_folders

FILE = "translations.yaml"
Translations = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Said:
    """A string as a reader gets it.

    Attributes:
        text: the string.
        language: its language.
        is_our_translation: True when we translated it from our English words.
    """

    text: str
    language: str
    is_our_translation: bool = False


def say(text: str, language: str = "") -> Said:
    """Return our own English words in a language (the reader's, unless told); in English when no translation is there."""
    wanted = language or get_language() or "en"
    translated = all_translations().get(text, {}).get(wanted)
    return Said(translated, wanted, True) if translated else Said(text, "en")


def versions(text: str) -> list[tuple[str, str]]:
    """Return every language version of our own words as (language, text), English first."""
    return [("en", text), *all_translations().get(text, {}).items()]


@lru_cache(maxsize=1)
def all_translations() -> Translations:
    """Return the translations of every room, by English string, then by language."""
    merged: dict[str, Mapping[str, str]] = {}
    for folder in facts_folders():
        merged |= read_translations(folder.folder / FILE)
    return merged


def read_translations(file: Path) -> Translations:
    """Return the translations in one file; none when the file is not there.

    Raises:
        SourceError: the file is not a mapping of English string to language to text.
    """
    if not file.exists():
        return {}
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml reads ten times faster where it is built in
    found = yaml.load(file.read_text("utf-8"), Loader=loader) or {}
    if not isinstance(found, dict) or not all(isinstance(held, dict) for held in found.values()):
        raise SourceError("translations have another shape", str(file), expected="English string: {fr: ..., es: ...}")
    return {str(english): {str(tag): str(text) for tag, text in held.items()} for english, held in found.items()}


def own_texts(value: Any, keys: frozenset[str], parent: str = "", is_own: bool = False) -> Iterator[str]:
    """Yield every string of an entry that stands under a key of our own words, at any depth.

    Args:
        value: the entry, or a part of it.
        keys: names of keys, or `parent.key` where the key alone does not tell; `<field>_note` always counts.
        parent: key of the part.
        is_own: True inside such a key.
    """
    if isinstance(value, str) and is_own:
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from own_texts(item, keys, parent, is_own)
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from own_texts(item, keys, key, key in keys or f"{parent}.{key}" in keys or key.endswith("_note"))
