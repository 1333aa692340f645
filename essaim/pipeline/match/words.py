"""What matching is told and what it answers, as frozen data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import polars as pl

Word = Literal["same", "different", "unsure"]


@dataclass(frozen=True)
class Judgement:
    """A person's word on a pair of records, kept for ever.

    Attributes:
        left: a record key.
        right: another record key; the order of the two says nothing.
        word: same, different or unsure; *unsure* takes an earlier word back.
        at: when it was said, ISO 8601; of two words on one pair the later holds.
    """

    left: str
    right: str
    word: Word
    at: str

    @property
    def pair(self) -> tuple[str, str]:
        """The two record keys in byte order."""
        left, right = sorted((self.left, self.right), key=str.encode)
        return left, right


@dataclass(frozen=True)
class Contradiction:
    """Judgements that cannot all hold: a chain of *same* whose ends are *different*.

    Attributes:
        left: one end, a record key.
        right: the other end, judged different from it.
        through: the record keys of the chain of *same*, from left to right, both ends included.
    """

    left: str
    right: str
    through: tuple[str, ...]


@dataclass(frozen=True)
class Previous:
    """What the release before this one called its things.

    Attributes:
        ids: record key to lasting id.
        redirects: former id to the id that answers for it.
    """

    ids: Mapping[str, str] = field(default_factory=dict)
    redirects: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Split:
    """A thing that was part of another one in the release before.

    Attributes:
        id: its lasting id.
        split_from: the lasting id it was part of.
    """

    id: str
    split_from: str


@dataclass(frozen=True)
class MatchResult:
    """What matching found.

    Attributes:
        pairs: one row per scored pair that is likely, judged or kept apart by a rule, in the order of its keys: left
            text, right text (record keys, left < right in byte order), probability (0 to 1), weight (log2 odds),
            explanation (list of comparison text, outcome text, weight in bits), rule text (code of what kept the pair
            apart, or empty), judgement text (same, different, unsure or empty).
        clusters: one row per record, in the order of its key: record_key text, lasting_id text.
        redirects: one row per id that another one answers for: from_id text, to_id text, reason text (merged).
        splits: things that left another one.
        contradictions: judgements that cannot all hold; the *different* ones were obeyed.
        figures: counts and times for the manifest.
    """

    pairs: pl.DataFrame
    clusters: pl.DataFrame
    redirects: pl.DataFrame
    splits: Sequence[Split]
    contradictions: Sequence[Contradiction]
    figures: Mapping[str, object]
