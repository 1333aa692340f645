"""What the site says of itself, and what it tells crawlers."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.utils.translation import override

from essaim.release import Release
from essaim.web.about import gaps, read_attribution, software

pytestmark = pytest.mark.django_db
PAGES = ["about-the-data", "privacy", "accessibility", "attribution", "sources", "releases", "map", "search"]


@pytest.mark.parametrize("language", ["en", "fr", "es"])
@pytest.mark.parametrize("page", PAGES)
def test_every_page_stands_in_every_language_with_one_title_and_no_cookie(
    client: Client, mini_release: Release, language: str, page: str
) -> None:
    answer = client.get(f"/{language}/{page}/")
    text = answer.content.decode()
    assert answer.status_code == 200
    assert len(re.findall("<h1", text)) == 1
    assert not answer.cookies
    assert not re.search(r"\sstyle=|<style", text)
    ids = re.findall(r'\sid="([^"]+)"', text)
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("page", ["about-the-data", "privacy", "accessibility", "attribution", "sources", "releases"])
def test_every_page_stands_before_the_first_release(client: Client, before_the_first_release: None, page: str) -> None:
    assert client.get(f"/en/{page}/").status_code == 200


def test_the_gaps_are_told_in_the_release_s_figures(mini_release: Release) -> None:
    with override("en"):
        told = gaps(mini_release.figures())
    assert str(mini_release.figures()["organisation"]) in {row["of"] for row in told}
    assert all(row["label"] and row["count"] for row in told)


def test_everything_named_has_a_licence_and_words_in_three_languages() -> None:
    for part in read_attribution().values():
        for entry in part:
            assert entry["licence"]
            assert set(entry["what"]) == {"en", "fr", "es"}


def test_the_programmes_are_those_installed_each_with_its_licence() -> None:
    found = {one["name"].lower(): one for one in software()}
    assert found["django"]["licence"] == "BSD-3-Clause"
    assert all(one["licence"] and one["address"].startswith("http") for one in found.values())


def test_crawlers_are_told_where_the_addresses_are(client: Client) -> None:
    text = client.get("/robots.txt").content.decode()
    assert re.search(r"^Sitemap: http\S+/sitemap\.xml$", text, re.MULTILINE)
    assert "Disallow: /tiles/" in text


def test_every_organisation_is_in_the_list_of_addresses_in_every_language(client: Client, mini_release: Release) -> None:
    parts = re.findall(r"<loc>[^<]+(/sitemap-[^<]+)</loc>", client.get("/sitemap.xml").content.decode())
    assert "/sitemap-organisation-1.xml" in parts
    texts = {part: client.get(part).content.decode() for part in parts}
    for text in texts.values():
        ElementTree.fromstring(text)
    assert texts["/sitemap-organisation-1.xml"].count("<url>") == 3 * mini_release.figures()["organisation"]
    assert 'hreflang="fr"' in texts["/sitemap-site.xml"]


@pytest.mark.parametrize("part", ["organisation-0", "organisation-99", "nothing-1", "organisation-x"])
def test_a_part_that_is_not_there_is_not_found(client: Client, mini_release: Release, part: str) -> None:
    assert client.get(f"/sitemap-{part}.xml").status_code == 404


def test_the_old_name_of_the_picture_leads_to_the_picture(client: Client) -> None:
    assert client.get("/favicon.ico").headers["Location"].endswith(".svg")
