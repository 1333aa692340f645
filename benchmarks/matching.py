"""Match generated records with ours, with exact name and country, and with Splink as it comes, in one run.

    python benchmarks/matching.py FOLDER [FOLDER...]      folders that generate.py wrote; use seeds other than 2
    python benchmarks/matching.py --generator generate.py --records 10000 --seed 1

Ours is the stored model; Splink's plain model is trained in the run, without labels, as its documentation shows. Every
matcher starts from the same records; the time of reading them is in none.
"""

from __future__ import annotations

import argparse
import logging
import resource
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import polars as pl
import splink.comparison_library as cl
from splink import Linker, SettingsCreator, block_on
from splink.backends.duckdb import DuckDBAPI

from essaim.pipeline.match.evaluate import Quality, clusters_of, pair_quality
from essaim.pipeline.match.labelled import Labelled, chicago, coops_uk, generated
from essaim.pipeline.match.scoring import load_model
from essaim.values.folding import fold
from essaim.values.name_parts import core

Clusters = list[list[str]]


@dataclass(frozen=True)
class Run:
    """One matcher on one set: its quality, wall and CPU seconds."""

    name: str
    quality: Quality
    wall: float
    cpu: float


def exact(labelled: Labelled) -> Clusters:
    """Merge records of one folded name in one country."""
    groups: dict[tuple[str, str], list[str]] = defaultdict(list)
    for key, names, country in labelled.entities.select("record_key", "names", "country").iter_rows():
        groups[fold(names[0]), country].append(key)
    return list(groups.values())


def ours(labelled: Labelled) -> Clusters:
    """Match as a build does, with the stored model."""
    return clusters_of(labelled, load_model())


def splink_plain(labelled: Labelled) -> Clusters:
    """Match with Splink's ready-made comparisons and its unsupervised training, threshold 0.95.

    It is given names without their legal forms, as ours reads them, so that the two differ in matching only.
    """
    logging.getLogger("splink").setLevel(logging.ERROR)
    columns = [
        pl.col("record_key").alias("unique_id"),
        pl.col("names").list.first().map_elements(core, pl.String).alias("name"),
        pl.col("identifiers").list.first().alias("identifier"),
        *(pl.col(name).replace("", None) for name in ("country", "town", "postcode", "address", "phone", "domain")),
    ]
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            cl.JaroWinklerAtThresholds("name", [0.95, 0.88]).configure(term_frequency_adjustments=True),
            cl.ExactMatch("town").configure(term_frequency_adjustments=True),
            cl.LevenshteinAtThresholds("postcode", 1),
            cl.JaroWinklerAtThresholds("address", [0.95, 0.88]),
            cl.ExactMatch("phone"),
            cl.ExactMatch("domain"),
            cl.ExactMatch("identifier"),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("name", "country"),
            block_on("substr(name, 1, 6)", "town"),
            block_on("postcode", "substr(name, 1, 3)"),
            block_on("phone"),
            block_on("domain"),
            block_on("identifier"),
        ],
    )
    api = DuckDBAPI()
    api.duckdb_con.register("records", labelled.entities.select(columns).to_arrow())
    linker = Linker(api.register("records"), settings, log_level=logging.ERROR)
    linker.training.estimate_probability_two_random_records_match([block_on("name", "postcode"), block_on("phone")], recall=0.5)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    for rule in (block_on("name"), block_on("postcode")):
        linker.training.estimate_parameters_using_expectation_maximisation(rule)
    scored = linker.inference.predict(threshold_match_probability=0.5)
    clustered = linker.clustering.cluster_pairwise_predictions_at_threshold(scored, threshold_match_probability=0.95)
    groups: dict[str, list[str]] = defaultdict(list)
    rows = api.duckdb_con.execute(f"SELECT cluster_id, unique_id FROM {clustered.physical_name}").fetchall()
    for cluster, key in rows:
        groups[cluster].append(key)
    return list(groups.values())


MATCHERS: dict[str, Callable[[Labelled], Clusters]] = {"exact": exact, "splink plain": splink_plain, "ours": ours}


def run(name: str, labelled: Labelled) -> Run:
    """Time one matcher on one set; its children's CPU time counts."""
    wall, cpu = time.perf_counter(), cpu_seconds()
    clusters = MATCHERS[name](labelled)
    wall, cpu = time.perf_counter() - wall, cpu_seconds() - cpu
    return Run(name, pair_quality(clusters, labelled.truth), wall, cpu)


def cpu_seconds() -> float:
    """Return the CPU seconds this process has used, user and system, all threads."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def print_runs(labelled: Labelled, runs: Iterable[Run]) -> None:
    """Print one line a matcher, then how ours stands to Splink's plain model."""
    print(f"{labelled.name}: {len(labelled.entities)} records, {len(set(labelled.truth.values()))} things")
    print(f"{'matcher':14} {'P':>6} {'R':>6} {'F1':>6} {'B3':>6} {'worst':>6} {'wall s':>7} {'CPU s':>7}")
    by_name = {one.name: one for one in runs}
    for one in by_name.values():
        q = one.quality
        print(
            f"{one.name:14} {q.precision:6.3f} {q.recall:6.3f} {q.f1:6.3f} {q.b_cubed_f1:6.3f} {q.largest_wrong:6} "
            f"{one.wall:7.1f} {one.cpu:7.1f}"
        )
    mine, plain = by_name["ours"], by_name["splink plain"]
    error = (1 - mine.quality.f1) / (1 - plain.quality.f1) if plain.quality.f1 < 1 else float("nan")
    print(f"ours to splink plain: error {error:.2f}, wall {mine.wall / plain.wall:.2f}, CPU {mine.cpu / plain.cpu:.2f}")


def sets(options: argparse.Namespace) -> Iterable[Labelled]:
    """Yield the sets the command line names."""
    for folder in options.folders:
        yield generated(folder)
    if options.generator:
        with tempfile.TemporaryDirectory() as folder:
            size = ["--records", str(options.records), "--seed", str(options.seed), "--out", folder]
            subprocess.run([sys.executable, str(options.generator), *size], check=True)
            yield generated(Path(folder))
    if options.data:
        yield chicago(options.data / "orgs" / "ground_truth" / "chicago_sites_half_a.csv")
        yield coops_uk(options.data / "orgs" / "uk_coops_uk")


def main() -> None:
    """Run every matcher on every set named and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", nargs="*", type=Path, help="folders that generate.py wrote")
    parser.add_argument("--generator", type=Path, help="generate.py itself")
    parser.add_argument("--records", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--data", type=Path, help="real sets; the stored model has seen them, so these figures flatter it")
    options = parser.parse_args()
    for labelled in sets(options):
        print_runs(labelled, [run(name, labelled) for name in MATCHERS])


if __name__ == "__main__":
    main()
