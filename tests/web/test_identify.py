"""Lasting addresses: one for people and machines, and where each is led."""

from __future__ import annotations

import pytest
from django.test import Client

from essaim.release import Release

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("mini_release")]


@pytest.mark.parametrize(
    ("accept", "language", "ending"),
    [
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "fr-CH, fr;q=0.9", ""),
        ("*/*", "en", ""),
        ("application/json", "es", ".json"),
        ("application/ld+json", "en", ".jsonld"),
        ("text/turtle", "en", ".ttl"),
        ("application/n-triples", "en", ".nt"),
        ("text/csv", "en", ".csv"),
        ("text/turtle;q=0.5, application/ld+json", "en", ".jsonld"),
    ],
)
def test_a_reader_is_led_to_what_it_accepts(
    client: Client, mini_release: Release, accept: str, language: str, ending: str
) -> None:
    document = mini_release.page("organisation", "mini_register:R1")
    assert document is not None
    answer = client.get(f"/id/organisation/{document['id']}", headers={"Accept": accept, "Accept-Language": language})
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"/{language[:2]}/organisations/{document['id']}-{document['slug']}{ending}"
    assert {"Accept", "Accept-Language"} <= set(answer.headers["Vary"].split(", "))
    assert client.get(answer.headers["Location"]).status_code == 200


def test_the_answer_names_the_other_forms(client: Client) -> None:
    link = client.get("/id/organisation/mini_register:R1").headers["Link"]
    assert link.count('rel="alternate"') == 5


def test_what_nobody_has_cannot_be_had(client: Client) -> None:
    answer = client.get("/id/organisation/mini_register:R1", headers={"Accept": "image/png"})
    assert answer.status_code == 406
    assert "text/turtle" in answer.json()["detail"]


@pytest.mark.parametrize(
    "address", ["organisation/o00000000000", "unicorn/1", "source/none", "release/1999-01-01.1", "entity_type/none"]
)
def test_what_is_not_there_is_not_found(client: Client, address: str) -> None:
    assert client.get(f"/id/{address}").status_code == 404


def test_sources_releases_and_types_have_lasting_addresses_too(client: Client, mini_release: Release) -> None:
    assert client.get("/id/source/mini_register").headers["Location"] == "/en/sources/mini_register"
    assert client.get(f"/id/release/{mini_release.number}").headers["Location"] == f"/en/releases/{mini_release.number}"
    assert "entity_type=mutual" in client.get("/id/entity_type/mutual").headers["Location"]
    asked = client.get("/id/source/mini_register", headers={"Accept": "application/json"})
    assert client.get(asked.headers["Location"]).json()["id"] == "mini_register"


def test_a_release_s_address_cannot_climb_out_of_its_folder(client: Client) -> None:
    assert client.get("/id/release/..").status_code == 404


def test_every_lasting_address_in_the_linked_data_answers(client: Client, mini_release: Release) -> None:
    for document in mini_release.every("organisation"):
        assert client.get(f"/id/organisation/{document['id']}").status_code == 303
