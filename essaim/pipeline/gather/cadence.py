"""Cadence: whether the time has come to ask a source again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from essaim.pipeline.gather.snapshot import Snapshot

DAYS = {"daily": 1, "weekly": 7, "monthly": 30, "quarterly": 91, "yearly": 365}
"""A source `with_the_package` or gathered `once` is asked again by people and builds alone."""
EARLY = timedelta(hours=2)
"""A little before the time, so that a daily source asked at six is asked at six tomorrow and not at seven."""


def is_due(cadence: str, last: Snapshot | None, now: datetime | None = None) -> bool:
    """Tell whether a source shall be asked.

    Args:
        cadence: as its source.yml says.
        last: its newest snapshot; None when there is none. Where the last attempt failed, it is time at once.
        now: the present, unless told.
    """
    if cadence not in DAYS:
        return False
    if last is None or last.is_stale:
        return True
    return (now or datetime.now(UTC)) - last.checked_at >= timedelta(days=DAYS[cadence]) - EARLY
