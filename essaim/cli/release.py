"""`essaim release`: list, show, compare, verify, roll back and prune releases."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from essaim.release import Release


@click.group("release")
def command() -> None:
    """List, show, compare, verify, roll back and prune releases."""


_json_option = click.option("--json", "as_json", is_flag=True, help="Answer in JSON on a terminal too.")


@command.command("list")
@_json_option
def list_releases(as_json: bool) -> None:
    """List the releases kept here, newest first."""
    from essaim.cli.output import show_rows
    from essaim.config import configuration
    from essaim.release import all_releases, current

    folder = configuration().releases
    served = current(folder)
    rows = [
        {
            "number": release.number,
            "state": "served"
            if served and served.number == release.number
            else ("sealed" if release.is_sealed else "not sealed"),
            "organisations": release.manifest["counts"].get("organisation"),
            "works": release.manifest["counts"].get("work"),
            "sources": len(release.manifest["sources"]),
            "sealed_at": release.manifest["sealed_at"],
        }
        for release in all_releases(folder)
    ]
    show_rows(rows, ["number", "state", "organisations", "works", "sources", "sealed_at"], as_json=as_json)


@command.command("show")
@click.argument("number", required=False)
def show(number: str | None) -> None:
    """Show a release's manifest; without a number, the served one's."""
    from essaim.cli.output import show_json

    show_json(_named(number).manifest)


def _named(number: str | None) -> Release:
    from essaim.config import configuration
    from essaim.errors import ReleaseError
    from essaim.release import current, open_release

    folder = configuration().releases
    if number:
        return open_release(folder, number)
    served = current(folder)
    if served is None:
        raise ReleaseError("no release is served yet", next_step="Run essaim build")
    return served


@command.command("diff")
@click.argument("old", required=False)
@click.argument("new", required=False)
@_json_option
def diff(old: str | None, new: str | None, as_json: bool) -> None:
    """Say what is new, gone, merged, split and changed.

    Without numbers: the served release against the one before it.
    """
    from essaim.cli.output import is_terminal, show_json
    from essaim.release import diff_between

    newer = _named(new)
    told = diff_between(_named(old), newer) if old else newer.diff()
    if as_json or not is_terminal():
        show_json(told)
        return
    click.echo(f"From {told['from'] or 'nothing'} to {told['to']}")
    for event in ("new", "gone", "merged", "split", "changed"):
        click.echo(f"{told['counts'][event]} {event}")
        for item in told[event][:20]:
            more = "".join(f" ({name.replace('_', ' ')} {item[name]})" for name in ("into", "split_from") if name in item)
            click.echo(f"  {item['kind']} {item['id']} {item['title']}{more}")
        if len(told[event]) > 20:
            click.echo(f"  ... and {len(told[event]) - 20} more: --json tells all")


@command.command("verify")
@click.argument("number", required=False)
def verify_release(number: str | None) -> None:
    """Compare every file of a release with its checksum."""
    from essaim.errors import ReleaseError
    from essaim.release import verify

    release = _named(number)
    faults = verify(release)
    if faults:
        raise ReleaseError(
            f"is not whole: {'; '.join(faults)}",
            f"release {release.number}",
            next_step="Run essaim release rollback, then essaim build",
        )
    click.echo(f"Release {release.number} is whole: {len(release.manifest['files'])} files.")


@command.command("rollback")
@click.argument("number", required=False)
@click.option("--dry-run", is_flag=True, help="Say what would be served, and stop.")
def rollback_release(number: str | None, dry_run: bool) -> None:
    """Serve an earlier release again; without a number, the sealed one before the served one."""
    from essaim.config import configuration
    from essaim.release import rollback

    folder = configuration().releases
    if dry_run:
        click.echo(f"Would serve {number or 'the sealed release before the served one'}; served now: {_named(None).number}")
        return
    click.echo(f"Serving release {rollback(folder, number)}.")


@command.command("prune")
@click.option("--keep", default=5, show_default=True, type=click.IntRange(min=1), help="How many of the newest stay.")
@click.option("--dry-run", is_flag=True, help="Say what would be deleted, and stop.")
def prune_releases(keep: int, dry_run: bool) -> None:
    """Delete old releases; the served one, every diff and every redirect table are kept."""
    from essaim.config import configuration
    from essaim.release import prune
    from essaim.release.keep import to_prune

    folder = configuration().releases
    numbers = to_prune(folder, keep) if dry_run else prune(folder, keep)
    click.echo(("Would delete: " if dry_run else "Deleted: ") + (", ".join(numbers) or "none"))
