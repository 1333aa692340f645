"""Scores: Splink on DuckDB with a stored model, and the weight of every comparison beside each score."""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
from splink import Linker
from splink.backends.duckdb import DuckDBAPI

from essaim.errors import MatchError
from essaim.pipeline.match.comparisons import COMPARISONS, MACROS, level_value, outcomes, splink_settings


@dataclass(frozen=True)
class Model:
    """A stored model.

    Attributes:
        weights: for each comparison the weight of each outcome in bits, in the order of `comparisons.outcomes`.
        prior_weight: log2 odds that a candidate pair is one thing, at the size the model was trained at.
        candidates_per_record: candidate pairs per record at that size; with more of them the prior falls.
        threshold: the least probability at which two records are merged.
        about: what it was trained on, with figures.
    """

    weights: Sequence[Sequence[float]]
    prior_weight: float
    candidates_per_record: float
    threshold: float
    about: dict[str, Any]


def load_model(path: Path | None = None) -> Model:
    """Read a model.

    Args:
        path: the file; None reads the one that ships with Essaim.

    Raises:
        MatchError: there is no such file, or it was trained for other comparisons.
    """
    where = str(path or "the packaged model")
    try:
        text = (path or files("essaim.pipeline.match").joinpath("model.json")).read_text("utf-8")
        stored = json.loads(text)
        weights = [[stored["weights"][one.name][each.name] for each in outcomes(one)] for one in COMPARISONS]
    except FileNotFoundError:
        raise MatchError("the matching model is missing", where=where, next_step=_TRAIN) from None
    except (KeyError, ValueError) as error:
        raise MatchError("the matching model does not fit these comparisons", where, str(error), next_step=_TRAIN) from None
    return Model(weights, stored["prior_weight"], stored["candidates_per_record"], stored["threshold"], stored["about"])


_TRAIN = "Train one: python -m essaim.pipeline.match.train --data FOLDER"


def save_model(model: Model, path: Path) -> None:
    """Write a model as JSON, with names for every weight."""
    named = {
        one.name: {each.name: bits for each, bits in zip(outcomes(one), weights, strict=True)}
        for one, weights in zip(COMPARISONS, model.weights, strict=True)
    }
    content = {
        "prior_weight": model.prior_weight,
        "candidates_per_record": model.candidates_per_record,
        "threshold": model.threshold,
        "weights": named,
        "about": model.about,
    }
    path.write_text(json.dumps(content, indent=1, sort_keys=True) + "\n", "utf-8")


def scaled_prior(model: Model, records: int, candidates: int) -> float:
    """Return the prior probability of a candidate pair at this size.

    A record has about as many true pairs in a large register as in a small one, but more chance pairs; so the prior
    falls as candidates per record rise beyond those of the training set. It does not rise when there are fewer: a small
    register may hold each thing once.
    """
    crowding = max(1.0, candidates / max(records, 1) / model.candidates_per_record)
    odds: float = 2.0**model.prior_weight / crowding
    return odds / (1 + odds)


def open_database(features: pl.DataFrame) -> duckdb.DuckDBPyConnection:
    """Open a DuckDB in memory that holds the table `feature` and the macros the comparisons use."""
    connection = duckdb.connect()
    connection.execute("SET enable_progress_bar = false")
    for macro in MACROS:
        connection.execute(f"CREATE MACRO {macro}")
    connection.register("given", features.to_arrow())
    connection.execute("CREATE TABLE feature AS SELECT * FROM given")
    connection.unregister("given")
    return connection


def score(connection: duckdb.DuckDBPyConnection, settings: dict[str, Any]) -> pl.DataFrame:
    """Score the table `candidate`.

    Args:
        connection: holds `feature` and `candidate` (left_id, right_id).
        settings: what `splink_settings` wrote.

    Returns:
        One row per candidate pair in the order of its ids: left_id, right_id, match_weight (log2 odds),
        match_probability, and for each comparison `gamma_<name>` (Splink's number of the outcome).
    """
    logging.getLogger("splink").setLevel(logging.ERROR)
    api = DuckDBAPI(connection)
    linker = Linker(api.register("feature"), settings, log_level=logging.ERROR, validate_settings=False)
    connection.execute(
        """CREATE OR REPLACE TABLE blocked AS
           SELECT left_id AS join_key_l, right_id AS join_key_r, '0' AS match_key FROM candidate"""
    )
    linker.table_management.register_blocked_pairs_for_predict(api.register("blocked"))
    scored = linker.inference.predict(warning_mode="never")
    gammas = ", ".join(f"gamma_{one.name}" for one in COMPARISONS)
    result: pl.DataFrame = connection.sql(
        f"""SELECT least(unique_id_l, unique_id_r) AS left_id, greatest(unique_id_l, unique_id_r) AS right_id,
            match_weight, match_probability, {gammas} FROM {scored.physical_name} ORDER BY left_id, right_id"""
    ).pl()
    return result


def explanation(row: dict[str, Any], model: Model) -> list[dict[str, Any]]:
    """Tell for each comparison of a scored pair its outcome and its weight in bits; silent outcomes are left out."""
    told = []
    for comparison, weights in zip(COMPARISONS, model.weights, strict=True):
        index = level_value(comparison, 0) - row[f"gamma_{comparison.name}"]
        outcome = outcomes(comparison)[index]
        if not outcome.is_silent:
            told.append({"comparison": comparison.name, "outcome": outcome.name, "weight": round(weights[index], 3)})
    return told


def settings_for(model: Model, records: int, candidates: int) -> dict[str, Any]:
    """Return Splink's settings of a model at a size."""
    return splink_settings(model.weights, scaled_prior(model, records, candidates))
