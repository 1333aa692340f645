"""Matching, told on one page: features, candidates, scores, rules, judgements, clusters, lasting ids."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from essaim.errors import MatchError
from essaim.pipeline.match.blocking import block
from essaim.pipeline.match.cluster import Edge, Limits, cluster
from essaim.pipeline.match.features import features
from essaim.pipeline.match.identity import Identities, identify
from essaim.pipeline.match.judgements import contradictions, standing
from essaim.pipeline.match.rules import NOT_ALONE, kept_apart
from essaim.pipeline.match.scoring import Model, explanation, load_model, open_database, score, settings_for
from essaim.pipeline.match.words import Judgement, MatchResult, Previous

Pair = tuple[str, str]
Progress = Callable[[str, int, int], None]
# Pairs less likely than this are not told, unless a rule or a person has spoken on a likely or judged one.
TOLD_FROM = 0.1
_STEPS = ("features", "candidates", "scores", "rules", "clusters", "ids")
_TOLD = {"comparison": pl.String, "outcome": pl.String, "weight": pl.Float64}
PAIR_SCHEMA: dict[str, pl.DataType | type[pl.DataType]] = {
    "left": pl.String,
    "right": pl.String,
    "probability": pl.Float64,
    "weight": pl.Float64,
    "explanation": pl.List(pl.Struct(_TOLD)),
    "rule": pl.String,
    "judgement": pl.String,
}


def match(
    entities: pl.DataFrame,
    *,
    judgements: Sequence[Judgement],
    previous: Previous | None,
    model: Path | Model | None = None,
    progress: Progress | None = None,
) -> MatchResult:
    """Find which records are one thing, and give each thing its lasting id.

    Args:
        entities: one row per record: record_key text; source_id text; kind text; names list of text; acronyms list of
            text; country text (ISO 3166-1 alpha-3 or empty); town, postcode, address text; longitude, latitude degrees
            WGS 84 or null; domain text (registrable web domain or empty); phone text (E.164 or empty); identifiers
            list of text ("scheme:value"); legal_class text; scope text. Their order does not matter.
        judgements: people's words on pairs; those on records that are gone wait until they come back.
        previous: ids and redirects of the release before; None for the first.
        model: the stored model, or its file; None for the one that ships.
        progress: called with the name of a step, its number and the number of steps, as it begins.

    Raises:
        MatchError: two rows have one record key, or the model is missing or does not fit.
    """
    tell = progress or (lambda step, number, total: None)
    used = model if isinstance(model, Model) else load_model(model)
    _check(entities)
    tell(_STEPS[0], 1, len(_STEPS))
    table = features(entities)
    words = _known(standing(judgements), table)
    tell(_STEPS[1], 2, len(_STEPS))
    database = open_database(table)
    blocks = block(database)
    scored = _scored(database, table, words, used, tell)
    database.close()
    tell(_STEPS[3], 4, len(_STEPS))
    pairs = _told(scored, table, words, used)
    tell(_STEPS[4], 5, len(_STEPS))
    groups = _grouped(pairs, table, words, used)
    tell(_STEPS[5], 6, len(_STEPS))
    identities = identify(groups, previous)
    return _result(pairs, identities, contradictions(words), blocks, len(scored))


def _check(entities: pl.DataFrame) -> None:
    twice = entities.filter(pl.col("record_key").is_duplicated())
    if len(twice):
        raise MatchError("two records have one key", found=str(twice["record_key"][0]), expected="each record key once")


def _known(words: Mapping[Pair, Judgement], table: pl.DataFrame) -> dict[Pair, Judgement]:
    keys = set(table["record_key"])
    return {pair: word for pair, word in words.items() if keys.issuperset(pair)}


def _scored(
    database: duckdb.DuckDBPyConnection, table: pl.DataFrame, words: Iterable[Pair], model: Model, tell: Progress
) -> pl.DataFrame:
    """Score the candidate pairs; judged pairs are always among them, so that they can be explained."""
    number = dict(zip(table["record_key"], table["unique_id"], strict=True))
    for left, right in words:
        database.execute("INSERT INTO candidate VALUES (?, ?)", sorted((number[left], number[right])))
    database.execute("CREATE OR REPLACE TEMP TABLE candidate AS SELECT DISTINCT * FROM candidate")
    candidates = database.execute("SELECT count(*) FROM candidate").fetchall()[0][0]
    tell(_STEPS[2], 3, len(_STEPS))
    return score(database, settings_for(model, len(table), candidates))


def _told(scored: pl.DataFrame, table: pl.DataFrame, words: Mapping[Pair, Judgement], model: Model) -> pl.DataFrame:
    """Explain the pairs worth telling and say which of them a rule keeps apart."""
    keys, rows = table["record_key"].to_list(), _Rows(table)
    told = []
    for row in scored.iter_rows(named=True):
        pair = (keys[row["left_id"]], keys[row["right_id"]])
        if row["match_probability"] < TOLD_FROM and pair not in words:
            continue
        reasons = explanation(row, model)
        told.append(
            {
                "left": pair[0],
                "right": pair[1],
                "probability": row["match_probability"],
                "weight": row["match_weight"],
                "explanation": reasons,
                "rule": kept_apart(rows[row["left_id"]], rows[row["right_id"]], rows.outcomes(reasons)),
                "judgement": words[pair].word if pair in words else "",
            }
        )
    return pl.DataFrame(told, schema=PAIR_SCHEMA)


class _Rows:
    """Rows of features by number, as rules read them."""

    def __init__(self, table: pl.DataFrame) -> None:
        self.rows = table.select("source_id", "kind", "arms", "words").rows(named=True)

    def __getitem__(self, number: int) -> dict[str, Any]:
        return self.rows[number]

    @staticmethod
    def outcomes(reasons: Iterable[Mapping[str, Any]]) -> dict[str, str]:
        """Return comparison to outcome; silent ones are empty."""
        return defaultdict(str, {reason["comparison"]: reason["outcome"] for reason in reasons})


def _grouped(pairs: pl.DataFrame, table: pl.DataFrame, words: Mapping[Pair, Judgement], model: Model) -> list[list[str]]:
    judged = {word: [pair for pair, one in words.items() if one.word == word] for word in ("same", "different")}
    newest = sorted(judged["same"], key=lambda pair: (words[pair].at, pair), reverse=True)
    open_pairs = pairs.filter((pl.col("rule") == "") & (pl.col("judgement") != "different"))
    apart = pairs.filter((pl.col("rule") != "") & ~pl.col("rule").is_in(NOT_ALONE) & (pl.col("judgement") != "same"))
    return cluster(
        table["record_key"].to_list(),
        [Edge(*row) for row in open_pairs.select("left", "right", "probability").iter_rows()],
        same=newest,
        different=judged["different"],
        apart=list(apart.select("left", "right").iter_rows()),
        identifiers=_identifiers(table),
        limits=Limits(threshold=model.threshold),
    )


def _identifiers(table: pl.DataFrame) -> dict[str, dict[str, set[str]]]:
    found: dict[str, dict[str, set[str]]] = {}
    for key, identifiers in table.select("record_key", "identifiers").iter_rows():
        for scheme, _, value in (one.partition(":") for one in identifiers):
            found.setdefault(key, {}).setdefault(scheme, set()).add(value)
    return found


def _result(
    pairs: pl.DataFrame, identities: Identities, found: Sequence[Any], blocks: Mapping[str, Any], candidates: int
) -> MatchResult:
    ids = sorted(identities.ids.items(), key=lambda item: item[0].encode())
    sizes = Counter(Counter(identities.ids.values()).values())
    figures = {
        "records": len(ids),
        "things": sum(sizes.values()),
        "candidates": candidates,
        "told": len(pairs),
        "kept_apart": dict(sorted(Counter(rule for rule in pairs["rule"] if rule).items())),
        "sizes": dict(sorted(sizes.items())),
        "blocks": dict(blocks),
        "contradictions": len(found),
        "redirects": len(identities.redirects),
        "splits": len(identities.splits),
    }
    return MatchResult(
        pairs=pairs,
        clusters=pl.DataFrame(ids, schema={"record_key": pl.String, "lasting_id": pl.String}, orient="row"),
        redirects=pl.DataFrame(
            [(former, now, "merged") for former, now in identities.redirects.items()],
            schema={"from_id": pl.String, "to_id": pl.String, "reason": pl.String},
            orient="row",
        ),
        splits=identities.splits,
        contradictions=found,
        figures=figures,
    )
