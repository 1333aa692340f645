"""Meetings: what is known, by whom, and on the line of time."""

from __future__ import annotations

import html
import re

import pytest
from django.test import Client

from essaim.coordination.models import Meeting
from essaim.coordination.timeline import FIRST_YEAR, draw, position
from essaim.reference import is_readers_link

pytestmark = pytest.mark.usefixtures("packaged_facts")


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


def test_a_meeting_without_a_name_goes_by_kind_and_number(client: Client) -> None:
    assert "<h1>Regular meeting no. 41</h1>" in text_of(client, "/en/meetings/tfsse-041")
    assert "<h1>Réunion ordinaire n° 41</h1>" in text_of(client, "/fr/meetings/tfsse-041")


def test_a_date_known_to_the_month_is_shown_so(client: Client) -> None:
    page = text_of(client, "/en/meetings/unrisd-conference-2013")
    assert "May 2013" in page
    assert "1 May 2013" not in page


def test_the_day_of_the_news_is_not_taken_for_the_day_of_the_meeting() -> None:
    meeting = Meeting.objects.get(id="tfsse-032")
    assert (meeting.date, meeting.date_published) == ("", "2020-10-16")


def test_an_institution_that_took_part_is_a_link_and_a_state_is_named(client: Client) -> None:
    page = text_of(client, "/fr/meetings/ny-multistakeholder-2022-12")
    assert '<a href="/fr/countries/CHL">Chili</a>' in page
    assert '<a href="/en/institutions/UNCTAD">UNCTAD</a>' in text_of(client, "/en/meetings/tfsse-040")


def test_a_former_acronym_leads_to_the_institution_it_became(client: Client) -> None:
    assert '<a href="/en/institutions/SSE-IF">MBM</a>' in text_of(client, "/en/meetings/tfsse-owg-side-event-2014")


def test_a_meeting_only_announced_says_so(client: Client) -> None:
    assert "no report of it was seen" in text_of(client, "/en/meetings/tfsse-plenary-2014-02")


def test_own_words_without_page_language_are_marked(client: Client) -> None:
    page = text_of(client, "/fr/meetings/tfsse-041")
    assert "notre traduction" in page


def test_the_line_of_time_has_a_dot_a_dated_meeting(client: Client) -> None:
    drawn = str(draw(Meeting.objects.all(), 2026))
    dated = [one for one in Meeting.objects.all() if one.known_by]
    assert drawn.count("<circle") == len(dated) > 30
    assert all(f">{year}</text>" in drawn for year in range(FIRST_YEAR, 2027))


def test_a_date_known_to_the_year_stands_in_its_middle() -> None:
    assert position("2014") == 1.5
    assert position("2013-01") < position("2013-01-31") < position("2013-02")


def test_a_year_filters_meetings_by_the_day_they_are_known_by(client: Client) -> None:
    things = client.get("/en/meetings/?year=2020").context["things"]
    assert [one.id for one in things] == ["tfsse-032"]


def test_no_page_links_to_a_copy(client: Client) -> None:
    pages = [f"/en/meetings/{id}" for id in Meeting.objects.values_list("id", flat=True)]
    outside = {
        href for page in [*pages, "/en/coordination/"] for href in re.findall(r'href="(https?://[^"]+)"', text_of(client, page))
    }
    assert [href for href in outside if not is_readers_link(href)] == []


def test_the_door_shows_counts_as_sources_gave_them(client: Client) -> None:
    page = text_of(client, "/es/coordination/")
    assert "20" in page
    assert "no se sabe" in page


@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_every_meeting_opens_in_every_language(client: Client, language: str) -> None:
    for id in Meeting.objects.values_list("id", flat=True):
        assert client.get(f"/{language}/meetings/{id}").status_code == 200
