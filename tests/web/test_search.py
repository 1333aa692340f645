"""The search: what an address asks, two indexes as one answer, filters that can be taken back, exports, suggestions."""

from __future__ import annotations

import csv
import io

import pytest
from django.http import QueryDict
from django.test import Client
from django.utils.translation import override

from essaim.release import Release
from essaim.text import Hit
from essaim.web.search.asked import Asked, read_asked
from essaim.web.search.filters import filters
from essaim.web.search.found import find
from essaim.web.search.hits import marked, shown, why


def test_an_address_is_read_and_written_back_the_same() -> None:
    address = "q=jardins+d%27exemple&country=FRA&country=SEN&entity_type=cooperative&page=3"
    assert read_asked(QueryDict(address)).address() == f"?{address}"


@pytest.mark.parametrize("page", ["0", "-1", "x", "", "99999999999", "٣", "1.5"])
def test_a_page_that_is_no_number_is_the_first(page: str) -> None:
    assert read_asked(QueryDict(f"page={page}")).page == 1


def test_what_nobody_asked_for_is_passed_over() -> None:
    asked = read_asked(QueryDict("q=%20%20&country=&country=FRA&country=FRA&nonsense=1"))
    assert asked == Asked("", {"country": ("FRA",)}, 1)


def test_taking_one_filter_back_leaves_the_others_and_begins_anew() -> None:
    asked = Asked("x", {"country": ("FRA", "SEN"), "kind": ("work",)}, 4)
    assert asked.without("country", "FRA") == Asked("x", {"country": ("SEN",), "kind": ("work",)}, 1)
    assert asked.without("kind", "work").filters == {"country": ("FRA", "SEN")}


def test_spans_become_parts_without_losing_a_sign() -> None:
    parts = marked("abc def ghi", [(8, 11), (0, 3), (2, 5)])
    assert "".join(part["text"] for part in parts) == "abc def ghi"
    assert [part["text"] for part in parts if part["is_match"]] == ["abc", " d", "ghi"]


def test_why_is_told_only_where_one_does_not_see_it() -> None:
    with override("en"):
        assert why(()) == ""
        assert why(("name",)) == why(("name", "typo")) == ""
        assert why(("former_name",)) == "Found in a former name"
        assert why(("name", "body")) == "Found in its name and in what is said of it"


def test_a_snippet_that_was_not_met_is_left_out_but_for_what_it_tells_of_a_place_or_author() -> None:
    hit = Hit("norm", "n1", "Title", "en", "/norms/n1", 1.0, snippet="something else")
    assert shown([hit])[0]["snippet"] == []
    organisation = Hit("organisation", "o1", "Title", "en", "/organisations/o1", 1.0, snippet="Lyon")
    assert shown([organisation])[0]["snippet"] == [{"text": "Lyon", "is_match": False}]


def test_both_indexes_answer_as_one(mini_release: Release, site_index: None) -> None:
    results = find(Asked("example network")).results
    kinds = {hit.kind for hit in results.hits}
    assert kinds == {"organisation", "norm"}
    assert results.total == sum(results.facets["kind"].values())


def test_choosing_a_kind_leaves_the_kinds_of_the_other_index_to_be_chosen(mini_release: Release, site_index: None) -> None:
    before = find(Asked()).results.facets["kind"]
    after = find(Asked(filters={"kind": ("organisation",)})).results
    assert after.facets["kind"] == before
    assert after.total == before["organisation"]


def test_every_page_of_one_index_can_be_reached(mini_release: Release, site_index: None) -> None:
    asked = Asked(filters={"kind": ("organisation",)})
    total = find(asked).results.total
    seen = [hit.id for page in range(1, total + 1) for hit in find(Asked("", asked.filters, page), per_page=1).results.hits]
    assert len(set(seen)) == len(seen) == total
    assert find(asked).reach == total


def test_the_counts_of_a_filter_are_of_what_choosing_it_would_give(mini_release: Release) -> None:
    asked = Asked("", {"entity_type": ("association",)})
    counts = find(asked).results.facets
    for country, count in counts["country"].items():
        assert find(Asked("", asked.filters | {"country": (country,)})).results.total == count
    assert counts["entity_type"]["cooperative"] == find(Asked("", {"entity_type": ("cooperative",)})).results.total


def test_a_filter_shows_eight_values_and_keeps_the_rest_behind_more() -> None:
    counts = {"language": {f"x{number}": 20 - number for number in range(12)}}
    with override("en"):
        facet = filters(Asked("", {"language": ("x11",)}), counts, ("language",))["facets"][0]
    assert len(facet["options"]) == 8
    assert len(facet["more"]) == 4
    assert facet["options"][0]["code"] == "x11"
    assert facet["options"][0]["is_chosen"]


def test_a_chosen_value_that_nothing_has_stays_to_be_taken_back() -> None:
    with override("fr"):
        told = filters(Asked("", {"country": ("FJI",)}), {"country": {"FRA": 3}}, ("country",))
    assert [one["value"] for one in told["chosen"]] == ["Fidji"]
    assert told["facets"][0]["options"][0]["count"] == 0


@pytest.mark.django_db
def test_words_are_found_blind_to_accents_and_shown_with_their_language(client: Client, mini_release: Release) -> None:
    page = client.get("/en/search/?q=reseau+afrique").content.decode()
    assert "Réseau d’exemple Afrique" in page
    assert 'lang="fr"' in page


@pytest.mark.django_db
def test_a_slip_of_the_pen_is_forgiven_and_told(client: Client, mini_release: Release) -> None:
    page = client.get("/fr/search/?q=mutuele+exempel").content.decode()
    assert "Rien ne s’écrit exactement" in page
    assert "Mutuelle Exemple" in page


@pytest.mark.django_db
def test_nothing_found_tells_what_to_do(client: Client, mini_release: Release) -> None:
    page = client.get("/es/search/?q=zzzzqqqq&country=FRA").content.decode()
    assert "No se encontró nada" in page
    assert 'href="?q=zzzzqqqq"' in page


@pytest.mark.django_db
@pytest.mark.parametrize(
    "query", ["q=%00", "q=%22", "q=*", "q=" + "a" * 5000, "q=%F0%9F%90%9D", "country=%3Cscript%3E", "page=9999999"]
)
def test_no_address_breaks_the_page(client: Client, mini_release: Release, query: str) -> None:
    answer = client.get(f"/en/search/?{query}")
    assert answer.status_code == 200
    assert b"<script>" not in answer.content


@pytest.mark.django_db
def test_filters_stay_when_the_words_change(client: Client, mini_release: Release) -> None:
    page = client.get("/en/search/?q=exemple&country=FRA").content.decode()
    assert '<input type="hidden" name="country" value="FRA">' in page


@pytest.mark.django_db
def test_the_list_is_taken_away_whole_as_a_table_and_as_json(client: Client, mini_release: Release) -> None:
    told = client.get("/fr/search/?country=FRA&format=json").json()
    assert told["total"] == len(told["items"]) > 2
    assert all("FRA" in item["countries"] for item in told["items"])
    text = client.get("/fr/search/?country=FRA&format=csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["id"] for row in rows] == [item["id"] for item in told["items"]]


@pytest.mark.django_db
def test_suggestions_come_for_the_beginning_of_a_word(client: Client, mini_release: Release) -> None:
    items = client.get("/fr/search/suggest?q=mutu").json()["items"]
    assert items
    assert set(items[0]) == {"title", "title_language", "address", "kind_label"}
    assert items[0]["address"].startswith("/fr/organisations/")
    assert client.get("/fr/search/suggest?q=").json() == {"items": []}


@pytest.mark.django_db
def test_before_the_first_release_the_page_tells_how_to_make_one(client: Client, before_the_first_release: None) -> None:
    answer = client.get("/en/search/")
    assert answer.status_code == 200
    assert b"essaim build" in answer.content
