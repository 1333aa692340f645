"""What goes into a backup: the files of a data folder that cannot be made again, beside the database."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from essaim.config import Configuration
from essaim.desk.backup.layout import FOLDERS, RELEASES, SECRET_KEY, SQLITE_FILE, Manifest, database_file
from essaim.release import Release, all_releases, current, layout

MAY_GO = ("work", "people")
"""What a build may write anew while a backup runs; the next state is as good."""


@dataclass(frozen=True)
class Piece:
    """One file to copy.

    Attributes:
        path: where it lies in the data folder, with slashes.
        file: where it is read.
        may_go: True when it may vanish while the backup runs without harm.
    """

    path: str
    file: Path
    may_go: bool = False


def pieces(configuration: Configuration, has_secret_key: bool, has_all_releases: bool, scratch: Path) -> Iterator[Piece]:
    """Yield every file, in an order that serves a site in use: the served release first.

    Args:
        configuration: where everything lies.
        has_secret_key: True takes the secret key too.
        has_all_releases: True takes every release; otherwise of those not served what `essaim release prune` keeps.
        scratch: folder for the manifests made for that.
    """
    served = current(configuration.releases)
    for release in all_releases(configuration.releases):
        if has_all_releases or (served and release.number == served.number):
            yield from _whole(configuration.home, release)
        else:
            yield from _remains(release, scratch)
    for folder in (configuration.releases / layout.KEPT, *(configuration.home / name for name in FOLDERS)):
        yield from _below(configuration.home, folder)
    if has_secret_key:
        yield Piece(SECRET_KEY, configuration.home / SECRET_KEY)


def _whole(home: Path, release: Release) -> Iterator[Piece]:
    names = [layout.MANIFEST, *(file["path"] for file in release.manifest["files"])]
    yield from (Piece((release.folder / name).relative_to(home).as_posix(), release.folder / name) for name in names)


def _below(home: Path, folder: Path) -> Iterator[Piece]:
    """Yield the files of a folder; what another process is still writing has a name that begins with a dot."""
    for file in sorted(folder.rglob("*")) if folder.is_dir() else []:
        relative = file.relative_to(home)
        is_half_written = any(part.startswith(".") for part in relative.parts)
        if file.is_file() and not file.is_symlink() and not is_half_written:
            yield Piece(relative.as_posix(), file, may_go=relative.parts[0] in MAY_GO)


def _remains(release: Release, scratch: Path) -> Iterator[Piece]:
    """Yield what is kept for ever of a release that is not served: manifest, diff and redirects."""
    place = f"{RELEASES}/{layout.KEPT}/{release.number}"
    if not release.is_sealed:
        return
    note = scratch / f"{release.number}.json"
    kept = {key: value for key, value in release.manifest.items() if key != "files"}
    note.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", "utf-8")
    yield Piece(f"{place}/{layout.MANIFEST}", note)
    for name in (layout.DIFF, f"{layout.TABLES}/redirect.parquet"):
        if (release.folder / name).is_file():
            yield Piece(f"{place}/{Path(name).name}", release.folder / name)


def free_bytes(folder: Path) -> int:
    """Return how many bytes may still be written into a folder."""
    return shutil.disk_usage(folder).free


Sizes = dict[str, tuple[int, int]]
"""Part -> number of files, bytes."""


def sizes(configuration: Configuration, has_secret_key: bool, has_all_releases: bool) -> Sizes:
    """Return what a backup would hold, part by part; a database in PostgreSQL is not measured."""
    with tempfile.TemporaryDirectory() as scratch:
        found = list(pieces(configuration, has_secret_key, has_all_releases, Path(scratch)))
        file = database_file(configuration.home)
        if configuration.database_url == "sqlite" and file.exists():
            found.insert(0, Piece(SQLITE_FILE, file))
        return _summed((piece.path, piece.file.stat().st_size) for piece in found)


def sizes_of(manifest: Manifest) -> Sizes:
    """Return what a backup holds, part by part."""
    return _summed((entry.path, entry.bytes) for entry in manifest.entries)


def _summed(files: Iterable[tuple[str, int]]) -> Sizes:
    summed: Sizes = {}
    for path, size in files:
        count, bytes = summed.get(path.partition("/")[0], (0, 0))
        summed[path.partition("/")[0]] = (count + 1, bytes + size)
    return summed
