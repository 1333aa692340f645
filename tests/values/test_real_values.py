"""Values as a real directory writes them are read, and its mistakes are told."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from essaim.errors import RecordError
from essaim.values import countries, places


@pytest.mark.real_data
def test_a_real_directory_is_read_but_for_its_two_misspelt_countries(test_data: Path) -> None:
    outcomes: Counter[str] = Counter()
    with (test_data / "orgs/ica_youth/youth_led_coops.csv").open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            try:
                country = countries.parse(row["Country"])
                outcomes[places.parse(row["Longitude"], row["Latitude"], country=country).fit] += 1
            except RecordError as error:
                outcomes[error.what] += 1
    assert outcomes == {"inside": 95, "unknown country": 2}
