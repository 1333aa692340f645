"""What publish is given: sources with their snapshots and records, clusters, answers, and what was published before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import polars as pl

from essaim.model.correction import Correction
from essaim.model.record_key import source_of
from essaim.model.statement import Statement
from essaim.pipeline.gather import Snapshot
from essaim.pipeline.normalise.record import Record
from essaim.pipeline.normalise.source import Normalised
from essaim.pipeline.source_file import SourceFile
from essaim.rules import Answer


@dataclass(frozen=True)
class Sourced:
    """One source of the release.

    Attributes:
        problem: why this is an older state of the source than wished; empty when all went well.
    """

    source: SourceFile
    snapshot: Snapshot
    normalised: Normalised
    problem: str = ""

    @property
    def day(self) -> str:
        """The day on which the snapshot's bytes came, ISO 8601."""
        return self.snapshot.gathered_at.date().isoformat()


@dataclass(frozen=True)
class Published:
    """Everything that a release is made of.

    Attributes:
        clusters: record key -> lasting id, for organisations and works.
        pairs: the matched pairs with their explanation (see `pipeline.match`).
        redirects: former lasting id -> the id that answers for it.
        splits: lasting id -> the id it was split from.
        answers: record key -> answers of the rules.
        judgements: rows of the judgement table.
        people: table -> rows of the database's public content.
        corrections: (kind, lasting id) -> what people corrected on it.
        base_url: base of machine addresses.
        histories: diffs of the releases before, newest first.
    """

    number: str
    sources: tuple[Sourced, ...]
    clusters: Mapping[str, str]
    pairs: pl.DataFrame
    redirects: Mapping[str, str]
    splits: Mapping[str, str]
    answers: Mapping[str, list[Answer]]
    judgements: list[dict[str, str]]
    people: Mapping[str, list[dict[str, Any]]]
    base_url: str
    match_figures: Mapping[str, Any]
    problems: list[str] = field(default_factory=list)
    corrections: Mapping[tuple[str, str], list[Correction]] = field(default_factory=dict)

    @cached_property
    def by_id(self) -> dict[str, Sourced]:
        """Source id -> source."""
        return {sourced.source.id: sourced for sourced in self.sources}

    @cached_property
    def records(self) -> dict[str, Record]:
        """Record key -> record."""
        return {record.key: record for sourced in self.sources for record in sourced.normalised.records}

    @cached_property
    def groups(self) -> dict[tuple[str, str], list[Record]]:
        """(Kind, lasting id) -> its records, the best known source first."""
        groups: dict[tuple[str, str], list[Record]] = {}
        for key, record in self.records.items():
            if key in self.clusters:
                groups.setdefault((record.kind, self.clusters[key]), []).append(record)
        for records in groups.values():
            records.sort(key=lambda record: (-self.by_id[source_of(record.key)].source.rank, record.key))
        return groups


def of_property(records: list[Record], *names: str) -> list[Statement]:
    """Return the statements of some properties, in the order of the records."""
    return [statement for record in records for statement in record.statements if statement.property in names]
