"""`essaim backup`: everything that cannot be made again, in one file."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("backup")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--with-secret-key", is_flag=True, help="Take the secret key too; without it people sign in anew after a restore.")
@click.option("--all-releases", is_flag=True, help="Take every release; without it the served one, and the diffs of the others.")
@click.option("--replace", is_flag=True, help="Let it take the place of a file of that name, once it is whole.")
@click.option("--dry-run", is_flag=True, help="Say what would be saved, and stop.")
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON on a terminal too.")
def command(file: Path, with_secret_key: bool, all_releases: bool, replace: bool, dry_run: bool, as_json: bool) -> None:
    """Save database, uploads, snapshots, people's sources and the served release in one file; the site may go on working.

    The file is written beside its place and renamed when it is whole. It holds personal data: keep it where only operators read.

    \b
    Examples:
      essaim backup --dry-run essaim.tar
      essaim backup essaim.tar
    """
    from essaim.cli.output import is_terminal, show_json
    from essaim.cli.saving import SavingProgress, in_words, show_parts
    from essaim.config import configuration
    from essaim.desk.backup.contents import sizes
    from essaim.desk.backup.making import Choice, back_up, last_words
    from essaim.desk.backup.taking_place import finish_if_broken_off

    here = configuration()
    finish_if_broken_off(here)
    choice = Choice(with_secret_key, all_releases, replace)
    if dry_run:
        show_parts(sizes(here, choice.has_secret_key, choice.has_all_releases), as_json)
        return
    with SavingProgress() as progress:
        manifest = back_up(here, file, choice, progress)
    told = last_words(file, manifest)
    if as_json or not is_terminal():
        show_json(told)
    else:
        click.echo(f"{file}: {in_words(told['bytes'])}, {told['files']} files, release {manifest.release or 'none yet'}.")
