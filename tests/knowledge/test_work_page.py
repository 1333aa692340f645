"""The pages of works, on a release that holds the packaged works."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client, override_settings

from essaim.knowledge.linked import as_linked_data
from essaim.knowledge.page import WorkPage
from essaim.release import Release, current

pytestmark = [pytest.mark.django_db]


@pytest.fixture
def works_release(packaged_home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Release]:
    release = current(packaged_home / "releases")
    assert release is not None
    monkeypatch.setattr("essaim.pages.released.serving.served_release", lambda: release)
    with override_settings():
        yield release


def some(release: Release, wanted: str) -> dict[str, object]:
    return next(document for document in release.every("work") if document[wanted])


def path(document: dict[str, object], language: str = "en") -> str:
    return f"/{language}/works/{document['id']}-{document['slug']}"


def test_every_page_of_a_work_reads_in_every_language(client: Client, works_release: Release) -> None:
    documents, _ = works_release.listing("work", 0, 12)
    for document in documents:
        for language in ("en", "fr", "es"):
            answer = client.get(path(document, language))
            assert answer.status_code == 200
            assert "{" not in re.sub(r"<script.*?</script>", "", answer.content.decode(), flags=re.S).partition("<main")[2]


def test_the_address_of_a_copy_is_told_and_never_linked(client: Client, works_release: Release) -> None:
    seen = 0
    for document in works_release.every("work"):
        hidden = [place["url"] for place in document["locations"] if not place["is_shown"]]
        if not hidden or seen > 5:
            continue
        seen += 1
        page = client.get(path(document)).content.decode()
        assert "kept as evidence, not a link" in page
        assert all(f'href="{url}"' not in page for url in hidden)
    assert seen


def test_a_readable_id_leads_on(client: Client, works_release: Release) -> None:
    document = some(works_release, "readable_ids")
    answer = client.get(f"/fr/works/{document['readable_ids'][0]}")  # type: ignore[index]
    assert answer.status_code == 301
    assert answer.headers["Location"] == path(document, "fr")


def test_an_unknown_work_is_told(client: Client, works_release: Release) -> None:
    answer = client.get("/en/works/w00000000000-a-lost-report")
    assert answer.status_code == 404
    assert 'value="a lost report"' in answer.content.decode()


def test_versions_lead_to_each_other(client: Client, works_release: Release) -> None:
    document = some(works_release, "relations")
    page = client.get(path(document)).content.decode()
    for relation in document["relations"]:  # type: ignore[attr-defined]
        assert f"/en/works/{relation['other']['id']}-{relation['other']['slug']}" in page


def test_the_list_pages_through_every_work_once(client: Client, works_release: Release) -> None:
    ids: list[str] = []
    for number in range(1, 30):
        page = client.get(f"/en/works/?page={number}").content.decode()
        found = re.findall(r'<h3><a href="/en/works/(w[0-9a-z]{11})-', page)
        if not found:
            break
        ids += found
    assert len(ids) == len(set(ids)) == works_release.figures()["work"]


def test_a_page_of_the_list_that_is_none_says_so(client: Client, works_release: Release) -> None:
    assert "There is no such page of works" in client.get("/en/works/?page=9999").content.decode()


def test_the_year_stands_aside_where_the_date_says_it(works_release: Release) -> None:
    for document in works_release.every("work"):
        names = [row.name for row in WorkPage(document, works_release).facts]
        if "date" in document["values"] and "year" not in document["disputed"]:
            assert "year" not in names
        elif "year" in document["values"]:
            assert "year" in names


def test_linked_data_holds_no_address_of_a_copy(works_release: Release) -> None:
    for document in works_release.every("work"):
        hidden = {place["url"] for place in document["locations"] if not place["is_shown"]}
        assert not hidden & set(as_linked_data(document).get("schema:url", ()))


def test_the_landing_page_counts_works_and_languages(client: Client, works_release: Release) -> None:
    page = client.get("/en/knowledge/").content.decode()
    figures = works_release.figures()
    assert f">{figures['work']}<" in page
    assert f">{figures['work_language']}<" in page
