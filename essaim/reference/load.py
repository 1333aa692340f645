"""Reads the data files of this folder, each once in a process."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, cast

import yaml

FOLDER = Path(__file__).resolve().parent


@cache
def read_yaml(name: str) -> Mapping[str, Any]:
    """Return a file of this folder, read once; callers must not change what they get.

    Args:
        name: the file's name without `.yaml`.
    """
    # The C loader reads the same YAML about ten times faster where libyaml is there.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    text = (FOLDER / f"{name}.yaml").read_text("utf-8")
    return cast(Mapping[str, Any], yaml.load(text, Loader=loader))


def legal_forms() -> list[dict[str, Any]]:
    """Return the legal forms that count as SSE, one mapping a country (`country`, `approach`, `forms`...)."""
    return cast(list[dict[str, Any]], read_yaml("legal_forms")["countries"])


def definitions() -> list[dict[str, Any]]:
    """Return the definitions of the SSE with their criteria, the UN definition first."""
    return cast(list[dict[str, Any]], read_yaml("definitions")["definitions"])


def lexicon() -> list[dict[str, Any]]:
    """Return the terms by which the SSE and its forms appear in texts."""
    return cast(list[dict[str, Any]], read_yaml("lexicon")["terms"])


def iati_codes() -> Mapping[str, Any]:
    """Return the IATI and OECD-DAC codes that matter for the SSE, by list."""
    return read_yaml("iati_sse_codes")


def hosts() -> Mapping[str, list[str]]:
    """Return the hosts that hold copies, by reason: copy_site, unrelated_site, old_mirror."""
    return cast(Mapping[str, list[str]], read_yaml("hosts"))


def legal_form_words() -> Mapping[str, Any]:
    """Return the words of names that tell a legal form, and those that mark a part or a kin of an organisation."""
    return read_yaml("legal_form_words")


def identifier_schemes() -> list[dict[str, Any]]:
    """Return the schemes of identifiers."""
    return cast(list[dict[str, Any]], read_yaml("identifier_schemes")["schemes"])


def country_words() -> Mapping[str, Any]:
    """Return the spellings of countries that no standard list holds."""
    return read_yaml("country_words")


def language_words() -> Mapping[str, Any]:
    """Return the spellings of languages that no standard list holds, and the languages in which names are read."""
    return read_yaml("language_words")


def shared_hosts() -> frozenset[str]:
    """Return the hosts on which many bodies have a page each."""
    return frozenset(read_yaml("shared_hosts")["hosts"])


def letters() -> dict[str, str]:
    """Return the letters that are replaced for comparison, of all scripts together."""
    table = read_yaml("letters")
    return {letter: sign for script in ("cyrillic", "greek", "latin", "arabic") for letter, sign in table[script].items()}
