"""Commands that the worker runs beside itself: builds and gatherings; they end with it."""

from __future__ import annotations

import subprocess
import sys
from threading import Lock

ESSAIM = [sys.executable, "-m", "essaim.cli.main"]

_running: set[subprocess.Popen[str]] = set()
_lock = Lock()


def run_command(command: list[str]) -> subprocess.CompletedProcess[str]:
    """Run a command to its end; `stop_all` from another thread ends it early, with a negative return code."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True)
    with _lock:
        _running.add(process)
    try:
        answer, told = process.communicate()
    finally:
        with _lock:
            _running.discard(process)
    return subprocess.CompletedProcess(command, process.returncode, answer, told)


def stop_all() -> int:
    """Ask every running command to stop; return how many there were."""
    with _lock:
        running = list(_running)
    for process in running:
        process.terminate()
    return len(running)
