"""The room before anything is loaded."""

from __future__ import annotations

import pytest
from django.test import Client


@pytest.mark.django_db
def test_lists_and_door_open_on_an_empty_database(client: Client) -> None:
    for address in (
        "/en/instruments/",
        "/en/norms/",
        "/en/policy/",
        "/en/meetings/",
        "/en/institutions/",
        "/en/countries/",
        "/en/coordination/",
    ):
        answer = client.get(address)
        assert answer.status_code == 200, address
    assert "Nothing is loaded yet" in client.get("/en/norms/").content.decode()
