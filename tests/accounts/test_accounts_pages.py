"""Institutions: names with their certainty, dates of joining as they are known."""

from __future__ import annotations

import html

import pytest
from django.test import Client

from essaim.accounts.models import Institution, Office
from essaim.accounts.views import is_unverified

pytestmark = pytest.mark.usefixtures("packaged_facts")


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


def test_members_observers_and_partners_are_kept_apart() -> None:
    counted = {type: Institution.objects.filter(type=type).count() for type in Institution.Type.values}
    assert counted == {"member": 18, "observer": 15, "partner": 3}


def test_a_date_by_which_it_took_part_is_no_date_of_joining() -> None:
    assert (Institution.objects.get(id="ICA").since, Institution.objects.get(id="ICA").since_kind) == ("2014-02", "at_latest")
    assert (Institution.objects.get(id="AUC").since, Institution.objects.get(id="AUC").since_kind) == ("2025", "since")
    assert Institution.objects.get(id="OECD").since == ""
    assert Institution.objects.get(id="OECD").last_seen == "2025-12-04"


@pytest.mark.parametrize(
    ("id", "language", "what", "expected"),
    [
        ("RIPESS", "es", "name", True),
        ("RIPESS", "fr", "name", False),
        ("ECLAC", "fr", "acronym", True),
        ("ECLAC", "es", "acronym", False),
        ("WHO", "fr", "acronym", True),
        ("WHO", "es", "acronym", True),
        ("FMDV", "en", "name", True),
        ("FMDV", "", "acronym", False),
    ],
)
def test_the_unverified_names_are_just_those_the_file_means(id: str, language: str, what: str, expected: bool) -> None:
    assert is_unverified(Institution.objects.get(id=id), language, what) is expected


def test_an_unverified_name_is_dashed(client: Client) -> None:
    page = text_of(client, "/en/institutions/RIPESS")
    row = page[page.index('<th scope="row">Spanish</th>') :].partition("</tr>")[0]
    assert 'class="mark unverified"' in row


def test_readable_ids_in_any_case_and_record_keys_lead_to_the_page(client: Client) -> None:
    for id in ("ripess", "members:RIPESS"):
        assert client.get(f"/fr/institutions/{id}")["Location"] == "/fr/institutions/RIPESS"


def test_offices_are_shown_at_the_date_of_their_source(client: Client) -> None:
    page = text_of(client, "/en/institutions/ILO")
    assert "October 2021" in page
    assert "Vic Van Vuuren" in page
    assert Office.objects.filter(institution_id="ILO").count() == 5


def test_the_page_gathers_the_meetings_it_is_named_at(client: Client) -> None:
    assert "/en/meetings/tfsse-symposium-1" in text_of(client, "/en/institutions/FAO")


def test_the_list_says_that_it_is_not_complete(client: Client) -> None:
    assert "24 counted in December 2025" in text_of(client, "/en/institutions/")


@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_every_institution_opens_in_every_language(client: Client, language: str) -> None:
    for id in Institution.objects.values_list("id", flat=True):
        assert client.get(f"/{language}/institutions/{id}").status_code == 200
