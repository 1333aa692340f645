"""The page of an organisation, on the release of the small world."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from essaim.release import Release

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("mini_release")]


def address(release: Release, key: str, language: str = "en") -> str:
    document = release.page("organisation", key)
    assert document is not None
    return f"/{language}/organisations/{document['id']}-{document['slug']}"


def read(client: Client, release: Release, key: str, language: str = "en") -> str:
    answer = client.get(address(release, key, language))
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("key", ["mini_networks:world", "world", "WORLD"])
def test_record_keys_and_readable_ids_lead_on_for_good(client: Client, mini_release: Release, key: str) -> None:
    answer = client.get(f"/en/organisations/{key}?members=2")
    assert answer.status_code == 301
    assert answer.headers["Location"] == address(mini_release, "mini_networks:world") + "?members=2"


def test_a_former_slug_leads_on_and_the_canonical_address_stays(client: Client, mini_release: Release) -> None:
    canonical = address(mini_release, "mini_networks:world")
    id = mini_release.find("organisation", "mini_networks:world")
    assert client.get(f"/en/organisations/{id}-its-former-name").headers["Location"] == canonical
    assert client.get(f"/en/organisations/{id}").headers["Location"] == canonical
    assert client.get(canonical).status_code == 200


def test_an_unknown_id_is_told_with_a_search_for_its_words(client: Client) -> None:
    answer = client.get("/en/organisations/o00000000000-lost-gardens")
    assert answer.status_code == 404
    assert 'value="lost gardens"' in answer.content.decode()


def test_an_id_cannot_break_out_of_the_page_that_tells_it(client: Client) -> None:
    page = client.get("/en/organisations/<script>alert(1)<%2Fscript>").content.decode()
    assert "<script>alert" not in page


def test_a_name_in_arabic_says_its_language_and_direction(client: Client, mini_release: Release) -> None:
    page = read(client, mini_release, "mini_directory:d6")
    assert re.search(r'<h1 lang="ar" dir="rtl">تعاونية المثال</h1>', page)


def test_two_founding_years_stand_side_by_side(client: Client, mini_release: Release) -> None:
    document = mini_release.page("organisation", "mini_register:R1")
    assert document is not None
    assert document["disputed"] == ["founded"]
    page = read(client, mini_release, "mini_register:R1")
    conflict = re.search(r'<div class="conflict">.*?</div>', page, re.S)
    assert conflict is not None
    assert "1998" in conflict[0]
    assert "2001" in conflict[0]


def test_what_no_source_says_is_not_known_and_never_a_no(client: Client, mini_release: Release) -> None:
    page = read(client, mini_release, "mini_register:R5")
    row = re.search(r'<th scope="row">Website</th><td>(.*?)</td>', page, re.S)
    assert row is not None
    assert "not known" in row[1]
    assert ">No<" not in page


def test_the_un_answer_stands_beside_the_national_one(client: Client, mini_release: Release) -> None:
    page = read(client, mini_release, "mini_register:R1")
    cards = re.findall(r'<article class="answer">.*?</article>', page, re.S)
    assert len(cards) == 2
    assert "UN definition" in cards[0]
    assert "Law of France" in cards[1]
    assert all('class="verdict' in card for card in cards)


def test_without_a_country_the_missing_law_is_told(client: Client, mini_release: Release) -> None:
    page = read(client, mini_release, "mini_networks:world")
    assert "No country is known for it" in page


def test_the_networks_above_are_told_up_to_the_top(client: Client, mini_release: Release) -> None:
    page = read(client, mini_release, "mini_register:R1")
    above = page[page.index('id="networks"') :]
    assert "Example Network of Europe" in above
    assert "Example World Network" in above
    assert "since 2009" in above


def test_networks_in_a_circle_end_the_climb(client: Client, mini_release: Release) -> None:
    page = read(client, mini_release, "mini_networks:europe")
    assert page.count("and through it in") == 0


def test_members_are_listed_with_their_country(client: Client, mini_release: Release) -> None:
    page = read(client, mini_release, "mini_networks:europe")
    members = page[page.index('id="members"') :]
    assert "Invented Housing Co-operative" in members
    assert "United Kingdom" in members


def test_a_page_of_members_beyond_the_last_says_so(client: Client, mini_release: Release) -> None:
    page = client.get(address(mini_release, "mini_networks:europe") + "?members=99").content.decode()
    assert "There is no such page of members." in page


@pytest.mark.parametrize("asked", ["-1", "0", "x", "9" * 40, "²"])
def test_a_page_number_that_is_none_shows_the_first_page(client: Client, mini_release: Release, asked: str) -> None:
    page = client.get(address(mini_release, "mini_networks:europe"), {"members": asked}).content.decode()
    assert "Invented Housing Co-operative" in page


def test_the_address_of_a_copy_is_told_and_never_linked(client: Client, mini_release: Release) -> None:
    page = read(client, mini_release, "mini_networks:europe")
    assert "docplayer.fr" in page
    assert "kept as evidence, not a link" in page
    assert not re.search(r'href="[^"]*docplayer', page)


def test_why_two_records_are_one_is_told_with_weights(client: Client, mini_release: Release) -> None:
    page = read(client, mini_release, "mini_register:R1")
    told = page[page.index('id="one-page"') :]
    assert "mini_register:R1" in told
    assert "mini_directory:d1" in told
    assert re.search(r"[+−]\d+(\.\d)? bits", told)


def test_a_map_shows_a_point_only_where_one_is_known(client: Client, mini_release: Release) -> None:
    assert 'class="pin"' in read(client, mini_release, "mini_directory:d3")
    assert 'class="pin"' not in read(client, mini_release, "mini_networks:world")


@pytest.mark.parametrize(("language", "date"), [("en", "March 1951"), ("fr", "mars 1951"), ("es", "marzo de 1951")])
def test_a_month_is_written_as_each_language_writes_it(client: Client, mini_release: Release, language: str, date: str) -> None:
    assert date in read(client, mini_release, "mini_register:R2", language)


@pytest.mark.parametrize(("language", "number"), [("en", "12,000"), ("fr", "12\u202f000"), ("es", "12.000")])
def test_a_number_is_written_as_each_language_writes_it(
    client: Client, mini_release: Release, language: str, number: str
) -> None:
    assert number in read(client, mini_release, "mini_register:R2", language)


def test_identifiers_tell_whether_their_check_digit_is_right(client: Client, mini_release: Release) -> None:
    assert "552 100 554" in read(client, mini_release, "mini_register:R1")
    assert "check digit right" in read(client, mini_release, "mini_register:R1")


def test_every_raised_number_leads_to_a_source_of_the_page(client: Client, mini_release: Release) -> None:
    for document in mini_release.every("organisation"):
        page = read(client, mini_release, document["id"])
        for number in set(re.findall(r'href="#source-(\d+)"', page)):
            assert f'id="source-{number}"' in page, document["id"]


def test_every_property_that_has_a_value_has_a_row(client: Client, mini_release: Release) -> None:
    from essaim.pages.released.words import property_label
    from essaim.recognition.page import FACTS

    for document in mini_release.every("organisation"):
        page = read(client, mini_release, document["id"])
        assert set(document["values"]) <= set(FACTS), document["id"]
        for name in document["values"]:
            assert f'<th scope="row">{property_label(name)}</th>' in page


def test_the_page_cites_itself_with_the_release(client: Client, mini_release: Release) -> None:
    page = read(client, mini_release, "mini_register:R1")
    assert f"in Essaim, release {mini_release.number}" in page


def test_the_list_of_organisations_is_the_search_with_its_filters(client: Client) -> None:
    assert client.get("/fr/organisations/?country=FRA").headers["Location"] == "/fr/search/?country=FRA&kind=organisation"


def test_the_landing_page_counts_what_the_release_counts(client: Client, mini_release: Release) -> None:
    page = client.get("/en/recognition/").content.decode()
    assert f">{mini_release.figures()['organisation']}<" in page
