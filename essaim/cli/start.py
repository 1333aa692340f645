"""`essaim start`: everything a stranger needs, from an empty folder to a running site."""

from __future__ import annotations

import click


@click.command("start")
@click.option("--host", help="Address to listen on [default: ESSAIM_HOST or 127.0.0.1].")
@click.option("--port", type=int, help="Port to listen on [default: ESSAIM_PORT or 8000].")
@click.option("--no-worker", is_flag=True, help="Run no background worker.")
def command(host: str | None, port: int | None, no_worker: bool) -> None:
    """Set up what is missing, build a release if there is none, and serve.

    Brings the database up to date, loads the packaged facts if it holds none, builds a release from the packaged sources if there
    is none, then runs a worker and the server until stopped. A second start takes seconds.

    \b
    Examples:
      essaim start
      essaim start --port 8080
    """
    from essaim.cli.build import run_build
    from essaim.cli.database import django_command, prepare_database
    from essaim.cli.serving import check_port, run_together, server, worker
    from essaim.config import configuration
    from essaim.release import current

    here = configuration()
    address = (host or here.host, port or here.port)
    check_port(*address)
    click.echo(f"Data folder: {here.home}")
    prepare_database()
    if current(here.releases) is None:
        run_build()
    if not here.site_index.exists():
        django_command("reindex", verbosity=0)
    run_together([server(*address), *([] if no_worker else [worker()])], address)
