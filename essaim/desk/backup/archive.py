"""The archive: a tar written file by file with checksums, and read back the same way; no file is ever whole in memory."""

from __future__ import annotations

import hashlib
import io
import json
import os
import tarfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from essaim.desk.backup.layout import MANIFEST, BackupError, Entry, Manifest, manifest_from

CHUNK = 1 << 20
Told = Callable[[int], None]
"""Told how many bytes were done since the last time."""


class Counting:
    """A stream that sums and counts what is read through it, and never gives more than it promised.

    Args:
        stream: what is read.
        size: how many bytes are promised.
        tell: told the bytes as they go.
    """

    def __init__(self, stream: IO[bytes], size: int, tell: Told) -> None:
        self._stream, self._left, self._tell = stream, size, tell
        self._digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        """Read on."""
        chunk = self._stream.read(min(self._left if size < 0 else size, self._left))
        self._left -= len(chunk)
        self._digest.update(chunk)
        self._tell(len(chunk))
        return chunk

    @property
    def sha256(self) -> str:
        """The checksum so far."""
        return self._digest.hexdigest()


def add(tar: tarfile.TarFile, path: str, file: Path, tell: Told) -> Entry:
    """Add one file.

    Raises:
        BackupError: it became shorter while it was read.
        FileNotFoundError: it is gone.
    """
    with file.open("rb") as stream:
        state = os.fstat(stream.fileno())
        member = tarfile.TarInfo(path)
        member.size, member.mtime, member.mode = state.st_size, int(state.st_mtime), state.st_mode & 0o777
        counting = Counting(stream, state.st_size, tell)
        try:
            tar.addfile(member, counting)
        except OSError as error:
            if "unexpected end of data" in str(error):
                raise BackupError("changed while it was copied", str(file), next_step="Run essaim backup again") from error
            raise
    return Entry(path, state.st_size, counting.sha256)


def add_manifest(tar: tarfile.TarFile, manifest: Manifest) -> None:
    """Close the archive with its manifest."""
    content = json.dumps(manifest.as_json(), ensure_ascii=False, indent=1).encode()
    member = tarfile.TarInfo(MANIFEST)
    member.size, member.mode = len(content), 0o600
    tar.addfile(member, io.BytesIO(content))


@contextmanager
def opened(file: Path) -> Iterator[tuple[tarfile.TarFile, Manifest]]:
    """Open an archive and read its manifest.

    Raises:
        BackupError: there is no such file, or it is not a whole backup.
    """
    try:
        tar = tarfile.open(file, "r:", errors="strict")  # noqa: SIM115  # closed below
    except FileNotFoundError as error:
        raise BackupError("there is no such file", str(file), next_step="Give the path of a backup") from error
    except (OSError, tarfile.TarError) as error:
        raise BackupError(f"is not a backup of Essaim ({error})", str(file), next_step="Give the path of a backup") from error
    with tar:
        yield tar, _manifest(tar, str(file))


def _manifest(tar: tarfile.TarFile, where: str) -> Manifest:
    try:
        members = tar.getmembers()
        stream = tar.extractfile(members[-1]) if members and members[-1].name == MANIFEST else None
        told = json.loads(stream.read()) if stream else None
    except (tarfile.TarError, OSError, ValueError) as error:
        raise BackupError(f"cannot be read ({error})", where, next_step="Use another backup") from error
    if not isinstance(told, dict):
        raise BackupError("is not whole: its end, which holds the manifest, is missing", where, next_step="Use another backup")
    return manifest_from(told, where)


def read_through(tar: tarfile.TarFile, manifest: Manifest, folder: Path | None, tell: Told) -> list[str]:
    """Compare every file with its checksum, and lay it into a folder when one is given.

    Returns:
        The faults found, one sentence each; files with faults may have been laid.
    """
    faults = []
    members = {member.name: member for member in tar.getmembers() if member.name != MANIFEST}
    entries = {entry.path: entry for entry in manifest.entries}
    faults += [f"{name}: missing" for name in entries.keys() - members.keys()]
    faults += [f"{name}: not in the manifest" for name in members.keys() - entries.keys()]
    for name, entry in entries.items():
        if name in members:
            faults += [f"{name}: {fault}" for fault in _read_one(tar, members[name], entry, folder, tell)]
    return sorted(faults)


def _read_one(tar: tarfile.TarFile, member: tarfile.TarInfo, entry: Entry, folder: Path | None, tell: Told) -> list[str]:
    if not is_plain(member.name) or not member.isfile():
        return ["is not a plain file in the data folder"]
    stream = tar.extractfile(member)
    assert stream is not None
    counting = Counting(stream, member.size, tell)
    try:
        if folder is None:
            while counting.read(CHUNK):
                pass
        else:
            _lay(counting, folder / member.name, member)
    except tarfile.TarError as error:
        return [f"cannot be read ({error})"]
    return [] if counting.sha256 == entry.sha256 else ["its checksum differs from the manifest's"]


def _lay(counting: Counting, target: Path, member: tarfile.TarInfo) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("xb") as written:
        while chunk := counting.read(CHUNK):
            written.write(chunk)
        written.flush()
        os.fsync(written.fileno())
    target.chmod(member.mode & 0o777 | 0o600)
    os.utime(target, (member.mtime, member.mtime))


def is_plain(path: str) -> bool:
    """Tell whether a path stays inside the folder it is laid into."""
    parts = path.split("/")
    return (
        not path.startswith("/") and all(part not in ("", ".", "..") for part in parts) and "\\" not in path and "\0" not in path
    )
