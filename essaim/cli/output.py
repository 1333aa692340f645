"""Answers on a terminal and in a pipe: tables for people, JSON for programs."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text


def is_terminal() -> bool:
    """Tell whether a person reads the answer."""
    return sys.stdout.isatty()


def show_rows(rows: Sequence[dict[str, Any]], columns: Sequence[str], title: str = "", as_json: bool = False) -> None:
    """Print rows: a table of the named columns on a terminal, all fields as JSON otherwise."""
    if as_json or not is_terminal():
        show_json(list(rows))
        return
    table = Table(title=title or None, title_justify="left", show_edge=False, pad_edge=False)
    for column in columns:
        is_number = bool(rows) and isinstance(rows[0].get(column), (int, float))
        table.add_column(column.replace("_", " "), justify="right" if is_number else "left")
    for row in rows:
        table.add_row(*(Text("" if row.get(column) is None else str(row.get(column, ""))) for column in columns))
    Console().print(table if rows else Text("Nothing to show."))


def show_json(data: Any) -> None:
    """Print JSON, as it is, in UTF-8."""
    json.dump(data, sys.stdout, ensure_ascii=False, indent=1, default=str)
    sys.stdout.write("\n")
