"""The API: lists walked to their end, whole documents, errors as problems, 304, open to every site."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from essaim.release import Release
from essaim.web.api.interface import api
from essaim.web.api.shapes import OrganisationDocument, OrganisationLine, WorkDocument

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("mini_release")]
LISTS = [
    "organisations",
    "works",
    "sources",
    "releases",
    "countries",
    "search",
    "institutions",
    "meetings",
    "norms",
    "instruments",
]


def walk(client: Client, address: str) -> tuple[list[dict[str, Any]], int]:
    items: list[dict[str, Any]] = []
    total = -1
    seen = set()
    while address:
        assert address not in seen, "a walk that comes back to where it was"
        seen.add(address)
        answer = client.get(address)
        assert answer.status_code == 200, answer.content
        part = answer.json()
        assert total in (-1, part["total"])
        total = part["total"]
        items += part["items"]
        address = (part["next"] or "").partition("/api/")[2]
        address = f"/api/{address}" if address else ""
    return items, total


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    limit=st.integers(1, 9),
    asked=st.sampled_from(["", "&country=FRA", "&q=exemple", "&country=GBR&country=FRA", "&q=nothing+like+it"]),
)
def test_walking_next_yields_each_id_exactly_once(client: Client, mini_release: Release, limit: int, asked: str) -> None:
    items, total = walk(client, f"/api/v1/organisations?limit={limit}{asked}")
    ids = [item["id"] for item in items]
    assert len(ids) == len(set(ids)) == total
    if not asked:
        assert set(ids) == {document["id"] for document in mini_release.every("organisation")}


@pytest.mark.parametrize("name", LISTS)
def test_every_list_walks_to_its_end(client: Client, name: str) -> None:
    items, total = walk(client, f"/api/v1/{name}?limit=3")
    assert len(items) == total


def test_the_search_is_walked_over_both_indexes_without_a_hit_twice(client: Client) -> None:
    items, total = walk(client, "/api/v1/search?limit=2")
    keys = [(item["kind"], item["id"]) for item in items]
    assert len(keys) == len(set(keys)) == total


def test_a_document_is_the_release_s_with_its_addresses(client: Client, mini_release: Release) -> None:
    document = mini_release.page("organisation", "mini_register:R1")
    assert document is not None
    for key in (document["id"], "mini_register:R1", "r1"):
        answered = client.get(f"/api/v1/organisations/{key}").json()
        assert answered.pop("iri").endswith(f"/id/organisation/{document['id']}")
        assert client.get("/en" + answered.pop("address").partition("/en")[2]).status_code == 200
        assert answered == document


def test_answers_have_the_shapes_that_the_schema_tells(client: Client, mini_release: Release) -> None:
    for line in client.get("/api/v1/organisations").json()["items"]:
        OrganisationLine.model_validate(line)
        OrganisationDocument.model_validate(client.get(f"/api/v1/organisations/{line['id']}").json())
    for line in client.get("/api/v1/works").json()["items"]:
        WorkDocument.model_validate(client.get(f"/api/v1/works/{line['id']}").json())


def test_members_of_a_network_are_listed(client: Client, mini_release: Release) -> None:
    items, total = walk(client, "/api/v1/organisations/mini_networks:europe/members?limit=1")
    assert total == len(items) > 2
    assert all(item["source"]["source_id"] == "mini_edges" for item in items)


def test_what_was_set_aside_can_be_read_with_its_reason(client: Client) -> None:
    items, total = walk(client, "/api/v1/sources/mini_register/aside?limit=2")
    assert total == len(items) > 0
    assert all(item["reason"]["code"] for item in items)


def test_a_walk_stays_in_the_release_it_began_in(client: Client, mini_release: Release) -> None:
    following = client.get("/api/v1/organisations?limit=1").json()["next"]
    assert f"release={mini_release.number}" in following


def test_a_release_that_is_not_kept_is_gone(client: Client) -> None:
    answer = client.get("/api/v1/organisations?release=1999-01-01.1")
    assert answer.status_code == 410
    assert "Start again" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("address", "status", "told"),
    [
        ("/api/v1/organisations?limit=0", 422, "limit"),
        ("/api/v1/organisations?limit=201", 422, "limit"),
        ("/api/v1/organisations?offset=-1", 422, "offset"),
        ("/api/v1/organisations?limit=many", 422, "limit"),
        ("/api/v1/organisations?release=../../secret", 422, "release"),
        ("/api/v1/organisations/o00000000000", 404, "o00000000000"),
        ("/api/v1/organisations/nobody/members", 404, "nobody"),
        ("/api/v1/works/nothing", 404, "nothing"),
        ("/api/v1/sources/nowhere", 404, "nowhere"),
        ("/api/v1/sources/nowhere/aside", 404, "nowhere"),
        ("/api/v1/norms/NONE", 404, "NONE"),
        ("/api/v1/nonsense", 404, "openapi.json"),
        ("/api/v1/", 404, "openapi.json"),
    ],
)
def test_an_error_is_a_problem_that_names_what_is_wrong(client: Client, address: str, status: int, told: str) -> None:
    answer = client.get(address)
    assert answer.status_code == status
    assert answer.headers["Content-Type"] == "application/problem+json"
    problem = answer.json()
    assert problem["status"] == status
    assert told in problem["detail"]
    assert problem["instance"] == address.partition("?")[0]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_written(client: Client, method: str) -> None:
    answer = getattr(client, method)("/api/v1/organisations")
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "GET, HEAD, OPTIONS"
    assert answer.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("name", [*LISTS, "openapi.json", "organisations/mini_register:R1"])
def test_an_unchanged_answer_costs_nothing(client: Client, name: str) -> None:
    first = client.get(f"/api/v1/{name}")
    assert first.status_code == 200
    again = client.get(f"/api/v1/{name}", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert again.headers["Access-Control-Allow-Origin"] == "*"


def test_two_questions_have_two_tags(client: Client) -> None:
    tags = {client.get(f"/api/v1/organisations?limit={limit}").headers["ETag"] for limit in (1, 2, 3)}
    assert len(tags) == 3


def test_scripts_of_any_site_may_read(client: Client) -> None:
    asked = {"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "GET"}
    answer = client.options("/api/v1/organisations", headers=asked)
    assert answer.status_code == 204
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "If-None-Match" in answer.headers["Access-Control-Allow-Headers"]
    assert client.get("/api/v1/organisations").headers["Cross-Origin-Resource-Policy"] == "cross-origin"


def test_head_answers_as_get_without_a_body(client: Client) -> None:
    got, headed = client.get("/api/v1/countries"), client.head("/api/v1/countries")
    assert headed.status_code == 200
    assert headed.content == b""
    assert headed.headers["ETag"] == got.headers["ETag"]


def test_countries_add_up_to_what_the_release_counts(client: Client, mini_release: Release) -> None:
    items, _ = walk(client, "/api/v1/countries?limit=2")
    assert {item["country"]: item["organisations"] for item in items} == mini_release.figures()["by_country"]


def test_the_schema_describes_every_operation_and_parameter() -> None:
    schema = api.get_openapi_schema(path_prefix="/api/v1/")
    for path, described in schema["paths"].items():
        assert set(described) == {"get"}, path
        assert described["get"]["summary"]
        for parameter in described["get"].get("parameters", ()):
            assert parameter["in"] == "path" or parameter["description"], (path, parameter["name"])


@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_the_page_about_the_api_lists_every_operation(client: Client, language: str) -> None:
    page = client.get(f"/{language}/api/").content.decode().replace("<wbr>", "")
    for path in api.get_openapi_schema(path_prefix="/api/v1/")["paths"]:
        assert f"<code>{path.removeprefix('/api/v1')}</code>" in page


@pytest.mark.parametrize("words", ['"', "a AND (", "*", "\x00", "🐝", "x" * 500, "l'été 中文 تعاونية"])
def test_no_words_break_the_search(client: Client, words: str) -> None:
    assert client.get("/api/v1/search", {"q": words}).status_code == 200
    assert client.get("/api/v1/organisations", {"q": words}).status_code == 200
