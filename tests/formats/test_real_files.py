"""Real files of real publishers are read to their end, or refused in plain words."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import pytest

from essaim.errors import ReadError
from essaim.formats import SUFFIXES, read

SAID = os.environ.get("ESSAIM_TEST_DATA", "")
FOLDER = Path(SAID) / "orgs"
FILES = sorted(file for file in FOLDER.rglob("*") if file.suffix.lower() in SUFFIXES) if SAID else []


@pytest.mark.real_data
@pytest.mark.skipif(not SAID, reason="ESSAIM_TEST_DATA names no folder of real files")
def test_every_real_file_is_read_or_refused() -> None:
    counts: Counter[str] = Counter()
    refused: list[ReadError] = []
    assert FILES, f"no readable file under {FOLDER}"
    for file in FILES:
        try:
            reading = read(file)
            number = sum(1 for _row in reading.rows)
        except ReadError as error:
            refused.append(error)
            print(f"refused: {error}")
            continue
        print(f"{file.name}: {reading.format}, {number} rows, {dict(reading.repairs)}")
        counts.update(read=1, rows=number, without_rows=number == 0)
    print(f"{dict(counts)}, {len(refused)} refused")
    assert counts["without_rows"] == 0
    assert counts["read"] > len(refused) * 5
    assert all("option path" in error.next_step for error in refused), "only files that need a path may be refused here"
