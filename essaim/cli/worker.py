"""`essaim worker`: background tasks and the schedule, until stopped."""

from __future__ import annotations

import click


@click.command("worker")
def command() -> None:
    """Run background tasks and the schedule until stopped.

    The schedule: letters, digests, reminders, what is to be forgotten, gathering by cadence, builds after accepted words.
    """
    from essaim.cli.database import django_command, set_up
    from essaim.config import configuration
    from essaim.desk.backup.in_use import shared

    set_up()
    with shared(configuration().home):
        django_command("run_worker")
