from __future__ import annotations

from pathlib import Path

import pytest

from essaim.text import Index, build_index

from .sample_entries import ENTRIES


@pytest.fixture(scope="session")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    folder: Path = tmp_path_factory.mktemp("search") / "index"
    assert build_index(ENTRIES, folder) == len(ENTRIES)
    return Index.open(folder)
