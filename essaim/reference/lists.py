"""Code lists and their labels in any language we have, English where we have none."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from essaim.reference.load import read_yaml

LISTS = ("entity_types", "sectors", "kinds", "work_kinds", "scopes", "roles", "certainties", "subjects")


@cache
def codes(list_name: str) -> Mapping[str, Mapping[str, Any]]:
    """Return a code list: code to its entry, in the list's order.

    Raises:
        KeyError: there is no such list; the lists are named in `LISTS`.
    """
    if list_name not in LISTS:
        raise KeyError(list_name)
    return {entry["code"]: entry for entry in read_yaml(list_name)["codes"]}


def label(list_name: str, code: str, language: str = "en") -> str:
    """Return a code's label in a language, else in English, else the code itself.

    Args:
        list_name: a name of `LISTS`.
        code: a code of that list; an unknown one is answered as it stands, so that a page never breaks.
        language: BCP 47 tag; `fr-CA` is answered in French.
    """
    entry = codes(list_name).get(code, {})
    return str(entry.get(language) or entry.get(language.split("-")[0]) or entry.get("en") or code)
