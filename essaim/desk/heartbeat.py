"""The worker's heartbeat: a thread that gives a sign of life, hands out what the schedule says, and sees when a worker died."""

from __future__ import annotations

import logging
import os
import socket
from datetime import timedelta
from threading import Event, Thread

from django.db import close_old_connections, connection
from django.db.utils import OperationalError
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from essaim.desk.build_wishes import BuildRun
from essaim.desk.schedule import WorkerBeat, tick
from essaim.errors import EssaimError

log = logging.getLogger("essaim.worker")

EVERY_S = 5.0
ALIVE = timedelta(minutes=2)


class WorkerDied(EssaimError):
    """A task was running in a worker that is gone."""


class Heartbeat:
    """Beats in a thread of its own until stopped; use it as a context."""

    def __init__(self, every_s: float = EVERY_S) -> None:
        """Name the worker after machine and process."""
        self.worker = f"{socket.gethostname()[:80]}:{os.getpid()}"
        self.every_s = every_s
        self._stopped = Event()
        self._thread = Thread(target=self._beat_on, name="heartbeat", daemon=True)

    def __enter__(self) -> Heartbeat:
        beat(self.worker)
        give_up_orphans(self.worker)
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._stopped.set()
        self._thread.join(timeout=10)
        WorkerBeat.objects.filter(worker=self.worker).delete()

    def _beat_on(self) -> None:
        while not self._stopped.is_set():
            try:
                close_old_connections()
                beat(self.worker)
                tick()
            except OperationalError:
                log.warning("the database did not answer the heartbeat; it tries again", exc_info=True)
            except Exception:
                log.exception("the heartbeat stumbled; it goes on")
            self._stopped.wait(self.every_s)
        connection.close()


def beat(worker: str) -> None:
    """Give a sign of life."""
    WorkerBeat.objects.update_or_create(worker=worker, defaults={"at": timezone.now()})


def live_workers() -> list[WorkerBeat]:
    """Return the workers that gave a sign of life of late, for the operator's page and `/health`."""
    return list(WorkerBeat.objects.filter(at__gt=timezone.now() - ALIVE).order_by("worker"))


def give_up_orphans(worker: str) -> int:
    """Mark what was running when the last worker died: no one works on it any more. Does nothing while another worker lives.

    Returns:
        How many tasks were marked as failed.
    """
    WorkerBeat.objects.filter(at__lt=timezone.now() - ALIVE).delete()
    if any(other.worker != worker for other in live_workers()):
        return 0
    orphans = list(DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING))
    for orphan in orphans:
        orphan.set_failed(WorkerDied("the worker stopped while it worked on this"))
    BuildRun.objects.filter(ended_at__isnull=True).update(ended_at=timezone.now(), is_good=False, words="The worker stopped.")
    return len(orphans)
