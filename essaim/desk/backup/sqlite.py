"""The database in one file: a copy of one moment while others write, and what it holds."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from essaim.desk.backup.layout import BackupError

PAGES_AT_ONCE = 2000


def copy(source: Path, target: Path, tell: Callable[[int], None]) -> None:
    """Copy the database as it is at this moment; writers go on, what they write later is not in the copy.

    Args:
        source: the database's file.
        target: a file that is not there yet.
        tell: told the bytes copied as they go.

    Raises:
        BackupError: the copy is not whole.
    """
    page_size = 0

    def progress(status: int, remaining: int, total: int) -> None:
        tell(min(PAGES_AT_ONCE, total) * page_size)

    try:
        with (
            closing(sqlite3.connect(source, isolation_level=None, timeout=20)) as read,
            closing(sqlite3.connect(target)) as written,
        ):
            page_size = read.execute("PRAGMA page_size").fetchone()[0]
            read.execute("BEGIN")  # holds one moment of it, so that writers do not make the copy begin again
            read.execute("SELECT count(*) FROM sqlite_master").fetchone()
            read.backup(written, pages=PAGES_AT_ONCE, progress=progress)
            written.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.Error as error:
        raise BackupError(f"the database cannot be copied ({error})", str(source), next_step="Run essaim doctor") from error


def faults(file: Path) -> list[str]:
    """Return what SQLite itself finds wrong with a database; nothing when it is whole."""
    try:
        with closing(sqlite3.connect(file)) as connection:
            told = [row[0] for row in connection.execute("PRAGMA integrity_check(20)")]
    except sqlite3.Error as error:
        return [str(error)]
    return [] if told == ["ok"] else told


def migrations(file: Path) -> dict[str, list[str]]:
    """Return app -> the migrations that were run, in their order."""
    found: dict[str, list[str]] = {}
    with closing(sqlite3.connect(file)) as connection:
        for app, name in connection.execute("SELECT app, name FROM django_migrations ORDER BY id"):
            found.setdefault(app, []).append(name)
    return found


def rows(file: Path) -> dict[str, int]:
    """Return table -> its number of rows."""
    with closing(sqlite3.connect(file)) as connection:
        named = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name"
        tables = [row[0] for row in connection.execute(named)]
        return {table: connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0] for table in tables}
