"""Write the public content of the database as plain files, for the build, which opens no database."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, TextIO

from essaim.pages.facts import PackagedThing
from essaim.pages.registry import kinds

PERSON_KEYS = frozenset({"person", "ripess_representatives"})
WITHHELD = "[name withheld]"


def sealed_row(thing: PackagedThing, persons: Iterable[str] = (), **more: Any) -> dict[str, Any]:
    """Return a thing as a row of the release: id, titles, facts; no release carries a person's name.

    Args:
        thing: the thing.
        persons: names that stand in running text.
        more: what the entry itself does not say: the norm of a call, the country of a figure.
    """
    facts = {**thing.facts, **more, "sources": thing.sources, "unverified": thing.unverified, "conflicts": thing.conflicts}
    row = {"id": thing.id, "titles": thing.titles, "facts": facts}
    cleaned: dict[str, Any] = without_persons(row, tuple(persons))
    return cleaned


def without_persons(value: Any, persons: tuple[str, ...]) -> Any:
    """Return a value without the keys that hold persons, and with names in running text withheld."""
    if isinstance(value, Mapping):
        return {key: without_persons(item, persons) for key, item in value.items() if key not in PERSON_KEYS}
    if isinstance(value, list):
        return [without_persons(item, persons) for item in value]
    if isinstance(value, str) and not value.startswith("http"):
        for name in persons:
            value = value.replace(name, WITHHELD)
    return value


def write_public(folder: Path) -> dict[str, int]:
    """Write `<table>.jsonl` for every table of every kind; the folder is replaced as a whole.

    Args:
        folder: usually `configuration().people / "public"`.

    Returns:
        Table to number of rows.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        counts = _write_tables(draft)
        _replace(draft, folder)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return counts


def _write_tables(draft: Path) -> dict[str, int]:
    counts: dict[str, int] = {}
    opened: dict[str, TextIO] = {}
    try:
        for known in kinds():
            for table, row in known.public_rows():
                if table not in opened:
                    opened[table] = (draft / f"{table}.jsonl").open("w", encoding="utf-8")
                opened[table].write(json.dumps(row, ensure_ascii=False, sort_keys=True) + "\n")
                counts[table] = counts.get(table, 0) + 1
    finally:
        for file in opened.values():
            file.close()
    return counts


def _replace(draft: Path, folder: Path) -> None:
    """Put a whole folder in the place of another; each step is a rename, so that no half-written file is ever read."""
    former = folder.with_name(f".{folder.name}-former-{os.getpid()}")
    if folder.exists():
        folder.rename(former)
    draft.rename(folder)
    shutil.rmtree(former, ignore_errors=True)
