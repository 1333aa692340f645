"""Processes that run side by side: the server and the worker start together and stop together."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Sequence

import click

from essaim.errors import ConfigurationError

Command = list[str]


def check_port(host: str, port: int) -> None:
    """Refuse to start where another program listens.

    Raises:
        ConfigurationError: the port is taken, or the address is not this machine's.
    """
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            next_step = f"Stop the other program, or choose another: essaim start --port {port + 1}"
            raise ConfigurationError(f"cannot listen ({error.strerror})", f"{host}:{port}", next_step=next_step) from error


def server(host: str, port: int) -> Command:
    """Return the command of the server: two processes of four threads."""
    options = [
        "--bind",
        f"{host}:{port}",
        "--workers",
        "2",
        "--threads",
        "4",
        "--max-requests",
        "20000",
        "--access-logfile",
        os.devnull,
        "--logger-class",
        "essaim.web.server_log.ServerLog",
    ]
    return [sys.executable, "-m", "gunicorn", *options, "--log-level", "warning", "essaim.web.wsgi:application"]


def worker() -> Command:
    """Return the command of the background worker."""
    return [sys.executable, "-m", "essaim.cli.main", "worker"]


def run_together(commands: Sequence[Command], address: tuple[str, int]) -> None:
    """Run processes until one ends or a person stops them; then stop all. Meanwhile nobody restores a backup here.

    Raises:
        SystemExit: with the exit code of the process that ended by itself.
        BackupError: a backup is being restored.
    """
    from essaim.config import configuration
    from essaim.desk.backup.in_use import shared
    from essaim.desk.backup.taking_place import finish_if_broken_off

    finish_if_broken_off(configuration())
    with shared(configuration().home):
        _run_together(commands, address)


def _run_together(commands: Sequence[Command], address: tuple[str, int]) -> None:
    environment = {"DJANGO_SETTINGS_MODULE": "essaim.web.settings"} | os.environ
    processes = [subprocess.Popen(command, env=environment, start_new_session=True) for command in commands]
    stopping = False

    def stop(signum: int, frame: object) -> None:
        nonlocal stopping
        stopping = True

    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, stop)
    try:
        _say_when_ready(address, processes[0])
        while not stopping and all(process.poll() is None for process in processes):
            time.sleep(0.2)
    finally:
        codes = [process.poll() for process in processes]
        for process in processes:
            if process.poll() is None:
                process.terminate()
        for process in processes:
            try:
                process.wait(timeout=15)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
    ended = [code for code in codes if code is not None]
    if ended and not stopping:
        click.echo("essaim: a process ended by itself; its last words stand above.", err=True)
        raise SystemExit(1)


def _say_when_ready(address: tuple[str, int], process: subprocess.Popen[bytes]) -> None:
    url = f"http://{address[0]}:{address[1]}/"
    for _ in range(300):
        if process.poll() is not None:
            return
        try:
            with urllib.request.urlopen(f"{url}health", timeout=2):
                click.echo(f"Essaim answers on {url} (stop with Ctrl-C)")
                return
        except OSError:
            time.sleep(0.1)
    click.echo(f"Essaim was started but does not answer on {url} yet.", err=True)
