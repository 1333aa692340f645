"""Gather: the exact bytes of a source, kept with date, checksum and licence, the last good ones never lost."""

from __future__ import annotations

from essaim.pipeline.gather.cadence import is_due
from essaim.pipeline.gather.gathering import gather
from essaim.pipeline.gather.snapshot import Snapshot, last_snapshot

__all__ = ["Snapshot", "gather", "is_due", "last_snapshot"]
