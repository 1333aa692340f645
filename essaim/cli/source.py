"""`essaim source`: what sources there are, and whether one is as its source.yml says."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from essaim.pipeline.source_file import SourceFile


def chosen(source_ids: Iterable[str]) -> list[SourceFile]:
    """Return the sources of the ids, or all; an unknown id is wrong usage."""
    from essaim.config import configuration
    from essaim.pipeline.source_file import PACKAGED, find_sources

    known = find_sources(PACKAGED, configuration().own_sources)
    unknown = [id for id in source_ids if id not in known]
    if unknown:
        raise click.UsageError(f"there is no source {', '.join(unknown)}; known are: {', '.join(known)}")
    return [known[id] for id in source_ids] or list(known.values())


@click.group("source")
def command() -> None:
    """List and check sources."""


@command.command("list")
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON on a terminal too.")
def list_sources(as_json: bool) -> None:
    """List every source."""
    from essaim.cli.output import show_rows

    rows = [
        {
            "id": source.id,
            "title": source.title.get("en", ""),
            "format": source.format,
            "kinds": ", ".join(source.mappings()),
            "licence": source.licence.id,
            "cadence": source.cadence,
        }
        for source in chosen(())
    ]
    show_rows(rows, ["id", "title", "format", "kinds", "licence", "cadence"], as_json=as_json)


@command.command("check")
@click.argument("source_id")
@click.option(
    "--file", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Check these bytes instead of the gathered ones."
)
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON on a terminal too.")
def check(source_id: str, file: Path | None, as_json: bool) -> None:
    """Read a source, hold its counts against what was expected, and print three records beside their rows.

    \b
    Example:
      essaim source check organisations
    """
    from essaim.cli.output import is_terminal, show_json
    from essaim.config import configuration
    from essaim.pipeline.gather import gather
    from essaim.pipeline.normalise import normalise

    (source,) = chosen([source_id])
    here = configuration()
    read = (
        file or gather(source.id, source.place, here.snapshots / source.id, licence=source.licence.id, offline=here.offline).path
    )
    done = normalise(source, read)
    faults = [] if source.licence.id else ["no licence is named"]
    told: dict[str, Any] = {
        "id": source.id,
        "licence": source.licence.model_dump(),
        "report": done.report,
        "faults": faults,
        "first_asides": [
            {"position": aside.position, "reason": aside.reason_code, **aside.parameters} for aside in done.asides[:10]
        ],
        "examples": [
            {
                "record_key": record.key,
                "position": record.position,
                "statements": [
                    f"{said.property}{'@' + said.language if said.language else ''} = {said.value}" for said in record.statements
                ],
            }
            for record in done.records[:3]
        ],
    }
    if as_json or not is_terminal():
        show_json(told)
    else:
        _print_check(told)
    if faults:
        raise SystemExit(1)


def _print_check(told: dict[str, Any]) -> None:
    report = told["report"]
    click.echo(f"{told['id']}: {report['rows']} rows, records {report['records']}, set aside {report['asides'] or 'none'}")
    if report["repairs"]:
        click.echo(f"repaired: {report['repairs']}")
    for warning in report["warnings"]:
        click.echo(f"warning: {warning['code']} {warning['parameters']}")
    for aside in told["first_asides"]:
        click.echo(f"set aside: {aside}")
    for example in told["examples"]:
        click.echo(f"\n{example['record_key']} ({example['position']})")
        for line in example["statements"]:
            click.echo(f"  {line}")
