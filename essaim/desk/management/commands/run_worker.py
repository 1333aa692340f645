"""Run background tasks and the schedule until stopped."""

from __future__ import annotations

import signal
from argparse import ArgumentParser
from threading import Thread
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker

from essaim.desk.heartbeat import Heartbeat
from essaim.desk.processes import stop_all

LONG = "long"


class Command(BaseCommand):
    """The worker of the house: short tasks one after the other, long ones beside them, and the heartbeat."""

    help = "Run background tasks and the schedule until stopped."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Offer to end when nothing is left to do."""
        parser.add_argument("--batch", action="store_true", help="work off what waits, without the schedule, and end")

    def handle(self, *args: Any, batch: bool, **options: Any) -> None:
        """Work until stopped."""
        if batch:
            a_worker(["*"], batch=True).run()
            return
        short, long = a_worker(["*"], [LONG]), a_worker([LONG])
        for name in (signal.SIGINT, signal.SIGTERM):
            signal.signal(name, short.shutdown)
        with Heartbeat():
            beside = Thread(target=long.run, name="long tasks", daemon=True)
            beside.start()
            try:
                short.run()
            finally:
                long.running = False
                stop_all()
                beside.join(timeout=10)


def a_worker(queues: list[str], but: list[str] | None = None, batch: bool = False) -> Worker:
    """Return a worker of the task queue."""
    return Worker(
        queue_names=queues,
        excluded_queue_names=but or [],
        interval=1,
        batch=batch,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=get_random_string(32),
    )
