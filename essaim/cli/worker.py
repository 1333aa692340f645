"""`essaim worker`: background tasks, one after the other, until stopped."""

from __future__ import annotations

import click


@click.command("worker")
def command() -> None:
    """Run background tasks until stopped."""
    from essaim.cli.database import django_command

    django_command("db_worker")
