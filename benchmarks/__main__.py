"""Run every measurement, one after the other, each in a process of its own: `make bench`."""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

from benchmarks.figures import machine

IN_ORDER = ("startup", "build", "matching", "search", "tiles")
NOT_MEASUREMENTS = {"__init__", "__main__", "figures", "generate"}
HERE = Path(__file__).parent


def main() -> int:
    """Run all measurements there are, the named ones first; return 1 when one fails."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--generator", type=Path, default=HERE / "generate.py", help="generate.py, for the matching")
    generator = asked.parse_args().generator
    print(machine(), flush=True)
    there = {file.stem for file in HERE.glob("*.py")} - NOT_MEASUREMENTS
    failed = []
    for name in [*(name for name in IN_ORDER if name in there), *sorted(there - set(IN_ORDER))]:
        needed = ["--generator", str(generator)] if name == "matching" else []
        print(f"\n{name}: python {' '.join(['-m', f'benchmarks.{name}', *needed])}", flush=True)
        if needed and not generator.exists():
            print("not run: it needs the generator of invented records; name it with --generator")
        elif subprocess.run([sys.executable, "-m", f"benchmarks.{name}", *needed], check=False).returncode:
            failed.append(name)
    if failed:
        print(f"\nfailed: {', '.join(failed)}")
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
