"""`essaim worker`: background tasks and the schedule, until stopped."""

from __future__ import annotations

import click


@click.command("worker")
def command() -> None:
    """Run background tasks and the schedule until stopped.

    The schedule: letters, digests, reminders, what is to be forgotten, gathering by cadence, builds after accepted words.
    """
    from essaim.cli.database import django_command

    django_command("run_worker")
