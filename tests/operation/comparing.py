"""What a data folder holds, and what its site answers, in a form that can be compared."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.cli.running import ESSAIM, environment
from tests.postgresql import free_port

KEPT = ("releases", "uploads", "sources", "people", "snapshots")


def files(home: Path) -> dict[str, str]:
    """Return path -> checksum of every file that must never be lost."""
    found = [path for name in KEPT for path in (home / name).rglob("*") if path.is_file() and not path.is_symlink()]
    return {path.relative_to(home).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in found}


def database(file: Path) -> list[str]:
    """Return a SQLite database as the statements that make it."""
    with closing(sqlite3.connect(file)) as connection:
        return list(connection.iterdump())


@contextmanager
def serving(home: Path, **settings: str) -> Iterator[str]:
    """Run `essaim serve` on a data folder and give its address."""
    port = free_port()
    told = {"ESSAIM_BASE_URL": "http://essaim.example.org", "ESSAIM_ALLOWED_HOSTS": "127.0.0.1"} | settings
    running = subprocess.Popen(
        [*ESSAIM, "serve", "--port", str(port)],
        env=environment(home, **told),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(600):
            if running.poll() is not None:
                pytest.fail(f"the server ended: {running.communicate()[0]}")
            try:
                urllib.request.urlopen(f"{address}/health", timeout=5).close()
                break
            except urllib.error.HTTPError:
                break
            except OSError:
                time.sleep(0.1)
        yield address
    finally:
        running.terminate()
        running.communicate(timeout=60)


def answers(address: str, paths: Sequence[str]) -> dict[str, tuple[int, bytes]]:
    """Return path -> status and body."""
    found = {}
    for path in paths:
        try:
            with urllib.request.urlopen(address + path, timeout=60) as answer:
                found[path] = (answer.status, answer.read())
        except urllib.error.HTTPError as error:
            found[path] = (error.code, error.read())
    return found


def on(home: Path) -> dict[str, str]:
    """Return this environment, on a data folder."""
    return environment(home) | {"PATH": os.environ["PATH"]}
