"""Gathering by cadence: the schedule asks sources whose time has come, as a process of its own, and wishes for a build."""

from __future__ import annotations

import json

from essaim.config import configuration
from essaim.desk.build_wishes import wish_for_build
from essaim.desk.processes import ESSAIM, run_command
from essaim.errors import EssaimError


class GatheringError(EssaimError):
    """Sources could not be asked."""


def gather_what_is_due() -> dict[str, int]:
    """Ask every source whose cadence says so; where bytes came that are new, wish for a build.

    Returns:
        How many were asked, changed and failed.

    Raises:
        GatheringError: the command broke.
    """
    if configuration().offline:
        return {"asked": 0, "changed": 0, "failed": 0}
    done = run_command([*ESSAIM, "gather", "--due", "--json"])
    try:
        rows = json.loads(done.stdout)
    except ValueError:
        raise GatheringError("essaim gather --due broke", found=done.stderr[-500:], next_step="Run it by hand") from None
    changed = sum(bool(row["is_changed"]) for row in rows)
    if changed:
        wish_for_build("gathered")
    return {"asked": len(rows), "changed": changed, "failed": sum(not row["is_fresh"] for row in rows)}
