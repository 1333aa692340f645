"""The home page: live figures that say what they cover, the map, and what the last release changed."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.utils.translation import override

from essaim.release import Release
from essaim.web.home import cards, changes, coverage

pytestmark = pytest.mark.django_db


def test_the_figures_are_the_release_s(client: Client, mini_release: Release) -> None:
    page = client.get("/en/").content.decode()
    shown = re.findall(r'<p class="figure-value">([^<]+)</p>', page)
    assert shown[0] == str(mini_release.figures()["organisation"])
    assert f'href="/en/releases/{mini_release.number}"' in page


def test_a_room_with_nothing_says_so_and_never_zero(mini_release: Release) -> None:
    with override("en"):
        empty = [card for card in cards(mini_release) if card["value"] == "–"]
    assert empty
    assert all(card["label"] == "nothing loaded yet" and not card["coverage"] for card in empty)


def test_the_map_leads_to_the_filtered_map(client: Client, mini_release: Release) -> None:
    assert 'href="/es/map/?country=FRA"' in client.get("/es/").content.decode()


def test_coverage_accounts_for_every_organisation() -> None:
    with override("en"):
        told = coverage({"organisation": 10, "by_precision": {"point": 1, "town": 2, "country": 3}})
    assert told == "3 of 10 organisations are known to the town or the place, 3 to the country only; of 4 no place is known."


def test_the_first_release_is_told_as_such(mini_release: Release) -> None:
    told = changes(mini_release)
    assert told["is_first"] is (mini_release.diff()["from"] is None)
    assert all(one["count"] for one in told["counts"])


def test_before_the_first_release_the_page_tells_how_to_make_one(client: Client, before_the_first_release: None) -> None:
    answer = client.get("/en/")
    assert answer.status_code == 200
    assert b"essaim build" in answer.content
    assert b"world-map" not in answer.content


@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_the_page_speaks_its_language_and_sets_no_cookie(client: Client, mini_release: Release, language: str) -> None:
    answer = client.get(f"/{language}/")
    assert f'<html lang="{language}"' in answer.content.decode()
    assert not answer.cookies
