"""`essaim build`: people's words exported, then every source to a release."""

from __future__ import annotations

import click


@click.command("build")
@click.option("--offline", is_flag=True, help="Ask no source anew; work on the snapshots there are.")
@click.option("--dry-run", is_flag=True, help="Say which sources would be read, and stop.")
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON on a terminal too.")
def command(offline: bool, dry_run: bool, as_json: bool) -> None:
    """Build a release from every source and serve it.

    A failing source keeps its last good state; a failed build leaves the served release as it is. A release that falls under a
    floor is kept, marked as not sealed, and not served (exit code 1).

    \b
    Examples:
      essaim build
      essaim build --offline
    """
    from essaim.config import configuration
    from essaim.pipeline.source_file import PACKAGED, find_sources

    here = configuration()
    if dry_run:
        from essaim.cli.output import show_rows

        sources = find_sources(PACKAGED, here.own_sources).values()
        rows = [
            {"id": source.id, "format": source.format, "place": source.place, "cadence": source.cadence} for source in sources
        ]
        show_rows(rows, ["id", "format", "place", "cadence"], as_json=as_json)
        return
    run_build(offline, as_json)


def run_build(offline: bool = False, as_json: bool = False) -> None:
    """Build, and tell what came of it."""
    from essaim.cli.database import export_people, prepare_database
    from essaim.cli.output import is_terminal, show_json
    from essaim.cli.progress import BuildProgress
    from essaim.config import configuration
    from essaim.pipeline.run import build

    prepare_database()
    export_people()
    with BuildProgress() as progress:
        built = build(configuration(), progress, only_gathered=offline)
    if as_json or not is_terminal():
        show_json(
            {
                "number": built.number,
                "is_served": built.is_served,
                "faults": built.faults,
                "problems": built.problems,
                "counts": built.manifest["counts"],
                "diff": built.manifest["diff"],
                "seconds": {stage: round(seconds, 2) for stage, seconds in progress.seconds.items()},
            }
        )
    else:
        things = {word: built.manifest["counts"][word] for word in ("organisation", "work", "membership")}
        click.echo(f"Release {built.number}: " + ", ".join(f"{number} {word}s" for word, number in things.items()) + ".")
        click.echo(", ".join(f"{number} {word}" for word, number in built.manifest["diff"].items()) + ".")
    if not built.is_served:
        click.echo("Not sealed, and not served: " + "; ".join(built.faults), err=True)
        raise SystemExit(1)
