"""Markdown from data: tables, and the sentences that docstrings keep under `Attributes:`."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Sequence

GENERATED = "<!-- Made by `make reference` from the code; edit the code, not this page. -->"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """Return the lines of a table; signs that would end a cell are escaped."""
    lines = [_row(head), _row(["---"] * len(head))]
    return [*lines, *(_row(row) for row in rows), ""]


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(" ".join(cell.replace("|", "\\|").split()) for cell in cells) + " |"


def code(text: object) -> str:
    """Return a text as code, or nothing for nothing."""
    return f"`{text}`" if text not in ("", None) else ""


def sentence(text: str) -> str:
    """Return a text as a sentence: a capital letter first, a full stop last."""
    return f"{text[:1].upper()}{text[1:].rstrip('.')}." if text else ""


def attributes(thing: object) -> dict[str, str]:
    """Return what a class's docstring says of each attribute; `unit, unit_from: ...` speaks of both."""
    _, _, section = (inspect.getdoc(thing) or "").partition("Attributes:\n")
    told: dict[str, str] = {}
    names: list[str] = []
    for line in section.splitlines():
        if not line.strip():
            break
        if line.startswith("        "):
            told |= {name: f"{told[name]} {line.strip()}" for name in names}
            continue
        head, _, text = line.strip().partition(": ")
        names = [name.strip() for name in head.split(",")]
        told |= dict.fromkeys(names, text)
    return told
