"""The schedule: what runs by itself and how often, as data; the worker's heartbeat hands out what is due."""

from __future__ import annotations

from django.db import models
from django.utils import timezone


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
