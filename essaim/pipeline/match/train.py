"""Train the stored model on labelled sets: `python -m essaim.pipeline.match.train --synthetic FOLDER --data FOLDER`.

The weights of all outcomes are learnt together (logistic regression on the outcomes of candidate pairs), because the
comparisons of an organisation lean on one another: a street, a postcode and a town agree together, and weights learnt
one by one would count them thrice. Each weight is held towards nought, so that a rare outcome cannot shout.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from math import log
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from essaim.pipeline.match.blocking import block
from essaim.pipeline.match.comparisons import COMPARISONS, level_value, outcomes, splink_settings
from essaim.pipeline.match.evaluate import Quality, clusters_of, pair_quality
from essaim.pipeline.match.features import features
from essaim.pipeline.match.labelled import Labelled, chicago, coops_uk, generated
from essaim.pipeline.match.scoring import Model, open_database, save_model, score

Matrix = NDArray[np.float64]
# What a register that knows little more than names leaves unsaid; see `_without_places`.
_PLACE_LIKE = ("place", "house", "domain", "phone", "identifier")
RIDGE = 2.0
THRESHOLD = 0.5


@dataclass(frozen=True)
class Outcomes:
    """The candidate pairs of a labelled set.

    Attributes:
        name: the set's name.
        records: how many records the set has.
        gammas: one row per candidate pair, one column per comparison: Splink's number of the outcome.
        labels: 1 where the two records are one thing.
    """

    name: str
    records: int
    gammas: NDArray[np.int64]
    labels: Matrix


def compare(labelled: Labelled) -> Outcomes:
    """Block a labelled set and compare its candidate pairs with Splink, without weights."""
    table = features(labelled.entities)
    connection = open_database(table)
    block(connection)
    scored = score(connection, splink_settings([[0.0] * len(outcomes(one)) for one in COMPARISONS], 0.5))
    things = np.array([labelled.truth[key] for key in table["record_key"]])
    same = things[scored["left_id"].to_numpy()] == things[scored["right_id"].to_numpy()]
    gammas = scored.select([f"gamma_{one.name}" for one in COMPARISONS]).to_numpy().astype(np.int64)
    return Outcomes(labelled.name, len(table), gammas, same.astype(np.float64))


def fit(sets: Sequence[Outcomes], ridge: float = RIDGE) -> Model:
    """Learn the weights of outcomes from sets of compared pairs; each set counts by the root of its size.

    Returns:
        A model without `about`; silent outcomes weigh nought.
    """
    every = [*sets, *(_without_places(one) for one in sets)]
    columns = _columns()
    rows = np.concatenate([_one_hot(one.gammas, columns) for one in every])
    labels = np.concatenate([one.labels for one in every])
    share = np.concatenate([np.full(len(one.labels), len(one.labels) ** -0.5) for one in every])
    share *= len(labels) / share.sum()
    found = _leaning_rightly(rows, labels, share, ridge, columns)
    weights = [[0.0] * len(outcomes(one)) for one in COMPARISONS]
    for (comparison, outcome), value in zip(columns, found[:-1], strict=True):
        weights[comparison][outcome] = round(float(value) / log(2), 4)
    crowd = sum(len(one.labels) for one in sets) / sum(one.records for one in sets)
    return Model(weights, round(float(found[-1]) / log(2), 4), round(crowd, 3), THRESHOLD, {})


def _columns() -> list[tuple[int, int]]:
    """Every outcome that speaks, as (comparison, outcome)."""
    return [(i, j) for i, one in enumerate(COMPARISONS) for j, each in enumerate(outcomes(one)) if not each.is_silent]


def _one_hot(gammas: NDArray[np.int64], columns: Sequence[tuple[int, int]]) -> Matrix:
    parts = [gammas[:, i] == level_value(COMPARISONS[i], j) for i, j in columns]
    return np.column_stack([*parts, np.ones(len(gammas))]).astype(np.float64)


def _without_places(one: Outcomes) -> Outcomes:
    """Return the same pairs as a source that tells names only would show them, so that such sources are learnt too."""
    gammas = one.gammas.copy()
    for i, comparison in enumerate(COMPARISONS):
        if comparison.name in _PLACE_LIKE:
            silent = next(j for j, each in enumerate(outcomes(comparison)) if each.is_silent)
            gammas[:, i] = level_value(comparison, silent)
    return Outcomes(one.name, one.records, gammas, one.labels)


def _leaning_rightly(rows: Matrix, labels: Matrix, share: Matrix, ridge: float, columns: Sequence[tuple[int, int]]) -> Matrix:
    """Fit; an outcome whose weight leans the wrong way is left out and the rest is fitted again."""
    leaning = np.array([outcomes(COMPARISONS[i])[j].leaning for i, j in columns] + [0])
    kept = np.ones(rows.shape[1], dtype=bool)
    while True:
        found = np.zeros(rows.shape[1])
        found[kept] = _logistic(rows[:, kept], labels, share, ridge)
        wrong = kept & (found * leaning < 0)
        if not wrong.any():
            return found
        kept &= ~wrong


def _logistic(rows: Matrix, labels: Matrix, share: Matrix, ridge: float) -> Matrix:
    """Fit by Newton's steps; the last column (the prior) is not held towards nought."""
    held = np.full(rows.shape[1], ridge)
    held[-1] = 1e-6
    found = np.zeros(rows.shape[1])
    for _ in range(40):
        chance = 1 / (1 + np.exp(-np.clip(rows @ found, -30, 30)))
        slope = rows.T @ (share * (chance - labels)) + held * found
        bend = (rows * (share * chance * (1 - chance))[:, None]).T @ rows + np.diag(held)
        step = np.linalg.solve(bend, slope)
        found -= step
        if np.abs(step).max() < 1e-6:
            break
    return found


def figures(labelled: Labelled, model: Model) -> Quality:
    """Match a labelled set with a model and measure it against the truth."""
    return pair_quality(clusters_of(labelled, model), labelled.truth)


def sets_of(synthetic: Sequence[Path], data: Path | None) -> list[Labelled]:
    """Read the sets a model may be trained on: generated folders, Co-ops UK (ODC-By), chicago (MIT)."""
    sets = [generated(folder) for folder in synthetic]
    if data is not None:
        sets += [coops_uk(data / "orgs" / "uk_coops_uk"), chicago(data / "orgs" / "ground_truth" / "chicago_sites_half_a.csv")]
    return sets


def main() -> None:
    """Train on the sets named and write the model beside this module, with its figures on each set."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--synthetic", type=Path, action="append", default=[], help="folder that generate.py wrote")
    parser.add_argument("--data", type=Path, help="folder of real sets (the one ESSAIM_TEST_DATA names)")
    parser.add_argument("--out", type=Path, default=Path(__file__).with_name("model.json"))
    options = parser.parse_args()
    sets = sets_of(options.synthetic, options.data)
    compared = [compare(one) for one in sets]
    model = fit(compared)
    about = {"trained_on": [{"set": one.name, "records": one.records, "pairs": len(one.labels)} for one in compared]}
    about["seen"] = [{"set": one.name, **figures(one, model).as_dict()} for one in sets]
    save_model(Model(model.weights, model.prior_weight, model.candidates_per_record, model.threshold, about), options.out)
    print(f"{options.out}: {about}")


if __name__ == "__main__":
    main()
