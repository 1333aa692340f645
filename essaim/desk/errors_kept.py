"""Errors of the last days, kept in the data folder as lines of JSON, and read back in groups."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

FOLDER = "work/errors"
KEPT_DAYS = 14
READ_AT_MOST = 2_000_000
"""Bytes read of one day's file: a storm of errors must not stop the page that tells of it."""


@dataclass
class ErrorGroup:
    """Errors of one kind at one place.

    Attributes:
        error: name of the exception, or the logger's level.
        where: route of the page, or name of the logger.
        count: how many.
        last_at: when the last one was, ISO 8601.
        message: what the last one said.
        request_ids: of the last ones, to find them in the logs.
    """

    error: str
    where: str
    count: int = 0
    last_at: str = ""
    message: str = ""
    request_ids: list[str] = field(default_factory=list)


def keep(home: Path, line: dict[str, Any]) -> None:
    """Add one error to the file of its day, in one write; drop the files that are too old when a day begins."""
    folder = home / FOLDER
    file = folder / f"{datetime.now(UTC).date()}.jsonl"
    if not file.exists():
        folder.mkdir(parents=True, exist_ok=True)
        drop_old(folder, datetime.now(UTC).date())
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(descriptor, json.dumps(line, ensure_ascii=False, default=str).encode() + b"\n")
    finally:
        os.close(descriptor)


def drop_old(folder: Path, today: date) -> None:
    """Delete the files of days that are past keeping."""
    oldest = (today - timedelta(days=KEPT_DAYS)).isoformat()
    for file in folder.glob("*.jsonl"):
        if file.stem < oldest:
            file.unlink(missing_ok=True)


def recent(home: Path, days: int = 7) -> list[ErrorGroup]:
    """Return the errors of the last days in groups, the newest group first."""
    since = (datetime.now(UTC).date() - timedelta(days=days)).isoformat()
    groups: dict[tuple[str, str], ErrorGroup] = {}
    for file in sorted((home / FOLDER).glob("*.jsonl")):
        for line in _lines(file) if file.stem > since else ():
            key = str(line.get("error") or line.get("level", "")), str(line.get("where", ""))
            group = groups.setdefault(key, ErrorGroup(*key))
            group.count += 1
            group.last_at, group.message = str(line.get("at", "")), str(line.get("message", ""))
            if line.get("request_id"):
                group.request_ids = [*group.request_ids[-2:], str(line["request_id"])]
    return sorted(groups.values(), key=lambda group: group.last_at, reverse=True)


def _lines(file: Path) -> Iterator[dict[str, Any]]:
    with file.open("rb") as stream:
        for raw in stream.read(READ_AT_MOST).splitlines():
            try:
                line = json.loads(raw)
            except ValueError:
                continue  # cut off by a full disk or by the limit above
            if isinstance(line, dict):
                yield line
