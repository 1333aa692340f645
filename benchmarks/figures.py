"""How a figure is printed: what was measured, what stands beside it, and their ratio; with the machine and the day."""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path


def machine() -> str:
    """Return one line on the machine, its load, the day and the versions that matter."""
    model = platform.processor() or platform.machine()
    cpu = Path("/proc/cpuinfo")
    if cpu.exists():
        names = [line.partition(": ")[2] for line in cpu.read_text().splitlines() if line.startswith("model name")]
        model = names[0] if names else model
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    versions = ", ".join(f"{name} {version(name)}" for name in ("duckdb", "polars", "django"))
    day = datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")
    return f"{day}; {model}, {os.cpu_count()} cores{load}; Python {platform.python_version()}, {versions}"


def tell(what: str, seconds: float, peer: str, peer_seconds: float, aim: str = "") -> None:
    """Print one figure beside its peer."""
    ratio = seconds / peer_seconds if peer_seconds else float("inf")
    print(f"{what}: {seconds:.3f} s; {peer}: {peer_seconds:.3f} s; ratio {ratio:.1f}" + (f" (aim {aim})" if aim else ""))


def timed(act: Callable[[], object]) -> float:
    """Return how many seconds an act takes."""
    begin = time.perf_counter()
    act()
    return time.perf_counter() - begin


def run(command: Sequence[str], **environment: str) -> str:
    """Run a command and return its output.

    Raises:
        SystemExit: it failed; its last words are told.
    """
    done = subprocess.run(command, env=os.environ | environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} failed: {done.stderr[-2000:]}")
    return done.stdout


def median_of_pairs(one: Callable[[], object], other: Callable[[], object], times: int) -> tuple[float, float]:
    """Run two acts in turn, so that what disturbs the machine disturbs both; return the median seconds of each."""
    pairs = [(timed(one), timed(other)) for _ in range(times)]
    return statistics.median(pair[0] for pair in pairs), statistics.median(pair[1] for pair in pairs)
