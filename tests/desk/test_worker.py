"""The worker as `essaim worker` runs it: it gathers what is due, builds what is wished for, and stops when told to."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

MINI = Path(__file__).parent.parent / "mini" / "sources"


def essaim(home: Path, *arguments: str) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-m", "essaim.cli.main", *arguments],
        env=os.environ | {"ESSAIM_HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def ask(home: Path, question: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(home / "essaim.sqlite3", timeout=20) as database:
        return database.execute(question).fetchall()


def wait_for(what: Callable[[], object], seconds: int = 120) -> None:
    for _ in range(seconds * 5):
        if what():
            return
        time.sleep(0.2)
    pytest.fail("it did not come")


def test_the_worker_gathers_what_is_due_builds_what_is_wished_for_and_stops_when_told(tmp_path: Path) -> None:
    home = tmp_path
    essaim(home, "manage", "migrate", "-v0")
    folder = home / "sources" / "invented_register"
    folder.mkdir(parents=True)
    source = (MINI / "register" / "source.yml").read_text("utf-8")
    (folder / "source.yml").write_text(in_daily(source, folder), "utf-8")
    (folder / "register.csv").write_bytes((MINI / "register" / "register.csv").read_bytes())
    with sqlite3.connect(home / "essaim.sqlite3") as database:
        for name in ("gather", "build"):
            database.execute("INSERT INTO desk_scheduledrun (name, next_at, words) VALUES (?, '2026-01-01 00:00:00', '')", [name])
    worker = subprocess.Popen(
        [sys.executable, "-m", "essaim.cli.main", "worker"],
        env=os.environ | {"ESSAIM_HOME": str(home)},
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(lambda: ask(home, "SELECT 1 FROM desk_buildwish WHERE why = 'gathered'"))
        assert ask(home, "SELECT words FROM desk_scheduledrun WHERE name = 'gather'") == [("asked 1, changed 1, failed 0",)]
        with sqlite3.connect(home / "essaim.sqlite3", timeout=20) as database:
            database.execute("UPDATE desk_scheduledrun SET next_at = '2026-01-01 00:00:00' WHERE name = 'build'")
        wait_for(lambda: ask(home, "SELECT 1 FROM desk_buildrun WHERE is_good"))
        assert ask(home, "SELECT count(*) FROM desk_workerbeat") == [(1,)]
    finally:
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(timeout=30) == 0
    ((number,),) = ask(home, "SELECT number FROM desk_buildrun")
    assert (home / "releases" / "current").resolve().name == number
    assert (home / "snapshots" / "invented_register" / "latest.json").exists()
    assert ask(home, "SELECT count(*) FROM desk_workerbeat") == [(0,)]


def in_daily(source: str, folder: Path) -> str:
    """Make of the small world's register a source of one's own that is asked daily."""
    lines = [line for line in source.splitlines() if not line.startswith(("cadence:", "id:"))]
    return "\n".join(["id: invented_register", "cadence: daily", *lines]) + "\n"
