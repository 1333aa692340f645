"""The map: boxes of any shape, the list in view, and counts that leave nothing out."""

from __future__ import annotations

import pytest
from django.http import QueryDict
from django.test import Client

from essaim.formats.points import Points
from essaim.release import Release
from essaim.web.map import ids_in, list_view, only_organisations, read_box, with_country
from essaim.web.search.asked import Asked, read_asked


@pytest.mark.parametrize("text", ["", "1,2,3", "a,b,c,d", "0,10,5,-10", "nan,0,1,1", "0,0,inf,1", "1,2,3,4,5"])
def test_a_box_that_cannot_be_read_is_the_world(text: str) -> None:
    assert read_box(text) is None


def test_a_box_across_the_180th_meridian_holds_both_sides() -> None:
    points = Points.of(["fiji", "samoa", "lyon"], [178.4, -171.8, 4.8], [-18.1, -13.8, 45.7])
    assert ids_in(points, (170.0, -30.0, -165.0, 0.0)) == {"fiji", "samoa"}
    assert ids_in(points, (0.0, 40.0, 10.0, 50.0)) == {"lyon"}
    assert ids_in(points, (-180.0, -90.0, 180.0, 90.0)) == {"fiji", "samoa", "lyon"}


def test_a_link_to_a_country_keeps_the_other_filters() -> None:
    assert with_country(Asked("x", {"country": ("FRA",), "sector": ("A",)})) == "?q=x&sector=A&country={country}"
    assert with_country(Asked()) == "?country={country}"


def test_only_organisations_stand_on_the_map() -> None:
    assert only_organisations(read_asked(QueryDict("kind=work"))).filters == {"kind": ("organisation",)}


def test_what_is_placed_and_what_is_not_are_all_that_is_found(mini_release: Release) -> None:
    listed = list_view(mini_release, only_organisations(Asked()), None)
    precision = mini_release.figures()["by_precision"]
    assert listed.found == mini_release.figures()["organisation"]
    assert listed.placed == precision.get("point", 0) + precision.get("town", 0)
    assert listed.placed + listed.unplaced == listed.found


def test_the_list_in_view_holds_only_what_is_there(mini_release: Release) -> None:
    listed = list_view(mini_release, only_organisations(Asked()), (-1.0, 51.0, 1.0, 52.0))
    assert [hit["title"] for hit in listed.hits] == ["Friends of Exampling"]
    assert listed.total == 1
    assert listed.found > 1


def test_counts_by_country_follow_the_chosen_countries(mini_release: Release) -> None:
    assert set(list_view(mini_release, only_organisations(Asked("", {"country": ("SEN",)})), None).counts) == {"SEN"}


@pytest.mark.django_db
def test_the_page_reads_without_script(client: Client, mini_release: Release) -> None:
    page = client.get("/fr/map/?country=SEN").content.decode()
    assert 'class="world-map"' in page
    assert 'id="map-list"' in page
    assert "Fondation Exemple pour les Communs" in page
    assert 'data-list="/fr/map/list"' in page


@pytest.mark.django_db
def test_the_list_comes_alone_for_a_view(client: Client, mini_release: Release) -> None:
    page = client.get("/en/map/list?bbox=4,45,5,46").content.decode()
    assert "<html" not in page
    assert "in view" in page
    assert "organisations/" in page
    assert "No organisation has a known place" in client.get("/en/map/list?bbox=-100,-60,-99,-59").content.decode()


@pytest.mark.django_db
def test_before_the_first_release_the_map_tells_how_to_make_one(client: Client, before_the_first_release: None) -> None:
    assert b"essaim build" in client.get("/en/map/").content
    assert client.get("/en/map/list").content == b""
