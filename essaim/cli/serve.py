"""`essaim serve`: the server alone, on what is there."""

from __future__ import annotations

import click


@click.command("serve")
@click.option("--host", help="Address to listen on [default: ESSAIM_HOST or 127.0.0.1].")
@click.option("--port", type=int, help="Port to listen on [default: ESSAIM_PORT or 8000].")
def command(host: str | None, port: int | None) -> None:
    """Serve what is there, and nothing else: no migration, no build, no worker."""
    from essaim.cli.serving import check_port, run_together, server
    from essaim.config import configuration

    here = configuration()
    address = (host or here.host, port or here.port)
    check_port(*address)
    run_together([server(*address)], address)
