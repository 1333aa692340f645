"""The schedule: what runs by itself and how often, as data; the worker's heartbeat hands out what is due."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.utils import timezone
from django_tasks import task

from essaim.errors import ConfigurationError

if TYPE_CHECKING:
    from essaim.pages.registry import Words

log = logging.getLogger("essaim.schedule")

MONDAY_MORNING = datetime(1970, 1, 5, 6, tzinfo=UTC)
"""From here every cadence is counted: what is weekly runs on Mondays at six (UTC), what is daily at six."""
LOST_AFTER = timedelta(hours=6)
"""A run that was handed out and not ended for so long was lost with its worker, and is handed out again."""

Counts = Mapping[str, int]


@dataclass(frozen=True)
class Scheduled:
    """One entry of the schedule.

    Attributes:
        name: short; its row and its runs are known by it.
        label: what it does, for the operator's page: "Send letters that wait".
        every: its cadence.
        run: does it, and returns counts or nothing; safe to run twice.
        is_long: True for what may take minutes: it runs beside the others and holds none of them up.
    """

    name: str
    label: Words
    every: timedelta
    run: Callable[[], Counts | int | None]
    is_long: bool = False


_schedule: dict[str, Scheduled] = {}


def register_scheduled(*entries: Scheduled) -> None:
    """Put entries on the schedule; a room does so once, in its `AppConfig.ready()`.

    Raises:
        ConfigurationError: the name is taken.
    """
    for entry in entries:
        if _schedule.setdefault(entry.name, entry) != entry:
            raise ConfigurationError("two entries of the schedule share a name", "desk", entry.name, next_step="Choose another")


def schedule() -> list[Scheduled]:
    """Return the schedule, in the order of registration."""
    return list(_schedule.values())


class ScheduledRun(models.Model):
    """Where one entry of the schedule stands.

    Attributes:
        name: name of the entry.
        next_at: when it is due again.
        queued_at, started_at, ended_at: of the last run.
        is_good: whether the last run went well; None before the first.
        words: what the last run said: its counts, or its error.
    """

    name = models.CharField(max_length=60, primary_key=True)
    next_at = models.DateTimeField(default=timezone.now)
    queued_at = models.DateTimeField(null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    is_good = models.BooleanField(null=True, blank=True)
    words = models.CharField(max_length=500, blank=True)

    def __str__(self) -> str:
        return self.name

    def is_out(self, now: datetime) -> bool:
        """Tell whether a run was handed out that has not ended, and is not lost."""
        has_ended = self.queued_at is None or (self.ended_at is not None and self.ended_at >= self.queued_at)
        return not has_ended and self.queued_at is not None and self.queued_at > now - LOST_AFTER


class WorkerBeat(models.Model):
    """The last sign of life of a worker; a worker that ends takes its row away.

    Attributes:
        worker: machine and process.
        started_at: when it began.
        at: its last sign of life.
    """

    worker = models.CharField(max_length=120, primary_key=True)
    started_at = models.DateTimeField(default=timezone.now)
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.worker


def next_after(moment: datetime, every: timedelta) -> datetime:
    """Return the first time of a cadence after a moment."""
    return MONDAY_MORNING + ((moment - MONDAY_MORNING) // every + 1) * every


def tick(now: datetime | None = None) -> list[str]:
    """Hand out what is due, each entry to one worker, however many beat.

    Args:
        now: the present, unless told.

    Returns:
        Names of what was handed out.
    """
    moment = now or timezone.now()
    rows = {row.name: row for row in ScheduledRun.objects.filter(name__in=_schedule)}
    return [entry.name for entry in schedule() if _hand_out(entry, rows.get(entry.name), moment)]


def _hand_out(entry: Scheduled, row: ScheduledRun | None, now: datetime) -> bool:
    if row is None:
        ScheduledRun.objects.get_or_create(name=entry.name, defaults={"next_at": next_after(now, entry.every)})
        return False
    if row.next_at > now or row.is_out(now):
        return False
    due = ScheduledRun.objects.filter(name=entry.name, next_at=row.next_at)
    if not due.update(next_at=next_after(now, entry.every), queued_at=now):
        return False
    (run_long if entry.is_long else run_short).enqueue(entry.name)
    return True


def run(name: str) -> dict[str, int]:
    """Run one entry and keep what came of it.

    Raises:
        Exception: whatever the entry raised, after it was kept; the task is then marked as failed.
    """
    entry = _schedule[name]
    started_at = timezone.now()
    ScheduledRun.objects.filter(name=name).update(started_at=started_at)
    try:
        said = entry.run()
    except Exception as error:
        _keep(name, False, f"{type(error).__name__}: {error}")
        log.exception("the scheduled task %s failed", name)
        raise
    counts = dict(said) if isinstance(said, Mapping) else {"done": int(said or 0)}
    _keep(name, True, ", ".join(f"{word} {count}" for word, count in counts.items()))
    return counts


def _keep(name: str, is_good: bool, words: str) -> None:
    ScheduledRun.objects.filter(name=name).update(ended_at=timezone.now(), is_good=is_good, words=words[:500])


@task()
def run_short(name: str) -> dict[str, int]:
    """Run an entry of the schedule."""
    return run(name)


@task(queue_name="long")
def run_long(name: str) -> dict[str, int]:
    """Run an entry of the schedule that may take long."""
    return run(name)
