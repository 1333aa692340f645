"""A snapshot: the bytes of a source as they were gathered, what is known of them, and how both are kept on disk.

A source's folder holds, for each state of the source, `<16 signs of the checksum><suffix>` with a JSON of the same name
beside it, and `latest.json`, which names the newest. Every file is written beside and renamed, so that a full disk or
a killed run leaves what was there whole.
"""

from __future__ import annotations

import json
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

LATEST = "latest.json"
PART = ".part-"
LEFT_BEHIND_S = 24 * 3600


@dataclass(frozen=True)
class Snapshot:
    """One state of a source.

    Attributes:
        path: the file with the exact bytes.
        sha256: their checksum, hexadecimal.
        gathered_at: when this state of the source came, UTC.
        checked_at: when the source was last found to hold these bytes, UTC.
        place: the address or path they came from.
        licence: licence identifier at the time.
        is_stale: True when the last attempt to gather failed.
        problem: why it failed; empty otherwise.
        etag: the server's tag of this state.
        last_modified: the server's date of this state.
        content_type: the media type the server named.
        status: HTTP status; 0 for a file.
        size: number of bytes.
    """

    path: Path
    sha256: str
    gathered_at: datetime
    checked_at: datetime
    place: str
    licence: str
    is_stale: bool = False
    problem: str = ""
    etag: str = ""
    last_modified: str = ""
    content_type: str = ""
    status: int = 0
    size: int = 0


def last_snapshot(folder: Path) -> Snapshot | None:
    """Return the newest whole snapshot of a source's folder.

    A snapshot whose file is gone or has another size is passed over for the one before it.

    Args:
        folder: `<home>/snapshots/<source id>`.

    Returns:
        None when there is none.
    """
    latest = _read(folder / LATEST)
    notes = [_read(file) for file in folder.glob("*.json") if file.name != LATEST] if folder.is_dir() else []
    kept = [note for note in notes if note and _is_whole(folder, note)]
    kept.sort(key=lambda note: (note["file"] == latest.get("file"), note["gathered_at"]))
    return _snapshot(folder, kept[-1], latest) if kept else None


def write_snapshot(snapshot: Snapshot) -> None:
    """Write what is known of a snapshot beside its bytes, then make it the latest."""
    folder = snapshot.path.parent
    note = {
        "file": snapshot.path.name,
        "place": snapshot.place,
        "gathered_at": snapshot.gathered_at.isoformat(),
        "sha256": snapshot.sha256,
        "size": snapshot.size,
        "licence": snapshot.licence,
        "etag": snapshot.etag,
        "last_modified": snapshot.last_modified,
        "content_type": snapshot.content_type,
        "status": snapshot.status,
    }
    if _read(folder / f"{snapshot.path.name}.json") != note:
        _write(folder / f"{snapshot.path.name}.json", note)
    write_latest(snapshot)


def write_latest(snapshot: Snapshot) -> None:
    """Make a snapshot the latest one, with the time it was last checked and the problem met since."""
    latest = {"file": snapshot.path.name, "checked_at": snapshot.checked_at.isoformat(), "problem": snapshot.problem}
    _write(snapshot.path.parent / LATEST, latest)


@contextmanager
def part_file(folder: Path) -> Iterator[Path]:
    """Give a new file in the folder to write to, and remove it afterwards unless it was renamed."""
    folder.mkdir(parents=True, exist_ok=True)
    _sweep(folder)
    handle, name = tempfile.mkstemp(prefix=PART, dir=folder)
    os.close(handle)
    part = Path(name)
    try:
        yield part
    finally:
        with suppress(FileNotFoundError):
            part.unlink()


def settle(part: Path, target: Path) -> None:
    """Bring a written file safely to the disk, then give it its name."""
    with part.open("rb") as stream:
        os.fsync(stream.fileno())
    part.chmod(0o644)
    part.replace(target)


def _sweep(folder: Path) -> None:
    """Remove what killed runs left half written; a part younger than a day may still be another run's."""
    for part in folder.glob(f"{PART}*"):
        with suppress(FileNotFoundError):
            if time.time() - part.stat().st_mtime > LEFT_BEHIND_S:
                part.unlink()


def _write(target: Path, content: dict[str, Any]) -> None:
    with part_file(target.parent) as part:
        part.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", "utf-8")
        settle(part, target)


def _read(file: Path) -> dict[str, Any]:
    try:
        content = json.loads(file.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


def _is_whole(folder: Path, note: dict[str, Any]) -> bool:
    try:
        datetime.fromisoformat(note["gathered_at"])
        file = folder / note["file"]
        return bool(note["sha256"]) and file.parent == folder and file.stat().st_size == note["size"]
    except (OSError, KeyError, TypeError, ValueError):
        return False


def _snapshot(folder: Path, note: dict[str, Any], latest: dict[str, Any]) -> Snapshot:
    is_latest = latest.get("file") == note["file"]
    problem = str(latest.get("problem", "")) if is_latest else "the newest snapshot is gone or damaged"
    return Snapshot(
        path=folder / note["file"],
        sha256=note["sha256"],
        gathered_at=datetime.fromisoformat(note["gathered_at"]),
        checked_at=datetime.fromisoformat(latest["checked_at"] if is_latest else note["gathered_at"]),
        place=note.get("place", ""),
        licence=note.get("licence", ""),
        is_stale=bool(problem),
        problem=problem,
        etag=note.get("etag", ""),
        last_modified=note.get("last_modified", ""),
        content_type=note.get("content_type", ""),
        status=note.get("status", 0),
        size=note["size"],
    )
