"""Who writes and who is written to at the desk; pages and letters in English unless a test says otherwise."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils import translation

from essaim.accounts.models import Person


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def a_person(db: None) -> Person:
    return Person.objects.create_user("ama@example.org", "not-a-real-passphrase", display_name="Ama Example", language="en")


@pytest.fixture
def a_francophone(db: None) -> Person:
    return Person.objects.create_user("awa@example.org", "not-a-real-passphrase", display_name="Awa Exemple", language="fr")


@pytest.fixture
def packaged_facts(db: None) -> None:
    from essaim.pages.packaged import load
    from essaim.pages.registry import facts_folders

    for folder in facts_folders():
        load(folder)
