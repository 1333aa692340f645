"""When the time has come to ask a source again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from essaim.pipeline.gather import Snapshot, is_due

NOW = datetime(2026, 11, 24, 6, tzinfo=UTC)


def asked(before: timedelta) -> Snapshot:
    return Snapshot(Path("x"), "00", NOW - timedelta(days=400), NOW - before, "https://example.org/x.csv", "CC0-1.0")


@pytest.mark.parametrize(
    ("cadence", "before", "expected"),
    [
        ("daily", timedelta(hours=23, minutes=59), True),
        ("daily", timedelta(hours=18), False),
        ("weekly", timedelta(days=6), False),
        ("weekly", timedelta(days=7), True),
        ("yearly", timedelta(days=364), False),
        ("yearly", timedelta(days=365), True),
        ("once", timedelta(days=4000), False),
        ("with_the_package", timedelta(days=4000), False),
    ],
)
def test_a_source_is_due_by_its_cadence(cadence: str, before: timedelta, expected: bool) -> None:
    assert is_due(cadence, asked(before), NOW) is expected


def test_a_source_never_asked_is_due_and_so_is_one_that_failed() -> None:
    assert is_due("yearly", None, NOW)
    assert is_due("yearly", replace(asked(timedelta(days=1)), is_stale=True), NOW)
    assert not is_due("once", None, NOW)
