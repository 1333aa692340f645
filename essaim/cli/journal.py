"""`essaim journal`: read the journal, check its chain, note its end."""

from __future__ import annotations

import click


@click.group("journal")
def command() -> None:
    """Read the journal and check that nobody changed it."""


@command.command("verify")
@click.option("--head", "known", default="", metavar="NUMBER:HASH", help="An end noted earlier: it must still be there.")
def verify_journal(known: str) -> None:
    """Check every entry against its seal and the one before.

    An end cut off leaves no trace in the chain: note the end with `essaim journal head` outside this machine, and give it here.

    \b
    Examples:
      essaim journal verify
      essaim journal verify --head 1204:3f0c...
    """
    from essaim.cli.database import set_up

    set_up()
    from essaim.accounts.journal import head, verify
    from essaim.errors import ConfigurationError

    number, _sep, hash = known.partition(":")
    if known and not (number.isdecimal() and len(hash) == 64):
        raise click.BadParameter("write it as essaim journal head prints it: NUMBER:HASH", param_hint="--head")
    faults = verify((int(number), hash) if known else None)
    if faults:
        for fault in faults:
            click.echo(fault, err=True)
        next_step = "Compare with a backup; essaim journal list shows the entries"
        raise ConfigurationError(f"is not whole: {len(faults)} faults", "the journal", next_step=next_step)
    click.echo(f"The journal is whole: {head()[0]} entries.")


@command.command("head")
def show_head() -> None:
    """Print number and hash of the last entry, to be kept elsewhere."""
    from essaim.cli.database import set_up

    set_up()
    from essaim.accounts.journal import head

    number, hash = head()
    click.echo(f"{number}:{hash}")


@command.command("list")
@click.option("--kind", default="", help="Only about this kind of thing.")
@click.option("--id", default="", help="Only about the thing with this id.")
@click.option("--limit", default=50, show_default=True, type=click.IntRange(min=1), help="How many of the newest.")
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON on a terminal too.")
def list_entries(kind: str, id: str, limit: int, as_json: bool) -> None:
    """List the newest entries; names stay keys."""
    from essaim.cli.database import set_up

    set_up()
    from essaim.accounts.models import JournalEntry
    from essaim.cli.output import show_rows

    wanted = {name: value for name, value in (("about_kind", kind), ("about_id", id)) if value}
    columns = ["number", "at", "act", "about_kind", "about_id", "by_key", "for_institution"]
    rows = list(JournalEntry.objects.filter(**wanted).values(*columns, "before", "after", "words", "hash")[:limit])
    show_rows(rows, columns, as_json=as_json)
