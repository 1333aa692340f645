"""How long `essaim --help` takes to answer, beside an empty Python: `python -m benchmarks.startup`."""

from __future__ import annotations

import argparse
import sys
from functools import partial
from pathlib import Path

from benchmarks.figures import median_of_pairs, run, tell

ESSAIM = str(Path(sys.executable).parent / "essaim")


def main() -> None:
    """Measure in pairs and print the medians."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--times", type=int, default=15, help="pairs to run")
    times = max(asked.parse_args().times, 10)
    empty = partial(run, [sys.executable, "-c", "pass"])
    for arguments, aim in ((["--help"], "0.5 s"), (["release", "--help"], "")):
        ours = partial(run, [sys.executable, ESSAIM, *arguments])
        ours()  # the first run compiles
        mine, bare = median_of_pairs(ours, empty, times)
        tell(f"essaim {' '.join(arguments)}, median of {times}", mine, "python -c pass", bare, aim)


if __name__ == "__main__":
    main()
