"""Making a backup: the database of one moment, then every file that cannot be made again, then the rename that makes it one."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

from essaim import __version__
from essaim.config import Configuration
from essaim.desk.backup import postgresql, sqlite
from essaim.desk.backup.archive import add, add_manifest
from essaim.desk.backup.contents import Piece, free_bytes, pieces
from essaim.desk.backup.layout import FORMAT, POSTGRESQL_DUMP, SQLITE_FILE, BackupError, Entry, Manifest, database_file
from essaim.release import current

UNFINISHED = ".unfinished"
LAST = "work/last-backup.json"
"""Where the operator's page reads when the last backup was made."""


class Progress(Protocol):
    """Told what a backup or a restore is at."""

    def stage(self, words: str, total: int) -> None:
        """Say that a step begins, and how many bytes it will go through."""

    def done(self, bytes: int) -> None:
        """Say that so many more bytes are done."""


@dataclass(frozen=True)
class Choice:
    """What a person chose.

    Attributes:
        has_secret_key: True takes the secret key, which signs sessions and links.
        has_all_releases: True takes every release, not the served one alone.
        is_replacing: True lets the new backup take the place of a file of that name.
    """

    has_secret_key: bool = False
    has_all_releases: bool = False
    is_replacing: bool = False


def back_up(configuration: Configuration, target: Path, choice: Choice, tell: Progress) -> Manifest:
    """Write a backup; the site may go on working.

    It is written beside its place and renamed when it is whole: a killed or failed backup leaves what was there before.

    Returns:
        The manifest.

    Raises:
        BackupError: there is such a file already, nothing to save, no room, or a file changed while it was read.
    """
    target = target.absolute()
    if target.exists() and not choice.is_replacing:
        raise BackupError("is there already", str(target), next_step="Choose another name, or add --replace")
    target.parent.mkdir(parents=True, exist_ok=True)
    with unfinished(target) as folder:
        copied = copy_database(configuration, folder, tell)
        files = list(pieces(configuration, choice.has_secret_key, choice.has_all_releases, folder))
        check_room(files, folder)
        manifest = write(configuration, folder, choice, copied, files, tell)
        with (folder / "archive").open("rb") as stream:
            os.fsync(stream.fileno())
        os.replace(folder / "archive", target)
        settle(target.parent)
    note(configuration, target, manifest)
    return manifest


@dataclass(frozen=True)
class Copied:
    """The database, copied.

    Attributes:
        piece: the copy and its name in the archive.
        migrations: app -> its migrations.
        rows: table -> number of rows.
    """

    piece: Piece
    migrations: dict[str, list[str]]
    rows: dict[str, int]


def copy_database(configuration: Configuration, folder: Path, tell: Progress) -> Copied:
    """Copy the database into a folder.

    Raises:
        BackupError: there is none, or it cannot be copied.
    """
    if configuration.database_url != "sqlite":
        tell.stage("Copying the database", 0)
        return Copied(
            Piece(POSTGRESQL_DUMP, folder / "database"), *postgresql.dump(configuration.database_url, folder / "database")
        )
    source, copy = database_file(configuration.home), folder / "database"
    if not source.exists():
        raise BackupError("there is no database yet", str(source), next_step="Run essaim start first")
    tell.stage("Copying the database", source.stat().st_size)
    sqlite.copy(source, copy, tell.done)
    if found := sqlite.faults(copy):
        raise BackupError(f"the database is damaged: {found[0]}", str(source), next_step="Restore the last good backup")
    return Copied(Piece(SQLITE_FILE, copy), sqlite.migrations(copy), sqlite.rows(copy))


def check_room(files: list[Piece], folder: Path) -> None:
    """Refuse to begin where the disk cannot hold the archive.

    Raises:
        BackupError: there is too little room.
    """
    needed = sum(piece.file.stat().st_size for piece in files if piece.file.exists())
    if needed > free_bytes(folder):
        raise BackupError(
            "there is too little room on the disk", str(folder.parent), f"{free_bytes(folder)} bytes", f"{needed} bytes"
        )


def write(
    configuration: Configuration, folder: Path, choice: Choice, copied: Copied, files: list[Piece], tell: Progress
) -> Manifest:
    """Write the archive into the folder of what is not finished."""
    served = current(configuration.releases)
    tell.stage("Writing the archive", sum(one.file.stat().st_size for one in [copied.piece, *files] if one.file.exists()))
    descriptor = os.open(folder / "archive", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as stream, tarfile.open(fileobj=stream, mode="w:", format=tarfile.PAX_FORMAT) as tar:
        entries = list(written(tar, [copied.piece, *files], tell))
        manifest = Manifest(
            format=FORMAT,
            code=__version__,
            made_at=datetime.now(UTC).isoformat(timespec="seconds"),
            installation=configuration.installation,
            database="sqlite" if copied.piece.path == SQLITE_FILE else "postgresql",
            migrations=copied.migrations,
            rows=copied.rows,
            release=served.number if served else "",
            has_secret_key=choice.has_secret_key,
            entries=entries,
        )
        add_manifest(tar, manifest)
    return manifest


def written(tar: tarfile.TarFile, files: list[Piece], tell: Progress) -> Iterator[Entry]:
    """Add every file and yield what the manifest says of it.

    Raises:
        BackupError: a file that must be there is gone.
    """
    for piece in files:
        try:
            yield add(tar, piece.path, piece.file, tell.done)
        except FileNotFoundError as error:
            if not piece.may_go:
                raise BackupError(
                    "went away while the backup ran", str(piece.file), next_step="Run essaim backup again"
                ) from error


@contextmanager
def unfinished(target: Path) -> Iterator[Path]:
    """Give a folder beside the target to write in, and remove it afterwards, with those that killed backups left.

    Raises:
        BackupError: another process is writing the same backup.
    """
    for left in target.parent.glob(f".*{UNFINISHED}"):
        if left.name != f".{target.name}{UNFINISHED}":
            with _held(left) as is_mine:
                if is_mine:
                    shutil.rmtree(left, ignore_errors=True)
    folder = target.parent / f".{target.name}{UNFINISHED}"
    folder.mkdir(mode=0o700, exist_ok=True)
    with _held(folder) as is_mine:
        if not is_mine:
            raise BackupError("another process is writing it", str(target), next_step="Wait until it ends")
        for file in folder.iterdir():
            file.unlink()
        yield folder
        shutil.rmtree(folder)


@contextmanager
def _held(folder: Path) -> Iterator[bool]:
    """Hold the lock of a folder, if nobody else does; it falls with the process."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield True
    except BlockingIOError:
        yield False
    finally:
        os.close(descriptor)


def settle(folder: Path) -> None:
    """Bring a folder's names safely to the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def note(configuration: Configuration, target: Path, manifest: Manifest) -> None:
    """Leave word of the backup for the operator's page."""
    file = configuration.home / LAST
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f".{file.name}")
    draft.write_text(json.dumps(last_words(target, manifest)), "utf-8")
    draft.replace(file)


def last_words(target: Path, manifest: Manifest) -> dict[str, Any]:
    """Return what is said of a backup that was made."""
    return {
        "file": str(target),
        "bytes": target.stat().st_size,
        "files": len(manifest.entries),
        "made_at": manifest.made_at,
        "release": manifest.release,
        "database": manifest.database,
        "has_secret_key": manifest.has_secret_key,
    }
