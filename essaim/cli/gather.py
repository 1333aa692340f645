"""`essaim gather`: ask sources for their newest bytes, and keep them."""

from __future__ import annotations

from typing import Any

import click


@click.command("gather")
@click.argument("source_ids", nargs=-1)
@click.option("--due", is_flag=True, help="Only those whose cadence says that it is time.")
@click.option("--dry-run", is_flag=True, help="Say what would be asked, and stop.")
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON on a terminal too.")
def command(source_ids: tuple[str, ...], due: bool, dry_run: bool, as_json: bool) -> None:
    """Ask sources for their newest bytes; without a name, all of them.

    Polite: robots.txt is obeyed, unchanged files are not sent again, a failing source keeps its last good snapshot (exit code 1).

    \b
    Examples:
      essaim gather
      essaim gather organisations
      essaim gather --due
    """
    from essaim.cli.output import show_rows
    from essaim.cli.source import chosen
    from essaim.config import configuration
    from essaim.errors import EssaimError
    from essaim.pipeline.gather import gather, is_due, last_snapshot

    here = configuration()
    rows, has_failed = [], False
    for source in chosen(source_ids):
        before = last_snapshot(here.snapshots / source.id)
        if due and not is_due(source.cadence, before):
            continue
        row: dict[str, Any] = {
            "id": source.id,
            "place": source.place,
            "state": "would be asked",
            "bytes": None,
            "gathered_at": "",
            "is_fresh": False,
            "is_changed": False,
        }
        if not dry_run:
            click.echo(f"Asking {source.id} ...", err=True)
            try:
                snapshot = gather(
                    source.id, source.place, here.snapshots / source.id, licence=source.licence.id, offline=here.offline
                )
                row |= {"bytes": snapshot.size, "gathered_at": snapshot.gathered_at.isoformat(timespec="seconds")}
                row["state"] = f"kept the last good one: {snapshot.problem}" if snapshot.is_stale else "fresh"
                row |= {"is_fresh": not snapshot.is_stale, "is_changed": before is None or before.sha256 != snapshot.sha256}
                has_failed = has_failed or snapshot.is_stale
            except EssaimError as error:
                row["state"] = f"failed: {error}"
                has_failed = True
        rows.append(row)
    show_rows(rows, ["id", "state", "bytes", "gathered_at"], as_json=as_json)
    if has_failed:
        raise SystemExit(1)
