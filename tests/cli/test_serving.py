"""Starting and stopping: nothing built twice, a taken port refused in words, no process left behind."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.cli.running import ESSAIM, environment, run_in


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def below(process: int) -> set[int]:
    """Return the processes that a process started, and those that they started."""
    listed = subprocess.run(["ps", "-e", "-o", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    parents = {int(line.split()[0]): int(line.split()[1]) for line in listed.splitlines()}
    found: set[int] = set()
    while more := {child for child, parent in parents.items() if parent in found | {process}} - found:
        found |= more
    return found


def is_alive(process: int) -> bool:
    """Tell whether a process runs; one that ended and waits to be buried does not."""
    try:
        return "State:\tZ" not in Path(f"/proc/{process}/status").read_text()
    except OSError:
        return False


@contextmanager
def started(home: Path, port: int, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """Run `essaim start` or `serve` until it answers, or ends; stop it afterwards."""
    running = subprocess.Popen(
        [*ESSAIM, *arguments, "--port", str(port)],
        env=environment(home),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        wait_for(port, running)
        yield running
    finally:
        if running.poll() is None:
            running.terminate()
        running.communicate(timeout=60)


def wait_for(port: int, running: subprocess.Popen[str]) -> None:
    """Wait until a server answers on a port."""
    for _ in range(600):
        if running.poll() is not None:
            pytest.fail(f"it ended by itself: {running.communicate()[0]}")
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=5):
                return
        except OSError:
            time.sleep(0.1)
    pytest.fail("it does not answer")


def test_start_serves_what_is_there_and_sigterm_ends_every_process(own_home: Path) -> None:
    before = json.loads(run_in(own_home, "release", "list").stdout)
    port = free_port()
    with started(own_home, port, "start") as running:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/en/", timeout=30) as answer:
            assert b"Essaim" in answer.read()
        family = below(running.pid)
        assert len(family) >= 3  # the server, its workers, the background worker
        running.send_signal(signal.SIGTERM)
        told, _ = running.communicate(timeout=60)
        assert running.returncode == 0, told
    assert not [process for process in family if is_alive(process)]
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(("127.0.0.1", port))
    assert f"http://127.0.0.1:{port}/" in told
    assert "Gathering" not in told
    assert json.loads(run_in(own_home, "release", "list").stdout) == before


def test_a_server_that_is_killed_ends_start_with_a_word(own_home: Path) -> None:
    port = free_port()
    with started(own_home, port, "start", "--no-worker") as running:
        (server,) = [
            child for child in below(running.pid) if f"PPid:\t{running.pid}\n" in Path(f"/proc/{child}/status").read_text()
        ]
        subprocess.run(["kill", "-KILL", str(server)], check=True)
        told, _ = running.communicate(timeout=60)
        assert running.returncode == 1
    assert "a process ended by itself" in told


@pytest.mark.parametrize("command", ["serve", "start"])
def test_a_taken_port_is_refused_in_words(own_home: Path, command: str) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = run_in(own_home, command, "--port", str(port))
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert f"127.0.0.1:{port}" in line
    assert f"essaim start --port {port + 1}" in line
