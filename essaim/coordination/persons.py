"""Names of persons in the packaged facts: shown where the mandate is public, withheld from releases."""

from __future__ import annotations

from pathlib import Path

import yaml

from essaim.accounts.models import Office
from essaim.coordination.models import Meeting

FILE = Path(__file__).parent / "facts" / "persons.yaml"


def persons_named() -> list[str]:
    """Return every name that may stand in running text, longest first, so that no part of a longer one is left."""
    names = set(yaml.safe_load(FILE.read_text("utf-8"))["persons"])
    names |= {person for person in Office.objects.values_list("person", flat=True) if person}
    for facts in Meeting.objects.values_list("facts", flat=True):
        names |= set(facts.get("ripess_representatives", []))
    return sorted(names, key=len, reverse=True)
