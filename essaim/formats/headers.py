"""Column names out of the row or rows they stand on: spaces tidied, gaps numbered, repeats told apart."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Sequence

from essaim.formats import repairs as code
from essaim.formats.encoding import mend

JOINT = " / "


def column_names(levels: Sequence[Sequence[str]], repairs: Counter[str]) -> list[str]:
    """Return one name a column, each different from all before it.

    Args:
        levels: the header's rows from the top, as lists of text. On two rows the upper name stands over each column to
            its right until the next upper name, unless nothing stands below it.
        repairs: where repairs are counted.
    """
    columns: dict[str, None] = {}
    times: dict[str, int] = {}
    for number, name in enumerate(_joined(levels), 1):
        columns[_column(mend(name, repairs), number, columns, times, repairs)] = None
    return list(columns)


def unique_name(name: str, taken: Container[str], first: int = 1) -> str:
    """Return the name, with a number behind it where it is taken; numbers below the first are held to be taken."""
    again, unique = first, name if first < 2 else f"{name}_{first}"
    while unique in taken:
        again += 1
        unique = f"{name}_{again}"
    return unique


def _joined(levels: Sequence[Sequence[str]]) -> list[str]:
    if len(levels) == 1:
        return list(levels[0])
    width = max(len(level) for level in levels)
    names: list[list[str]] = [[] for _column in range(width)]
    whole = [[*level, *[""] * (width - len(level))] for level in levels]
    for depth, level in enumerate(whole):
        below = [any(deeper[column].strip() for deeper in whole[depth + 1 :]) for column in range(width)]
        for column, name in enumerate(_spread(level, below)):
            if name.strip() and name not in names[column][-1:]:
                names[column].append(name)
    return [JOINT.join(parts) for parts in names]


def _spread(level: Sequence[str], below: Sequence[bool]) -> list[str]:
    """Let each name of an upper row stand over the gaps to its right that have a name below."""
    spread: list[str] = []
    standing = ""
    for name, has_name_below in zip(level, below, strict=True):
        if name.strip():
            standing = name if has_name_below else ""
        spread.append(name if name.strip() or not has_name_below else standing)
    return spread


def _column(cell: str, number: int, taken: Container[str], times: dict[str, int], repairs: Counter[str]) -> str:
    name = re.sub(r"\s+", " ", cell.replace("\ufeff", "")).strip()
    if name != cell:
        repairs[code.HEADER_SPACES] += 1
    if not name:
        repairs[code.HEADER_NAMED] += 1
        name = f"column_{number}"
    times[name] = times.get(name, 0) + 1  # where many columns share a name, counting from 1 for each would take for ever
    unique = unique_name(name, taken, times[name])
    if unique != name:
        repairs[code.HEADER_RENAMED] += 1
    return unique
