"""Sealing: checksums of every file, the manifest, and the rename that makes a folder a release."""

from __future__ import annotations

import hashlib
import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from essaim import __version__
from essaim.errors import ReleaseError
from essaim.release import layout


def checksum(file: Path) -> str:
    """Return the SHA-256 of a file's bytes."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def list_files(folder: Path) -> list[Path]:
    """Return every file of a release but the manifest, in byte order of its path."""
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.name != layout.MANIFEST)


def seal(unfinished: Path, releases: Path, number: str, contents: dict[str, Any], faults: list[str]) -> Path:
    """Write the manifest and rename the folder to its number.

    Args:
        unfinished: the folder that publish filled, on the same file system as `releases`.
        releases: the folder of the releases.
        number: the release's number.
        contents: sources, counts, licences and figures for the manifest.
        faults: floors that were not reached; if any, the release is kept but marked *not sealed*.

    Returns:
        The folder of the release. It is not yet served: see `switch`.

    Raises:
        ReleaseError: the number is taken.
    """
    target = releases / number
    if target.exists():
        raise ReleaseError("the number is taken", f"release {number}", next_step="Run essaim build again")
    manifest = {
        "format": layout.FORMAT,
        "number": number,
        "code_version": __version__,
        "sealed_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "is_sealed": not faults,
        "faults": faults,
        **contents,
        "files": [
            {"path": str(path.relative_to(unfinished)), "bytes": path.stat().st_size, "sha256": checksum(path)}
            for path in list_files(unfinished)
        ],
    }
    write_json(unfinished / layout.MANIFEST, manifest)
    sync_folder(unfinished)
    os.rename(unfinished, target)
    sync_folder(releases)
    return target


def write_json(file: Path, data: Any) -> None:
    """Write JSON so that the file is whole or not there: beside it first, then by rename."""
    beside = file.with_name(f".{file.name}.new")
    with beside.open("w", encoding="utf-8") as stream:
        json.dump(data, stream, ensure_ascii=False, indent=1, sort_keys=False)
        stream.flush()
        os.fsync(stream.fileno())
    os.replace(beside, file)


def sync_folder(folder: Path) -> None:
    """Ask the file system to keep a folder's entries even if the power fails now."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
