"""Countries: what they say comes first, figures are never without what they count."""

from __future__ import annotations

import html
import re

import pytest
from django.test import Client

from essaim.countries.models import Country, Figure
from essaim.countries.reading import fact_id
from essaim.reference import is_readers_link

pytestmark = pytest.mark.usefixtures("packaged_facts")


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


def test_priorities_stand_before_everything_else(client: Client) -> None:
    page = text_of(client, "/en/countries/SEN")
    headings = re.findall(r"<h2>([^<]+)</h2>", page)
    assert headings[0] == "What the country itself says"
    assert "17 decisions" in page


def test_no_priority_known_is_not_said_as_none(client: Client) -> None:
    page = text_of(client, "/en/countries/AUT")
    assert 'class="mark unexamined"' in page
    assert "that does not mean that there is none" in page


def test_the_two_studies_of_jobs_are_not_to_be_compared(client: Client) -> None:
    assert "do not read a change" in text_of(client, "/en/countries/AUT")
    assert "do not read a change" not in text_of(client, "/en/countries/ARG")


def test_figures_that_disagree_are_marked_and_stand_side_by_side(client: Client) -> None:
    page = text_of(client, "/en/countries/ARG")
    group = page.partition("<h3>Jobs in cooperatives</h3>")[2].partition("<h3>")[0]
    assert group.count('class="mark disputed"') == 3
    assert "333,878" in group
    assert "400,000" in group


def test_a_doubtful_figure_is_never_without_its_note(client: Client) -> None:
    doubtful = Figure.objects.filter(is_doubtful=True)
    assert doubtful.count() == 2
    for figure in doubtful:
        page = text_of(client, f"/en/countries/{figure.country_id}")
        assert "doubtful" in page
        assert figure.facts["doubtful_note"] in page


def test_a_range_stays_a_range() -> None:
    assert "25000-33000" in list(Figure.objects.values_list("value", flat=True))


def test_a_changed_value_keeps_the_id_and_another_year_does_not() -> None:
    fact = {"indicator": "jobs", "year": 2020, "value": 1}
    marks = ("indicator", "year")
    assert fact_id("XXX", "figures", fact, marks) == fact_id("XXX", "figures", {**fact, "value": 2}, marks)
    assert fact_id("XXX", "figures", fact, marks) != fact_id("XXX", "figures", {**fact, "year": 2021}, marks)


def test_the_laws_of_a_country_come_from_the_other_room(client: Client) -> None:
    page = text_of(client, "/fr/countries/TUN")
    assert "/fr/instruments/tun-loi-2020-30" in page


def test_every_law_that_the_file_lists_is_known() -> None:
    from essaim.pages.registry import kind

    listed = {id for laws in Country.objects.values_list("laws", flat=True) for id in laws}
    assert [id for id in listed if kind("instrument").find(id) is None] == []


def test_a_country_without_packaged_facts_has_a_page_all_the_same(client: Client) -> None:
    assert not Country.objects.filter(id="AFG").exists()
    assert "<h1>Afghanistan</h1>" in text_of(client, "/en/countries/AFG")
    assert client.get("/en/countries/XXX").status_code == 404
    assert client.get("/en/countries/sen")["Location"] == "/en/countries/SEN"


def test_the_register_is_asked_by_its_address(client: Client) -> None:
    assert "/fr/search/?kind=organisation&country=SEN" in text_of(client, "/fr/countries/SEN")


def test_names_come_in_the_readers_language_and_order(client: Client) -> None:
    things = client.get("/es/countries/").context["things"]
    titles = [one.title for one in client.get("/es/countries/").context["items"]]
    assert "Alemania" in titles
    assert len(things) == 72


def test_the_list_filters_by_what_is_known(client: Client) -> None:
    things = client.get("/en/countries/?known=priorities").context["things"]
    assert {one.id for one in things} == set(Country.objects.filter(priority__isnull=False).values_list("id", flat=True))


def test_no_page_links_to_a_copy(client: Client) -> None:
    pages = [f"/en/countries/{id}" for id in Country.objects.values_list("id", flat=True)]
    outside = {href for page in pages for href in re.findall(r'href="(https?://[^"]+)"', text_of(client, page))}
    assert [href for href in outside if not is_readers_link(href)] == []


@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_every_country_opens_in_every_language(client: Client, language: str) -> None:
    for id in Country.objects.values_list("id", flat=True):
        assert client.get(f"/{language}/countries/{id}").status_code == 200
