"""`essaim doctor`: what is missing on this machine, and the command that mends it."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Literal

import click

if TYPE_CHECKING:
    from essaim.config import Configuration

State = Literal["good", "warning", "bad"]


@dataclass(frozen=True)
class Finding:
    """One thing looked at.

    Attributes:
        what: what was looked at.
        state: good, warning (something will not work) or bad (Essaim will not run).
        found: what was found.
        mend: the command that mends it.
    """

    what: str
    state: State
    found: str
    mend: str = ""


@click.command("doctor")
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON on a terminal too.")
def command(as_json: bool) -> None:
    """Say what is missing on this machine, and the command that mends it (exit code 1 when Essaim cannot run).

    \b
    Example:
      essaim doctor
    """
    from essaim.cli.output import is_terminal, show_json
    from essaim.config import configuration

    findings = list(examine(configuration()))
    if as_json or not is_terminal():
        show_json([asdict(finding) for finding in findings])
    else:
        signs = {"good": "ok  ", "warning": "warn", "bad": "BAD "}
        for finding in findings:
            click.echo(f"{signs[finding.state]}  {finding.what}: {finding.found}")
            if finding.mend and finding.state != "good":
                click.echo(f"      mend with: {finding.mend}")
    if any(finding.state == "bad" for finding in findings):
        raise SystemExit(1)


def examine(here: Configuration) -> Iterator[Finding]:
    """Look at everything that Essaim needs, one after the other; a look that fails is a finding too."""
    looks: list[Callable[[Configuration], Finding]] = [
        _python,
        _home,
        _disk,
        _port,
        _front_end,
        _words,
        _database,
        _release,
        _browser,
    ]
    for look in looks:
        try:
            yield look(here)
        except Exception as error:
            yield Finding(look.__name__.strip("_"), "bad", f"could not be looked at ({error})")


def _python(here: Configuration) -> Finding:
    found = ".".join(map(str, sys.version_info[:3]))
    return Finding("Python", "good" if sys.version_info >= (3, 11) else "bad", found, "install Python 3.11 or newer")


def _home(here: Configuration) -> Finding:
    here.home.mkdir(parents=True, exist_ok=True)
    if os.access(here.home, os.W_OK):
        return Finding("data folder", "good", str(here.home))
    return Finding(
        "data folder", "bad", f"{here.home} cannot be written", f"chown -R $(id -un) '{here.home}', or set ESSAIM_HOME"
    )


def _disk(here: Configuration) -> Finding:
    free = shutil.disk_usage(here.home).free / 1e9
    state: State = "bad" if free < 0.2 else "warning" if free < 2 else "good"
    return Finding("disk", state, f"{free:.1f} GB free", "essaim release prune --keep 2")


def _port(here: Configuration) -> Finding:
    from essaim.cli.serving import check_port
    from essaim.errors import ConfigurationError

    try:
        check_port(here.host, here.port)
    except ConfigurationError:
        return Finding(
            "port", "warning", f"{here.host}:{here.port} is taken (by a running Essaim?)", f"essaim start --port {here.port + 1}"
        )
    return Finding("port", "good", f"{here.host}:{here.port} is free")


def _front_end(here: Configuration) -> Finding:
    from essaim.config import CHECKOUT

    manifest = CHECKOUT / "essaim" / "web" / "static" / "essaim" / "manifest.json"
    if manifest.exists():
        return Finding("front end", "good", "built")
    return Finding("front end", "bad", "not built", "make setup")


def _words(here: Configuration) -> Finding:
    from essaim.config import CHECKOUT

    catalogues = sorted((CHECKOUT / "essaim").rglob("locale/*/LC_MESSAGES/django.po"))
    missing = [file for file in catalogues if not file.with_suffix(".mo").exists()]
    if missing:
        return Finding("message catalogues", "bad", f"{len(missing)} of {len(catalogues)} not compiled", "make setup")
    return Finding("message catalogues", "good", f"{len(catalogues)} compiled")


def _database(here: Configuration) -> Finding:
    from essaim.cli.database import set_up

    set_up()
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        return Finding("database", "warning", f"{connection.vendor}, {len(waiting)} migrations to run", "essaim manage migrate")
    return Finding("database", "good", f"{connection.vendor}, up to date")


def _release(here: Configuration) -> Finding:
    from essaim.release import current, verify

    served = current(here.releases)
    if served is None:
        return Finding("release", "warning", "none is served yet", "essaim build")
    faults = verify(served)
    if faults:
        return Finding("release", "bad", f"{served.number}: {faults[0]}", "essaim release rollback")
    return Finding("release", "good", f"{served.number} is whole")


def _browser(here: Configuration) -> Finding:
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found:
        return Finding("browser for tests", "good", found)
    return Finding("browser for tests", "warning", "no Chromium; browser tests will be skipped", "sudo apt-get install chromium")
