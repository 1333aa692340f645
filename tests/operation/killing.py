"""The command line, killed by SIGKILL at the change it is told of to the file system; run as a program of its own."""

from __future__ import annotations

import os
import signal
import sys
from typing import Any

CHANGES = {
    "os.rename",
    "os.mkdir",
    "os.remove",
    "os.rmdir",
    "os.symlink",
    "os.truncate",
    "os.chmod",
    "shutil.rmtree",
    "sqlite3.connect",
}


def is_change(event: str, arguments: tuple[Any, ...]) -> bool:
    """Tell whether an audit event changes a file below one of the folders named."""
    path = str(arguments[0]) if arguments else ""
    below = any(path.startswith(place) for place in os.environ["KILL_BELOW"].split(os.pathsep))
    if event == "open":
        flags = arguments[2] if isinstance(arguments[2], int) else 0
        return below and bool(flags & (os.O_WRONLY | os.O_RDWR))
    return below and event in CHANGES


def main() -> None:
    """Count the changes into a file, or die just before the one whose number, or whose beginning, is given."""
    at, log = os.environ["KILL_AT"], os.open(os.environ["KILL_LOG"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    count = 0

    def watch(event: str, arguments: tuple[Any, ...]) -> None:
        nonlocal count
        if is_change(event, arguments):
            count += 1
            line = f"{event} {arguments[0]}"
            os.write(log, f"{line}\n".encode())
            if line.startswith(at) or str(count) == at:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(watch)
    from essaim.cli.main import main as essaim

    essaim()


if __name__ == "__main__":
    main()
