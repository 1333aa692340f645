"""The worker's sign of life, put into one word."""

from __future__ import annotations

from typing import Literal

from django.db import DatabaseError

from essaim.desk.heartbeat import live_workers
from essaim.desk.schedule import WorkerBeat

WorkerState = Literal["ok", "late", "none"]


def last_beat() -> WorkerBeat | None:
    """Return the newest sign of life; None when no worker is there, or the last one ended as it should."""
    return WorkerBeat.objects.order_by("-at").first()


def state_of_worker() -> WorkerState:
    """Say whether a worker is there: `ok`; `late` when its last sign is old; `none` when there is none."""
    try:
        if live_workers():
            return "ok"
        return "late" if last_beat() else "none"
    except DatabaseError:  # before the first migration
        return "none"
