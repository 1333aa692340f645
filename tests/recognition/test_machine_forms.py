"""An organisation for machines: JSON, JSON-LD, N-Triples, Turtle, CSV, with what caches need."""

from __future__ import annotations

import csv
import gzip
import io
import json

import pytest
from django.test import Client
from pyoxigraph import RdfFormat, parse

from essaim.release import Release, layout

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("mini_release")]


def address(release: Release, key: str, form: str) -> str:
    document = release.page("organisation", key)
    assert document is not None
    return f"/en/organisations/{document['id']}-{document['slug']}.{form}"


def test_the_json_is_the_document_of_the_release(client: Client, mini_release: Release) -> None:
    answer = client.get(address(mini_release, "mini_register:R1", "json"))
    assert answer.json() == mini_release.page("organisation", "mini_register:R1")


@pytest.mark.parametrize("form", ["json", "jsonld", "nt", "ttl", "csv"])
def test_a_reader_that_has_a_form_is_told_so(client: Client, mini_release: Release, form: str) -> None:
    first = client.get(address(mini_release, "mini_register:R1", form))
    assert first.status_code == 200
    assert mini_release.number in first.headers["ETag"]
    assert first.headers["Last-Modified"].endswith("GMT")
    assert first.headers["Access-Control-Allow-Origin"] == "*"
    again = client.get(address(mini_release, "mini_register:R1", form), headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert again.content == b""


def test_forms_of_different_things_have_different_tags(client: Client, mini_release: Release) -> None:
    tags = {client.get(address(mini_release, key, "json")).headers["ETag"] for key in ("mini_register:R1", "mini_register:R2")}
    assert len(tags) == 2


@pytest.mark.parametrize("key", ["mini_register:R1", "mini_networks:europe", "mini_directory:d6", "mini_register:R8"])
def test_the_linked_data_of_a_page_holds_what_the_release_says(client: Client, mini_release: Release, key: str) -> None:
    id = mini_release.find("organisation", key)
    with gzip.open(mini_release.folder / layout.RDF) as stream:
        lines = [line for line in stream.read().splitlines() if f"/id/organisation/{id}".encode() in line.split(b" ")[0]]
    of_release = {quad.triple for quad in parse(b"\n".join(lines), format=RdfFormat.N_TRIPLES)}
    of_page = {quad.triple for quad in parse(client.get(address(mini_release, key, "nt")).content, format=RdfFormat.N_TRIPLES)}
    assert of_release
    assert of_release <= of_page


def test_turtle_json_ld_and_n_triples_say_the_same(client: Client, mini_release: Release) -> None:
    said = []
    for form, format in (("jsonld", RdfFormat.JSON_LD), ("nt", RdfFormat.N_TRIPLES), ("ttl", RdfFormat.TURTLE)):
        content = client.get(address(mini_release, "mini_networks:europe", form)).content
        said.append({quad.triple for quad in parse(content, format=format)})
    assert said[0] == said[1] == said[2]


def test_the_table_has_a_row_for_every_name_and_value(client: Client, mini_release: Release) -> None:
    document = mini_release.page("organisation", "mini_register:R1")
    assert document is not None
    content = client.get(address(mini_release, "mini_register:R1", "csv")).content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(content)))
    values = [(name, value["value"]) for name, held in document["values"].items() for value in held]
    assert len(rows) == len(document["names"]) + len(values)
    assert {(row["property"], row["value"]) for row in rows} >= set(values)
    assert all(row["sources"] for row in rows)


def test_a_formula_in_a_value_is_no_formula_in_the_table() -> None:
    from essaim.pages.released.forms import values_table

    value = {"value": "=HYPERLINK(1)", "language": "", "since": "", "until": "", "certainty": "sourced", "sources": []}
    table = values_table({"sources": [], "values": {"note": [value, value | {"value": "+33 1 23"}]}})
    assert "'=HYPERLINK" in table
    assert ",+33 1 23," in table


def test_the_page_names_its_other_forms(client: Client, mini_release: Release) -> None:
    page = client.get(address(mini_release, "mini_register:R1", "json").removesuffix(".json")).content.decode()
    for media in ("application/json", "application/ld+json", "text/turtle"):
        assert f'<link rel="alternate" type="{media}"' in page


def test_a_form_of_a_readable_id_leads_on(client: Client, mini_release: Release) -> None:
    answer = client.get("/en/organisations/world.json")
    assert answer.status_code == 301
    assert answer.headers["Location"] == address(mini_release, "mini_networks:world", "json")


def test_a_form_of_nothing_is_not_found(client: Client) -> None:
    assert client.get("/en/organisations/o00000000000.json").status_code == 404


def test_json_ld_asks_for_nothing_from_elsewhere(client: Client, mini_release: Release) -> None:
    context = json.loads(client.get(address(mini_release, "mini_register:R1", "jsonld")).content)["@context"]
    assert all(isinstance(prefix, str) and prefix.startswith("http") for prefix in context.values())
    assert isinstance(context, dict)
