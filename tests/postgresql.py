"""A real PostgreSQL of the tests' own: a cluster in a temporary folder, on 127.0.0.1, gone when the tests end."""

from __future__ import annotations

import atexit
import os
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path

PROGRAMS = Path("/usr/lib/postgresql")
UNSAFE_AND_FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "shared_buffers=64MB", "max_connections=40")
MISSING = "no PostgreSQL on this machine: sudo apt-get install postgresql"


def programs() -> Path | None:
    """Return the folder of initdb and postgres, the newest where there are several; None where there is none."""
    versions = sorted(PROGRAMS.glob("*/bin/postgres"), key=lambda path: int(path.parts[-3]), reverse=True)
    if versions:
        return versions[0].parent
    found = shutil.which("postgres")
    return Path(found).resolve().parent if found else None


class Cluster:
    """A running PostgreSQL server.

    Attributes:
        port: where it listens on 127.0.0.1.
    """

    def __init__(self, bin: Path) -> None:
        """Make the cluster's files and start the server; as root both are done by Debian's user `postgres`, as it demands."""
        self._bin = bin
        self._folder = Path(tempfile.mkdtemp(prefix="essaim-postgresql-"))
        self._by = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        if self._by:
            shutil.chown(self._folder, "postgres", "postgres")
        self._data = self._folder / "data"
        options = ["--auth=trust", "--username=essaim", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
        self._run("initdb", *options, f"--pgdata={self._data}")
        self.port = free_port()
        settings = [f"--{one}" for one in (*UNSAFE_AND_FAST, f"port={self.port}", "listen_addresses=127.0.0.1")]
        command = [*self._by, str(bin / "postgres"), "-D", str(self._data), "-k", str(self._folder), *settings]
        with (self._folder / "log").open("wb") as log:
            self._server = subprocess.Popen(command, cwd="/", stdout=log, stderr=log)
        self._wait()

    def url(self, name: str) -> str:
        """Return the address of a database as ESSAIM_DATABASE_URL takes it."""
        return f"postgresql://essaim@127.0.0.1:{self.port}/{name}"

    def make(self, name: str) -> str:
        """Make an empty database and return its address."""
        self._run("createdb", "--host=127.0.0.1", f"--port={self.port}", "--username=essaim", name)
        return self.url(name)

    def stop(self) -> None:
        """End the server at once and remove its files."""
        if self._server.poll() is None:
            self._run("pg_ctl", "stop", f"--pgdata={self._data}", "--mode=immediate", "--silent")
            self._server.wait(timeout=30)
        shutil.rmtree(self._folder, ignore_errors=True)

    def _run(self, program: str, *arguments: str) -> None:
        command = [*self._by, str(self._bin / program), *arguments]
        subprocess.run(command, cwd="/", check=True, capture_output=True)

    def _wait(self) -> None:
        for _ in range(300):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0 and self._answers():
                    return
            if self._server.poll() is not None:
                break
            time.sleep(0.05)
        raise RuntimeError(f"PostgreSQL does not start: {(self._folder / 'log').read_text('utf-8', 'replace')[-2000:]}")

    def _answers(self) -> bool:
        command = [str(self._bin / "pg_isready"), "--quiet", "--host=127.0.0.1", f"--port={self.port}"]
        return subprocess.run(command, check=False).returncode == 0


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start() -> Cluster | None:
    """Start a server that ends with this process; None where PostgreSQL is not installed."""
    bin = programs()
    if bin is None:
        return None
    cluster = Cluster(bin)
    atexit.register(cluster.stop)
    return cluster
