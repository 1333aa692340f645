"""`essaim manage`: the commands of the database's side, for operators."""

from __future__ import annotations

import click


@click.command("manage", context_settings={"ignore_unknown_options": True, "help_option_names": []})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def command(arguments: tuple[str, ...]) -> None:
    """Run a Django management command: essaim manage migrate."""
    from essaim.cli.database import set_up

    set_up()
    from django.core.management import execute_from_command_line

    execute_from_command_line(["essaim manage", *arguments])
