"""The worker's sign of life, put into one word."""

from __future__ import annotations

from datetime import timedelta
from typing import Literal

from django.db import DatabaseError
from django.utils import timezone

from essaim.desk.models import WorkerBeat

LATE = timedelta(minutes=3)

WorkerState = Literal["ok", "late", "none"]


def last_beat() -> WorkerBeat | None:
    """Return the newest sign of life; None when no worker is there, or the last one ended as it should."""
    return WorkerBeat.objects.order_by("-at").first()


def state_of_worker() -> WorkerState:
    """Say whether a worker is there: `ok`; `late` when its last sign is old; `none` when there is none."""
    try:
        beat = last_beat()
    except DatabaseError:  # before the first migration
        return "none"
    if beat is None:
        return "none"
    return "late" if timezone.now() - beat.at > LATE else "ok"
