"""The release that pages are served from, as templates and views ask for it."""

from __future__ import annotations

from essaim.config import configuration
from essaim.release import Release, current


def served_release() -> Release | None:
    """Return the current release, or None before the first build."""
    return current(configuration().releases)
