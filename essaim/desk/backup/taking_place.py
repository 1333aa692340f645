"""Taking its place: the exchange of what was laid with what is there, written down first so that any start can finish it."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path

from essaim.config import Configuration
from essaim.desk.backup import postgresql
from essaim.desk.backup.in_use import alone
from essaim.desk.backup.layout import (
    FOLDERS,
    IN_HAND,
    MADE_AGAIN,
    RELEASES,
    SECRET_KEY,
    SQLITE_BESIDE,
    SQLITE_FILE,
    STAGING,
)
from essaim.desk.backup.making import settle


@dataclass(frozen=True)
class Exchange:
    """What goes aside and what comes.

    Attributes:
        home: the data folder.
        aside: name of the folder in it, and of the schema, that keep what was there.
        going: paths in the data folder that go aside.
        coming: paths in the staging folder that take their place.
        is_postgresql: True exchanges the schemas first.
    """

    home: str
    aside: str
    going: list[str]
    coming: list[str]
    is_postgresql: bool

    @classmethod
    def plan(cls, home: Path, staging: Path, aside: str, has_secret_key: bool, is_postgresql: bool) -> Exchange:
        """Say what goes and what comes; settings and, unless the backup has one, the secret key stay."""
        names = [SQLITE_FILE, *SQLITE_BESIDE, RELEASES, *FOLDERS, *([SECRET_KEY] if has_secret_key else [])]
        going, coming = (
            [name for name in names if os.path.lexists(place / name)] + sorted(path.name for path in place.glob(f"{MADE_AGAIN}*"))
            for place in (home, staging)
        )
        return cls(str(home), aside, going, coming, is_postgresql)

    def begin(self) -> None:
        """Write it down: from this rename on the restore is going to be finished, before it nothing happened."""
        home = Path(self.home)
        os.sync()
        draft = home / f".{IN_HAND}"
        with draft.open("w", encoding="utf-8") as stream:
            json.dump(asdict(self), stream)
            stream.flush()
            os.fsync(stream.fileno())
        draft.replace(home / IN_HAND)
        settle(home)


def is_in_hand(home: Path) -> bool:
    """Tell whether a restore was broken off while it took its place."""
    return (home / IN_HAND).exists()


def finish(configuration: Configuration) -> None:
    """Do what is left of an exchange; each step can be repeated, and what went aside is never moved twice."""
    home = configuration.home
    plan = Exchange(**json.loads((home / IN_HAND).read_text("utf-8")))
    if plan.is_postgresql:
        postgresql.exchange(configuration.database_url, plan.aside.replace("-", "_"))
    staging, aside = home / STAGING, home / plan.aside
    for name in plan.going:
        is_waiting = name not in plan.coming or os.path.lexists(staging / name)
        if is_waiting and os.path.lexists(home / name) and not os.path.lexists(aside / name):
            _move(home / name, aside / name)
    for name in plan.coming:
        if os.path.lexists(staging / name):
            _move(staging / name, home / name)
    settle(home)
    (home / IN_HAND).unlink()
    shutil.rmtree(staging, ignore_errors=True)


def finish_if_broken_off(configuration: Configuration) -> None:
    """Finish a restore that was killed while it took its place; every start asks this first.

    Raises:
        BackupError: the restore is still going on.
    """
    if is_in_hand(configuration.home):
        with alone(configuration.home):
            if is_in_hand(configuration.home):
                finish(configuration)


def _move(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    os.rename(source, target)
