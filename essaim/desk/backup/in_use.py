"""Who is using a data folder: servers and workers share it, a restore wants it alone."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from essaim.desk.backup.layout import BackupError

LOCK = ".in-use"


@contextmanager
def shared(home: Path) -> Iterator[None]:
    """Say, for as long as this runs, that the data folder is in use.

    Raises:
        BackupError: it is being restored.
    """
    yield from _locked(home, fcntl.LOCK_SH, "is being restored", "Wait until the restore ends")


@contextmanager
def alone(home: Path) -> Iterator[None]:
    """Keep servers and workers away from the data folder.

    Raises:
        BackupError: one of them, or another restore, uses it.
    """
    yield from _locked(home, fcntl.LOCK_EX, "is in use by a server, a worker or another restore", "Stop Essaim, then try again")


def _locked(home: Path, kind: int, refusal: str, next_step: str) -> Iterator[None]:
    home.mkdir(parents=True, exist_ok=True)
    with (home / LOCK).open("a") as stream:
        try:
            fcntl.flock(stream, kind | fcntl.LOCK_NB)
        except OSError as error:
            raise BackupError(refusal, str(home), next_step=next_step) from error
        yield
