"""Our tile archive beside the pmtiles package's Reader, and the building of it: `python benchmarks/tiles.py --rows 1000000`."""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from pmtiles import reader as package

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from essaim.formats.pmtiles_archive import ArchiveReader, build_archive
from essaim.formats.tiles import MAX_ZOOM, Points, tile, tiles

pmtiles: Any = package
_KINDS = ("cooperative", "association", "mutual", "foundation")


def scattered(rows: int, seed: int = 1) -> Points:
    """Return points around 20,000 invented towns, a third of them at the very middle of their town."""
    random = np.random.default_rng(seed)
    towns = random.uniform([-180, -60], [180, 75], (20_000, 2))
    spread = random.normal(0, 0.1, (rows, 2)) * (random.random((rows, 1)) > 1 / 3)
    places = towns[random.integers(0, len(towns), rows)] + spread
    kinds = [_KINDS[code] for code in random.integers(0, len(_KINDS), rows)]
    ids = [f"o{number:011}" for number in range(rows)]
    return Points.of(ids, places[:, 0], places[:, 1], categories={"entity_type": kinds})


def measure(ask: Callable[[int, int, int], object], places: Sequence[tuple[int, int, int]]) -> float:
    """Return the median time of one tile, ms."""
    times = []
    for place in places:
        start = time.perf_counter()
        ask(*place)
        times.append(1000 * (time.perf_counter() - start))
    return statistics.median(times)


def main() -> None:
    """Build an archive, read it both ways in turns, and compute filtered tiles."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    start = time.process_time()
    points = scattered(options.rows)
    print(f"{options.rows} points, put in order: {time.process_time() - start:.1f} CPU s")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "tiles.pmtiles"
        start = time.process_time()
        count = build_archive(points, path)
        spent = time.process_time() - start
        print(f"archive z0 to z{MAX_ZOOM}: {spent:.1f} CPU s, {count} tiles, {path.stat().st_size / 1e6:.1f} MB")
        compare(path, points, options.rounds)
    filtered(points)


def compare(path: Path, points: Points, rounds: int) -> None:
    """Read the same tiles with both readers in turns; print medians and their ratio."""
    random = np.random.default_rng(2)
    known = [(z, x, y) for z in (2, 5, 8, MAX_ZOOM) for x, y, _ in tiles(points, z, np.arange(0, len(points), 50))]
    places = [known[place] for place in random.integers(0, len(known), 100)]
    with path.open("rb") as file, ArchiveReader(path) as ours:
        theirs = pmtiles.Reader(pmtiles.MmapSource(file))
        assert all(ours.tile(*place) == theirs.get(*place) for place in places)
        pairs = [(measure(ours.tile, places), measure(theirs.get, places)) for _ in range(rounds)]
    mine, other = (statistics.median(pair[side] for pair in pairs) for side in (0, 1))
    ratio = statistics.median(pair[1] / pair[0] for pair in pairs)
    print(f"warm tile: p50 essaim {mine:.4f} ms, pmtiles Reader {other:.3f} ms, ratio {ratio:.0f}")


def filtered(points: Points) -> None:
    """Print how long one tile takes that is computed on request, of a tenth of the points."""
    chosen = np.random.default_rng(3).random(len(points)) < 0.1
    for z in (0, 3, 6, 9):
        places = [(z, x, y) for x, y, _ in tiles(points, z, np.arange(0, len(points), 1 + len(points) // 50))]
        spent = measure(lambda z, x, y: tile(points, z, x, y, chosen), places)
        print(f"filtered tile computed at z{z}: p50 {spent:.2f} ms")


if __name__ == "__main__":
    main()
