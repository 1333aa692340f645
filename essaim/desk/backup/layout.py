"""What a backup and a restore agree on: the parts of a data folder, their names in the archive, the manifest."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from essaim.errors import EssaimError

FORMAT = 1
MANIFEST = "backup.json"
"""Last member of the archive: an archive that was cut off has none."""
SQLITE_FILE = "essaim.sqlite3"
SQLITE_BESIDE = ("essaim.sqlite3-wal", "essaim.sqlite3-shm", "essaim.sqlite3-journal")
POSTGRESQL_DUMP = "database.dump"
SECRET_KEY = "secret-key"
FOLDERS = ("uploads", "snapshots", "sources", "people", "work/normalised")
RELEASES = "releases"
MADE_AGAIN = "site-index"
STAGING = ".restoring"
"""Folder in the data folder where a restore lays everything before it replaces anything."""
ASIDE = "before-"
IN_HAND = "restore-in-hand.json"
"""Its presence says: everything is laid and verified, and is taking its place; any start finishes that first."""


class BackupError(EssaimError):
    """A backup cannot be made or used, and nothing was changed."""


@dataclass(frozen=True)
class Entry:
    """One file of an archive.

    Attributes:
        path: where it lies in the data folder, with slashes.
        bytes: its size.
        sha256: its checksum, hexadecimal.
    """

    path: str
    bytes: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What an archive says of itself.

    Attributes:
        format: version of this layout.
        code: version of Essaim that wrote it.
        made_at: when, ISO 8601, UTC.
        installation: short name of the installation.
        database: `sqlite` or `postgresql`.
        migrations: app -> its migrations that the database had, in the order they were run.
        rows: table -> number of rows.
        release: number of the served release; empty before the first build.
        has_secret_key: True when the secret key is in it.
        entries: every file, in the order of the archive.
    """

    format: int
    code: str
    made_at: str
    installation: str
    database: str
    migrations: dict[str, list[str]]
    rows: dict[str, int]
    release: str
    has_secret_key: bool
    entries: list[Entry] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """Return it ready for JSON."""
        return asdict(self)

    @property
    def total(self) -> int:
        """Bytes of all files together."""
        return sum(entry.bytes for entry in self.entries)

    @property
    def parts(self) -> list[str]:
        """The first names of all paths: what takes its place in the data folder."""
        return list(dict.fromkeys(entry.path.partition("/")[0] for entry in self.entries))


def manifest_from(told: dict[str, Any], where: str) -> Manifest:
    """Read a manifest.

    Raises:
        BackupError: it is of a later format, or not a manifest.
    """
    if told.get("format") != FORMAT:
        raise BackupError("is of a format that this version does not read", where, str(told.get("format")), str(FORMAT))
    try:
        entries = [Entry(**entry) for entry in told["entries"]]
        return Manifest(**{**told, "entries": entries})
    except (KeyError, TypeError) as error:
        raise BackupError(f"its manifest cannot be read ({error})", where, next_step="Use another backup") from error


def tables_left_out(table: str) -> bool:
    """Tell whether a table is the database's own and not counted."""
    return table.startswith(("sqlite_", "pg_"))


def database_file(home: Path) -> Path:
    """Return the file of the SQLite database."""
    return home / SQLITE_FILE
