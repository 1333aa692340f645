"""The page of a release's tables, read from the schema."""

from __future__ import annotations

from collections.abc import Sequence

from essaim.model.schema import PEOPLE_TABLES, SEALED_COLUMNS, TABLES, Column
from tools.reference.markdown import GENERATED, code, table

INTRODUCTION = """
A release holds these tables as Parquet files (`tables/<name>.parquet`, snappy), which any program that knows Parquet
opens; `essaim export <table>` writes one as CSV, JSON, JSON lines, Parquet or XLSX. Text columns are empty, never
null, where nothing is known; numbers are null where nothing is known.

Lasting ids and record keys are explained in [words](../explanation/words.md); the three certainties in
[certainty](../explanation/certainty.md).
"""
PEOPLE = """
## The sealed copy of the public database

What people write lives in the database of an installation. Each build seals a copy of its public content into one
table a kind, all with the same columns: {names}.
"""


def page() -> str:
    """Return the whole page."""
    lines = ["# Tables of a release", "", GENERATED, INTRODUCTION]
    for name, columns in TABLES.items():
        lines += [f"## {name}", "", *_columns(columns)]
    names = ", ".join(code(name) for name in PEOPLE_TABLES)
    return "\n".join([*lines, PEOPLE.format(names=names).strip(), "", *_columns(SEALED_COLUMNS)]).rstrip() + "\n"


def _columns(columns: Sequence[Column]) -> list[str]:
    rows = [[code(column.name), column.type, _escaped(column.sentence), column.unit] for column in columns]
    return table(["column", "type", "says", "unit"], rows)


def _escaped(text: str) -> str:
    return text.replace("<", "&lt;").replace(">", "&gt;")
