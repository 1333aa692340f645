"""The sources: licence, freshness, what was mended, and what was set aside with its reason."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override

from essaim.release import Release
from essaim.web.source_words import expected_words, permits, repair, warning
from essaim.web.sources import freshness

pytestmark = pytest.mark.django_db


def a_source(days: int, cadence: str = "weekly", **more: Any) -> dict[str, Any]:
    checked = datetime.now(UTC) - timedelta(days=days)
    return {"cadence": cadence, "problem": "", "snapshot": {"is_stale": False, "checked_at": checked.isoformat()}} | more


def test_a_source_is_late_after_twice_its_cadence_and_stale_when_the_last_try_failed() -> None:
    assert freshness(a_source(3)) == "fresh"
    assert freshness(a_source(30)) == "late"
    assert freshness(a_source(3000, "once")) == "fresh"
    assert freshness(a_source(1, problem="cannot be reached")) == "stale"


def test_codes_are_said_in_words_and_unknown_ones_as_they_stand() -> None:
    with override("en"):
        assert repair("encoding_guessed:cp1252") == "the file is not in UTF-8; its encoding was guessed (cp1252)"
        assert repair("something_new") == "something new"
        assert warning({"code": "more_than_expected", "parameters": {"found": "1200", "expected": "1000"}}).startswith(
            "More records"
        )
        assert expected_words(5, 11) == "from 5 to 11 records"
        assert expected_words(0, None) == ""
        assert permits({"id": "X-1", "permits": "reading only"}) == {"text": "reading only", "language": "en"}


def test_the_list_names_every_source_of_the_release(client: Client, mini_release: Release) -> None:
    page = client.get("/fr/sources/").content.decode()
    for source in mini_release.sources():
        assert f'href="/fr/sources/{source["id"]}"' in page
    assert "Registre d’exemple" in page


def test_a_source_tells_licence_repairs_checksum_and_what_was_set_aside(client: Client, mini_release: Release) -> None:
    page = client.get("/en/sources/mini_register").content.decode()
    source = mini_release.source("mini_register")
    assert source is not None
    assert source["snapshot"]["sha256"] in page
    assert "anything, without conditions" in page
    assert "CC0-1.0" in page
    assert "Another record before it has the same identifier, R1." in page
    assert "encoding" in page
    assert "/en/search/?source=mini_register" in page


def test_an_unknown_source_is_not_found(client: Client, mini_release: Release) -> None:
    assert client.get("/en/sources/nobody").status_code == 404


def test_before_the_first_release_the_page_tells_how_to_make_one(client: Client, before_the_first_release: None) -> None:
    assert b"essaim build" in client.get("/en/sources/").content
    assert client.get("/en/sources/mini_register").status_code == 404
