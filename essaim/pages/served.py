"""The release that pages are served from, as templates and views ask for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from essaim.config import configuration

if TYPE_CHECKING:
    from essaim.release import Release


def served_release() -> Release | None:
    """Return the current release, or None before the first build."""
    try:
        from essaim.release import current
    except ImportError:  # until the door stands
        return None
    return current(configuration().releases)
