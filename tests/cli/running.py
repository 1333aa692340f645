"""The command line as a person runs it: a process of its own, on a data folder of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

Done = subprocess.CompletedProcess[str]
ESSAIM = [sys.executable, "-m", "essaim.cli.main"]
ROOT = Path(__file__).parents[2]


def environment(home: Path, **more: str) -> dict[str, str]:
    """Return this environment with nothing of Essaim's but the data folder; `more` is set on top."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ESSAIM_", "DJANGO_"))}
    return kept | {"ESSAIM_HOME": str(home)} | more


def run_in(home: Path, *arguments: str, **more: str) -> Done:
    """Run one command to its end, its output piped."""
    command = [*ESSAIM, *arguments]
    return subprocess.run(
        command, env=environment(home, **more), cwd=ROOT, capture_output=True, text=True, timeout=240, check=False
    )
