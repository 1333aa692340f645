"""The map's tiles and counts, on the release of the small world."""

from __future__ import annotations

import gzip

import pytest
from django.test import Client

from essaim.release import Release

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("mini_release")]
WHOLE = "/tiles/current/0/0/0.mvt"
PACKED = {"Accept-Encoding": "gzip"}


def test_a_tile_of_the_archive_is_packed_and_named(client: Client, mini_release: Release) -> None:
    answer = client.get(WHOLE, headers=PACKED)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/vnd.mapbox-vector-tile"
    assert answer.headers["Content-Encoding"] == "gzip"
    assert mini_release.number in answer.headers["ETag"]
    assert b"organisations" in gzip.decompress(answer.content)


def test_a_reader_that_cannot_unpack_gets_the_plain_tile(client: Client) -> None:
    plain = client.get(WHOLE)
    assert "Content-Encoding" not in plain.headers
    assert plain.content == gzip.decompress(client.get(WHOLE, headers=PACKED).content)


@pytest.mark.parametrize("address", [WHOLE, "/tiles/filtered/0/0/0.mvt?country=FRA", "/map/counts?country=FRA"])
def test_an_unchanged_tile_costs_nothing(client: Client, address: str) -> None:
    first = client.get(address, headers=PACKED)
    assert client.get(address, headers={**PACKED, "If-None-Match": first.headers["ETag"]}).status_code == 304


@pytest.mark.parametrize(
    "address",
    ["/tiles/current/10/0/0.mvt", "/tiles/current/11/0/0.mvt", "/tiles/current/3/9/9.mvt", "/tiles/filtered/10/0/0.mvt"],
)
def test_where_nothing_is_there_is_nothing(client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 204
    assert answer.content == b""


def test_a_filtered_tile_shows_what_the_search_finds(client: Client, mini_release: Release) -> None:
    british = client.get("/tiles/filtered/0/0/0.mvt?country=GBR").content
    whole = client.get("/tiles/filtered/0/0/0.mvt").content
    d3 = mini_release.find("organisation", "mini_directory:d3")
    tunisian = mini_release.find("organisation", "mini_directory:d6")
    deep = client.get("/tiles/filtered/10/511/340.mvt?country=GBR").content
    assert british != whole
    assert str(tunisian).encode() not in british
    assert str(tunisian).encode() in whole
    assert str(d3).encode() in deep
    assert client.get("/tiles/filtered/0/0/0.mvt?country=ISL").status_code == 204


def test_a_filter_of_kind_means_nothing_on_the_map(client: Client) -> None:
    assert client.get("/tiles/filtered/0/0/0.mvt?kind=work").content == client.get("/tiles/filtered/0/0/0.mvt").content


def test_unfiltered_and_archived_tiles_are_one(client: Client) -> None:
    assert client.get("/tiles/filtered/0/0/0.mvt").content == client.get(WHOLE).content


def test_counts_add_up_and_agree_with_the_release(client: Client, mini_release: Release) -> None:
    told = client.get("/map/counts").json()
    assert told["total"] == mini_release.figures()["organisation"]
    assert told["all"] == dict(sorted(mini_release.figures()["by_country"].items()))
    placed = set(mini_release.points().ids)
    loose = [document for document in mini_release.every("organisation") if document["id"] not in placed]
    assert told["placed"] == told["total"] - len(loose)
    assert sum(told["countries"].values()) + told["nowhere"] == len(loose)


def test_counts_follow_the_filters(client: Client) -> None:
    told = client.get("/map/counts?country=GBR").json()
    assert set(told["all"]) == {"GBR"}
    assert told["total"] < client.get("/map/counts").json()["total"]
