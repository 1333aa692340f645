"""The packaged facts of every room, loaded as a first start loads them, and English outside of requests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils import translation

from essaim.pages.packaged import load
from essaim.pages.registry import facts_folders


@pytest.fixture
def packaged_facts(db: None) -> Iterator[None]:
    for folder in facts_folders():
        load(folder)
    with translation.override("en"):
        yield
