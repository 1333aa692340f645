"""LimeSurvey's exports of answers, told by their columns: codes as column names, questions as their labels."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

PROFILE = "limesurvey"
STRUCTURE = ("class", "type/scale", "name", "relevance", "text", "help", "language")
"""How the columns of a survey's structure begin: questions, and no answers."""

_OWN = frozenset({"submitdate", "lastpage", "startlanguage", "seed", "startdate", "datestamp", "token", "ipaddr", "refurl"})
_SURE = frozenset({"submitdate", "lastpage", "startlanguage"})
_OWN_TEXTS = frozenset({"date submitted", "last page", "start language", "date started", "date last action"})
_CODE = re.compile(r"(\w+(?:\[\w+\])*)(?:\.\s+|:\s*|\s+-\s+|\s+)(\S.*)")
_SUBQUESTION = re.compile(r"\w+\[\w+\]")
_SIGNS = {"{newline}": "\n", "{cr}": "\r", "{tab}": "\t", "{quote}": '"', "{question_not_shown}": "", "{lbrace}": "{"}
_SIGN = re.compile("|".join(re.escape(sign) for sign in _SIGNS))


def is_survey(columns: Sequence[str]) -> bool:
    """Tell whether columns are those of LimeSurvey, by code, by code and text, or by the English texts."""
    codes = [_split(column)[0] for column in columns]
    has_parts = any(_SUBQUESTION.match(code) for code in codes)
    texts = _OWN_TEXTS.intersection(column.lower() for column in columns)
    is_sure = bool(_SURE.intersection(codes))
    return len(texts) >= 2 or (is_sure and (len(_OWN.intersection(codes)) >= 2 or ("id" in codes and has_parts)))


def is_structure(columns: Sequence[str]) -> bool:
    """Tell whether columns are those of a survey's structure, which holds no answers."""
    return set(STRUCTURE) <= set(columns)


def codes_and_labels(columns: Sequence[str]) -> tuple[list[str], dict[str, str]]:
    """Return column names as codes where each column is a code and a text, with the texts by code; else them as they are."""
    pairs = [_split(column) for column in columns]
    codes = [code for code, _label in pairs]
    if not all(label for _code, label in pairs) or not _SURE.intersection(codes) or len(set(codes)) < len(codes):
        return list(columns), {}
    return codes, dict(pairs)


def is_second_header(columns: Sequence[str], cells: Sequence[str]) -> bool:
    """Tell whether the row below the header holds the codes, as in an export for review (VV)."""
    return len(cells) == len(columns) and len(_SURE.intersection(cells)) >= 2 and not _SURE.intersection(columns)


def plain(cells: Sequence[str]) -> Iterator[str]:
    """Yield cells of an export for review with its signs for line ends, tabs and braces put back."""
    for cell in cells:
        yield _SIGN.sub(lambda match: _SIGNS[match[0]], cell) if "{" in cell else cell


def _split(column: str) -> tuple[str, str]:
    found = _CODE.fullmatch(column)
    return (found[1], found[2]) if found else (column, "")
