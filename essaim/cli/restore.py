"""`essaim restore`: a backup in the place of what is there, once it is verified."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("restore")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--replace", is_flag=True, help="Move aside what is in the data folder and the database; it is kept.")
@click.option("--dry-run", is_flag=True, help="Read the backup through, compare its checksums, say what it holds, and stop.")
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON on a terminal too.")
def command(file: Path, replace: bool, dry_run: bool, as_json: bool) -> None:
    """Put a backup into the data folder; stop Essaim first.

    Everything is laid beside, brought up to this version and verified before anything takes its place. A data folder in use is
    refused unless --replace is given. Killed in the middle, it changed nothing, or the next start finishes it.

    \b
    Examples:
      essaim backup essaim.tar
      essaim restore --dry-run essaim.tar
      essaim restore --replace essaim.tar
    """
    from essaim.cli.output import is_terminal, show_json
    from essaim.cli.saving import SavingProgress, show_parts
    from essaim.config import configuration
    from essaim.desk.backup.contents import sizes_of
    from essaim.desk.backup.restoring import look, restore
    from essaim.pipeline.run import only_build

    here = configuration()
    if dry_run:
        with SavingProgress() as progress:
            manifest = look(here, file, progress)
        show_parts(sizes_of(manifest), as_json)
        return
    with only_build(here), SavingProgress() as progress:
        restored = restore(here, file, replace, progress)
    told = {
        "made_at": restored.manifest.made_at,
        "release": restored.manifest.release,
        "files": len(restored.manifest.entries),
        "aside": str(restored.aside) if restored.aside else None,
    }
    if as_json or not is_terminal():
        show_json(told)
        return
    click.echo(f"Restored the backup of {told['made_at']}: {told['files']} files, release {told['release'] or 'none yet'}.")
    if not restored.manifest.has_secret_key:
        click.echo("The backup held no secret key: people sign in anew, and second steps must be set up again.")
    if restored.aside:
        click.echo(f"What was there before is in {restored.aside}; delete it when you are content.")
