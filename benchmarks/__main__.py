"""Run every measurement, one after the other, each in a process of its own: `make bench`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from benchmarks.figures import machine

IN_ORDER = ("startup", "build", "matching", "search", "tiles")
NOT_MEASUREMENTS = {"__init__", "__main__", "figures"}


def main() -> int:
    """Run all measurements there are, the named ones first; return 1 when one fails."""
    print(machine(), flush=True)
    there = {file.stem for file in Path(__file__).parent.glob("*.py")} - NOT_MEASUREMENTS
    failed = []
    for name in [*(name for name in IN_ORDER if name in there), *sorted(there - set(IN_ORDER))]:
        print(f"\n{name}: python -m benchmarks.{name}", flush=True)
        if subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], check=False).returncode:
            failed.append(name)
    if failed:
        print(f"\nfailed: {', '.join(failed)}")
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
