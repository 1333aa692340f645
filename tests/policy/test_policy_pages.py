"""Pages of norms and instruments: every fact with its certainty, lists that filter, files of the same list."""

from __future__ import annotations

import csv
import html
import io
import re

import pytest
from django.test import Client

from essaim.pages.listing import tame
from essaim.policy.models import Instrument, Norm
from essaim.reference import is_readers_link

pytestmark = pytest.mark.usefixtures("packaged_facts")


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


def test_an_unverified_symbol_is_dashed_and_said(client: Client) -> None:
    page = text_of(client, "/en/norms/UNGA-79-213")
    row = page[page.index('<th scope="row">Symbol</th>') :].partition("</tr>")[0]
    assert 'class="mark unverified"' in row
    assert "no page that could be opened shows it" in row


def test_two_dates_stand_side_by_side_with_their_sources(client: Client) -> None:
    page = text_of(client, "/en/instruments/sen-loi-2021-28")
    conflicts = page[page.index('id="conflicts"') :].partition("</section>")[0]
    assert "4 June 2021" in conflicts
    assert "2 June 2021" in conflicts
    assert 'href="#source-' in conflicts


def test_a_call_has_an_anchor_and_unchecked_wording_is_marked(client: Client) -> None:
    page = text_of(client, "/en/norms/ILO-R193")
    call = page[page.index('<li id="MS-2">') :].partition("</li>")[0]
    assert 'class="mark unverified"' in call
    assert "unverified: wording and paragraph" in call
    assert 'class="mark sourced"' in page[page.index('<li id="MS-1">') :].partition("</li>")[0]


def test_calls_are_read_in_french_and_told_to_be_our_translation(client: Client) -> None:
    page = text_of(client, "/fr/norms/UNGA-77-281")
    assert "Ici dans notre traduction." in page
    assert "Demandé à : États membres" in page


def test_a_copy_is_never_a_readers_link(client: Client) -> None:
    """Every page of both kinds is asked for: no address outside the site is one of a copy."""
    pages = [f"/en/norms/{id}" for id in Norm.objects.values_list("id", flat=True)]
    pages += [f"/en/instruments/{id}" for id in Instrument.objects.values_list("id", flat=True)]
    outside = {href for page in [*pages, "/en/policy/"] for href in re.findall(r'href="(https?://[^"]+)"', text_of(client, page))}
    assert len(outside) > 100
    assert [href for href in outside if not is_readers_link(href)] == []


def test_a_copy_is_shown_as_text(client: Client) -> None:
    page = text_of(client, "/en/norms/TFSSE-PLAN-2024-2026")
    assert "vrolikevinkies.org" in page
    assert "our evidence, not a link" in page


def test_a_title_in_another_language_says_which(client: Client) -> None:
    page = text_of(client, "/es/instruments/bra-lei-15068-2024")
    assert '<span lang="pt" dir="ltr">Lei nº 15.068' in page


def test_an_id_in_another_case_leads_to_the_one_address(client: Client) -> None:
    answer = client.get("/en/norms/ilo-r193")
    assert (answer.status_code, answer["Location"]) == (302, "/en/norms/ILO-R193")


def test_an_unknown_id_is_not_found(client: Client) -> None:
    assert client.get("/en/instruments/no-such-law").status_code == 404
    assert client.get("/en/norms/no-such-norm.json").status_code == 404


def test_the_list_filters_by_country_kind_status_and_year(client: Client) -> None:
    answer = client.get(
        "/en/instruments/", {"country": "SEN", "instrument_kind": "framework_law", "status": "in_force", "year": "2021"}
    )
    assert [one.id for one in answer.context["things"]] == ["sen-loi-2021-28"]
    assert "1 entry of 109" in answer.content.decode()


def test_two_codes_of_one_filter_widen_and_two_filters_narrow(client: Client) -> None:
    both = client.get("/en/instruments/", {"country": ["SEN", "TUN"]}).context["things"]
    assert {one.country for one in both} == {"SEN", "TUN"}
    laws = client.get("/en/instruments/", {"country": ["SEN", "TUN"], "instrument_kind": "framework_law"}).context["things"]
    assert 0 < len(laws) < len(both)


def test_the_count_beside_an_option_is_what_choosing_it_gives(client: Client) -> None:
    facets = client.get("/en/instruments/", {"instrument_kind": "framework_law"}).context["facets"]
    countries = next(one for one in facets if one["name"] == "country")
    for option in countries["options"][:3]:
        chosen = client.get("/en/instruments/", {"instrument_kind": "framework_law", "country": option["code"]})
        assert chosen.context["total"] == option["count"]


def test_a_list_without_result_says_so(client: Client) -> None:
    assert "Nothing here fits these filters" in text_of(client, "/en/instruments/?country=ATA")


def test_pages_of_a_list_end_at_the_last(client: Client) -> None:
    seen = [one.address for page in (1, 2, 3) for one in client.get("/en/instruments/", {"page": page}).context["items"]]
    assert len(seen) == len(set(seen)) == Instrument.objects.count()
    assert client.get("/en/instruments/?page=99").context["page"] == 3
    assert client.get("/en/instruments/?page=x").context["page"] == 1


def test_what_has_no_date_comes_last_in_either_order(client: Client) -> None:
    for order in ("newest", "oldest"):
        dates = [one.date for one in client.get("/en/instruments/", {"sort": order}).context["things"]]
        known = [date for date in dates if date]
        assert dates[: len(known)] == known
        assert known == sorted(known, reverse=order == "newest")


def test_files_hold_the_filtered_list(client: Client) -> None:
    written = client.get("/en/instruments.csv", {"country": "SEN"})
    rows = list(csv.DictReader(io.StringIO(written.content.decode("utf-8-sig"))))
    told = client.get("/en/instruments.json", {"country": "SEN"}).json()
    assert [row["id"] for row in rows] == [item["id"] for item in told["items"]]
    assert told["total"] == len(rows) == 3
    assert {row["country"] for row in rows} == {"SEN"}


def test_a_cell_is_never_a_formula() -> None:
    assert tame("=1+1") == "'=1+1"
    assert tame("-3") == "'-3"
    assert tame("Act 5/2011") == "Act 5/2011"


def test_the_json_of_a_norm_holds_its_calls_and_doubts(client: Client) -> None:
    told = client.get("/en/norms/ILO-R193.json").json()
    assert told["titles"]["en"].startswith("Promotion of Cooperatives")
    assert told["calls"][1]["unverified"] == ["wording", "par"]
    assert told["facts"]["id"] == "ILO-R193"


def test_the_door_counts_what_is_there(client: Client) -> None:
    figures = {one["label"]: one["value"] for one in client.get("/en/policy/").context["figures"]}
    assert figures["laws and policies"] == Instrument.objects.count()
    assert figures["international texts"] == Norm.objects.count()


@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_every_page_opens_in_every_language(client: Client, language: str) -> None:
    for id in Norm.objects.values_list("id", flat=True):
        assert f'lang="{language}"' in text_of(client, f"/{language}/norms/{id}")[:200]
    for id in Instrument.objects.values_list("id", flat=True):
        assert client.get(f"/{language}/instruments/{id}").status_code == 200
