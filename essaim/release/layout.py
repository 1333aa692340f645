"""Where things lie in a release: the names that its writer and its readers agree on."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

FORMAT = 1
READABLE_FORMATS = (1,)
MANIFEST = "manifest.json"
TABLES = "tables"
SERVE = "serve.sqlite"
SEARCH = "search"
TILES = "tiles/organisations.pmtiles"
RDF = "rdf/organisations.nt.gz"
CATALOGUE = "catalogue.jsonld"
ASIDE = "aside.jsonl"
DIFF = "diff.json"
CURRENT = "current"
KEPT = "kept"
"""Folder beside the releases that keeps redirect tables and diffs of pruned ones."""

_NUMBER = re.compile(r"^(\d{4}-\d{2}-\d{2})\.(\d+)$")


def is_number(text: str) -> bool:
    """Tell whether a text is a release number such as `2026-11-23.1`."""
    return bool(_NUMBER.match(text))


def sort_key(number: str) -> tuple[str, int]:
    """Return what orders release numbers by time."""
    match = _NUMBER.match(number)
    if match is None:
        raise ValueError(f"{number!r} is not a release number")
    return match.group(1), int(match.group(2))


def next_number(folder: Path, today: date) -> str:
    """Return the number of the next release of a day; numbers are never used twice, pruned ones included."""
    taken = [path.name for place in (folder, folder / KEPT) if place.is_dir() for path in place.iterdir()]
    of_today = [sort_key(name)[1] for name in taken if is_number(name) and name.startswith(today.isoformat())]
    return f"{today.isoformat()}.{max(of_today, default=0) + 1}"
