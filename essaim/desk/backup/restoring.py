"""Restoring a backup: everything is read, laid, migrated and verified beside what is there, and only then takes its place."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tarfile import TarFile

from essaim import __version__
from essaim.config import Configuration
from essaim.desk.backup import archive, postgresql, sqlite
from essaim.desk.backup.contents import free_bytes
from essaim.desk.backup.in_use import alone
from essaim.desk.backup.layout import (
    ASIDE,
    FOLDERS,
    POSTGRESQL_DUMP,
    RELEASES,
    SECRET_KEY,
    SQLITE_BESIDE,
    SQLITE_FILE,
    STAGING,
    BackupError,
    Manifest,
)
from essaim.desk.backup.making import Progress
from essaim.desk.backup.taking_place import Exchange, finish, is_in_hand
from essaim.release import layout, open_release, verify


@dataclass(frozen=True)
class Restored:
    """What came of a restore.

    Attributes:
        manifest: of the backup.
        aside: folder that holds what was there before; None when nothing was.
    """

    manifest: Manifest
    aside: Path | None


def look(configuration: Configuration, file: Path, tell: Progress) -> Manifest:
    """Read a backup through and compare every file with its checksum; nothing is written.

    Raises:
        BackupError: it is not whole, or not for this installation.
    """
    with archive.opened(file) as (tar, manifest):
        fits(manifest, configuration, str(file))
        read(tar, manifest, None, str(file), tell)
    return manifest


def restore(configuration: Configuration, file: Path, is_replacing: bool, tell: Progress) -> Restored:
    """Put a backup in the place of what is in the data folder and the database.

    Nothing that is there is touched until the backup stands whole beside it, brought up to this version and verified. What was
    there goes aside and is kept. A restore that is killed changes nothing, or is finished by the next start.

    Args:
        configuration: where it goes.
        file: the backup.
        is_replacing: True moves aside what is there; otherwise a data folder in use is refused.
        tell: told what it is at.

    Raises:
        BackupError: the backup does not fit or is not whole, there is no room, or Essaim is running.
    """
    with alone(configuration.home), archive.opened(file) as (tar, manifest):
        if is_in_hand(configuration.home):
            tell.stage("Finishing the restore that was broken off", 0)
            finish(configuration)
        fits(manifest, configuration, str(file))
        there = what_is_there(configuration)
        if there and not is_replacing:
            next_step = "Add --replace to move it aside, or name an empty folder by ESSAIM_HOME"
            raise BackupError(f"there is something already: {', '.join(there)}", str(configuration.home), next_step=next_step)
        with staging(configuration, manifest) as folder:
            read(tar, manifest, folder, str(file), tell)
            lay_database(configuration, manifest, folder)
            point_to_release(folder, manifest)
            prepare(configuration, folder, tell)
            aside = f"{ASIDE}{datetime.now(UTC):%Y-%m-%dT%H%M%S}"
            is_postgresql = manifest.database == "postgresql"
            Exchange.plan(configuration.home, folder, aside, manifest.has_secret_key, is_postgresql).begin()
            tell.stage("Taking its place", 0)
            finish(configuration)
    kept = configuration.home / aside
    return Restored(manifest, kept if kept.exists() else None)


def fits(manifest: Manifest, configuration: Configuration, where: str) -> None:
    """Refuse a backup of the other kind of database, or of a later Essaim.

    Raises:
        BackupError: it does not fit.
    """
    kind = "sqlite" if configuration.database_url == "sqlite" else "postgresql"
    if manifest.database != kind:
        next_step = "Set ESSAIM_DATABASE_URL to a database of the backup's kind"
        raise BackupError("holds a database of another kind", where, manifest.database, kind, next_step)
    later = [f"{app} {name}" for app, names in manifest.migrations.items() for name in names if not is_known(app, name)]
    if later:
        expected = f"what Essaim {__version__} knows"
        raise BackupError("was made by a later Essaim", where, later[0], expected, f"Install Essaim {manifest.code} or later")


def is_known(app: str, migration: str) -> bool:
    """Tell whether this version has a migration; of apps that are not of the house, any is taken."""
    folder = Path(__file__).parents[2] / app / "migrations"
    return not folder.is_dir() or (folder / f"{migration}.py").is_file()


def what_is_there(configuration: Configuration) -> list[str]:
    """Return the names of what a restore would move aside; a fresh secret key and settings are nothing."""
    names = [SQLITE_FILE, RELEASES, *FOLDERS]
    found = [name for name in names if name != "work/normalised" and _holds_something(configuration.home / name)]
    if configuration.database_url != "sqlite":
        with postgresql.connected(configuration.database_url) as connection:
            if postgresql.rows(connection):
                found.append("the database's tables")
    return found


def _holds_something(place: Path) -> bool:
    return place.is_file() or (place.is_dir() and any(place.iterdir()))


@contextmanager
def staging(configuration: Configuration, manifest: Manifest) -> Iterator[Path]:
    """Give an empty folder inside the data folder, on the same file system; remove it when the restore fails.

    Raises:
        BackupError: there is no room.
    """
    folder = configuration.home / STAGING
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)
    free = free_bytes(configuration.home)
    if manifest.total > free:
        raise BackupError("there is too little room", str(configuration.home), f"{free} bytes", f"{manifest.total} bytes")
    try:
        yield folder
    except BaseException:
        if not is_in_hand(configuration.home):
            shutil.rmtree(folder, ignore_errors=True)
            if manifest.database == "postgresql":
                postgresql.forget_laid(configuration.database_url)
        raise


def read(tar: TarFile, manifest: Manifest, folder: Path | None, where: str, tell: Progress) -> None:
    """Read an archive through, into a folder if one is given.

    Raises:
        BackupError: a file is missing, surplus or damaged.
    """
    tell.stage("Reading the backup" if folder is None else "Laying the files", manifest.total)
    if faults := archive.read_through(tar, manifest, folder, tell.done):
        more = f" and {len(faults) - 3} more" if len(faults) > 3 else ""
        raise BackupError(f"is damaged: {'; '.join(faults[:3])}{more}", where, next_step="Use another backup")


def lay_database(configuration: Configuration, manifest: Manifest, folder: Path) -> None:
    """Make the laid database one that can be opened, and compare its rows with the manifest's.

    Raises:
        BackupError: it is damaged.
    """
    if manifest.database == "sqlite":
        if faults := sqlite.faults(folder / SQLITE_FILE):
            raise BackupError(f"its database is damaged: {faults[0]}", next_step="Use another backup")
        rows = sqlite.rows(folder / SQLITE_FILE)
    else:
        rows = postgresql.lay(configuration.database_url, folder / POSTGRESQL_DUMP)
        (folder / POSTGRESQL_DUMP).unlink()
    differing = sorted(table for table, count in manifest.rows.items() if rows.get(table) != count)
    if differing:
        raise BackupError(
            f"its database has other rows than its manifest says: {', '.join(differing)}", next_step="Use another backup"
        )


def point_to_release(folder: Path, manifest: Manifest) -> None:
    """Serve the release that was served, after a look at its own checksums.

    Raises:
        BackupError: the release is damaged.
    """
    if not manifest.release:
        return
    releases = folder / RELEASES
    if faults := verify(open_release(releases, manifest.release)):
        raise BackupError(f"its release is damaged: {faults[0]}", f"release {manifest.release}", next_step="Use another backup")
    os.symlink(manifest.release, releases / layout.CURRENT)


def prepare(configuration: Configuration, folder: Path, tell: Progress) -> None:
    """Bring the laid database up to this version, verify the journal and build the site's index, in a process of its own.

    Raises:
        BackupError: a migration fails or the journal is broken; the message says which.
    """
    tell.stage("Bringing the database up to date and verifying it", 0)
    had_secret_key = (folder / SECRET_KEY).exists()
    here = {name: value for name, value in os.environ.items() if name not in ("ESSAIM_CONFIG", "DJANGO_SETTINGS_MODULE")}
    here |= {"ESSAIM_HOME": str(folder), "ESSAIM_DATABASE_URL": configuration.database_url, "ESSAIM_OFFLINE": "true"}
    here |= {"PGOPTIONS": f"-c search_path={postgresql.STAGED}"}
    command = [sys.executable, "-m", "essaim.cli.main", "manage", "prepare_restored"]
    done = subprocess.run(command, env=here, capture_output=True, text=True, check=False)
    if not had_secret_key:
        (folder / SECRET_KEY).unlink(missing_ok=True)
    for name in SQLITE_BESIDE:
        (folder / name).unlink(missing_ok=True)
    if done.returncode != 0:
        lines = (done.stderr or done.stdout).strip().splitlines()
        raise BackupError(
            f"cannot be brought to this version: {lines[-1] if lines else 'no word'}", next_step="Use another backup"
        )
