"""The frame around every page: headers, languages, no cookie, and files that are there."""

from __future__ import annotations

import re
import stat
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from essaim.web.secret_key import read_or_make_secret_key

READING_PAGES = ["/en/styleguide/", "/fr/styleguide/", "/es/styleguide/"]
ASSET = re.compile(r'(?:href|src|data-world)="(/static/[^"]+)"')


@pytest.mark.parametrize("address", READING_PAGES)
def test_a_page_allows_nothing_unsafe_and_nothing_from_elsewhere(client: Client, address: str) -> None:
    policy = client.get(address).headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe-" not in policy
    assert "http" not in policy
    assert "*" not in policy


@pytest.mark.parametrize("address", READING_PAGES)
def test_a_page_holds_no_style_or_script_that_the_policy_forbids(client: Client, address: str) -> None:
    page = client.get(address).content.decode()
    assert not re.search(r"\sstyle=", page)
    assert "<style" not in page
    assert not re.search(r"\son[a-z]+=", page)
    assert not re.search(r"<script(?![^>]*\ssrc=)", page)
    assert not re.search(r"(?:src|href)=\"https?://(?!127\.0\.0\.1)[^\"]*\.(?:js|css|woff2)", page)


def test_every_answer_carries_the_house_headers(client: Client) -> None:
    headers = client.get("/en/styleguide/").headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert "geolocation=()" in headers["Permissions-Policy"]


@pytest.mark.parametrize("address", ["/", *READING_PAGES, "/en/nothing-here"])
def test_readers_get_no_cookie(client: Client, address: str) -> None:
    assert not client.get(address).cookies


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ("fr-CA,fr;q=0.9,en;q=0.5", "/fr/"),
        ("es-419", "/es/"),
        ("en-US", "/en/"),
        ("wo,ar;q=0.8", "/en/"),
        ("de;q=0.9,es;q=0.2", "/es/"),
        ("", "/en/"),
        ("fr;q=0,es", "/es/"),
        (";;;,,q=", "/en/"),
    ],
)
def test_the_front_door_answers_by_the_visitors_languages(client: Client, asked: str, answered: str) -> None:
    response = client.get("/", headers={"accept-language": asked})
    assert response.status_code == 302
    assert response.headers["Location"] == answered
    assert "Accept-Language" in response.headers["Vary"]


def test_the_front_door_keeps_the_question(client: Client) -> None:
    assert client.get("/?q=mutuelle", headers={"accept-language": "fr"}).headers["Location"] == "/fr/?q=mutuelle"


@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_a_page_names_its_language_its_alternates_and_itself(client: Client, language: str) -> None:
    page = client.get(f"/{language}/styleguide/?x=1").content.decode()
    assert f'<html lang="{language}" dir="ltr">' in page
    assert page.count('rel="canonical"') == 1
    assert re.search(rf'rel="canonical" href="http[^"]+/{language}/styleguide/"', page)
    for other in ("en", "fr", "es"):
        assert re.search(rf'hreflang="{other}" href="http[^"]+/{other}/styleguide/"', page)
    assert 'hreflang="x-default"' in page


def test_the_language_switch_keeps_page_and_question(client: Client) -> None:
    page = client.get("/en/styleguide/?q=mutual&country=SEN").content.decode()
    assert 'href="/fr/styleguide/?q=mutual&amp;country=SEN"' in page


@pytest.mark.django_db  # closing a file asks for the connection
@pytest.mark.parametrize("address", READING_PAGES)
def test_every_file_a_page_names_is_there_and_may_be_kept_for_ever(client: Client, address: str) -> None:
    named = set(ASSET.findall(client.get(address).content.decode()))
    assert len(named) >= 3
    for file in named:
        response = client.get(file)
        assert response.status_code == 200, file
        assert "immutable" in response.headers["Cache-Control"], file
        response.close()


@pytest.mark.django_db  # closing a file asks for the connection
def test_styles_come_packed_to_browsers_that_unpack(client: Client) -> None:
    page = client.get("/en/styleguide/").content.decode()
    sheet = next(file for file in ASSET.findall(page) if file.endswith(".css"))
    response = client.get(sheet, headers={"accept-encoding": "br"})
    assert response.headers["Content-Encoding"] == "br"
    response.close()


@pytest.mark.django_db  # closing a file asks for the connection
def test_the_first_load_without_map_and_fonts_is_light(client: Client) -> None:
    page = client.get("/en/styleguide/", headers={"accept-encoding": "gzip"})
    assert page.headers["Content-Encoding"] == "gzip"
    total = len(page.content)
    for file in set(ASSET.findall(client.get("/en/styleguide/").content.decode())):
        response = client.get(file, headers={"accept-encoding": "gzip"})
        total += len(response.getvalue())
        response.close()
    assert total < 150_000


def test_a_page_read_before_is_not_sent_again(client: Client) -> None:
    first = client.get("/en/styleguide/", headers={"accept-encoding": "gzip"})
    again = client.get("/en/styleguide/", headers={"accept-encoding": "gzip", "if-none-match": first.headers["ETag"]})
    assert again.status_code == 304
    assert not again.content


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Nothing stands at this address"),
        ("fr", "Rien ne se trouve à cette adresse"),
        ("es", "No hay nada en esta dirección"),
    ],
)
def test_a_wrong_address_is_told_in_the_readers_language_with_a_search_box(client: Client, language: str, words: str) -> None:
    response = client.get(f"/{language}/nothing/red-gardens")
    assert response.status_code == 404
    page = response.content.decode()
    assert words in page
    assert 'role="search"' in page
    assert 'value="red gardens"' in page
    assert "noindex" in page


def test_a_wrong_address_cannot_write_into_the_page(client: Client) -> None:
    page = client.get('/en/"><script>alert(1)</script>').content.decode()
    assert "<script>alert" not in page


def test_a_fault_of_ours_is_told_in_the_readers_language(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_arguments: object) -> None:
        raise RuntimeError("invented fault")

    monkeypatch.setattr("essaim.pages.styleguide.render", broken)
    client.raise_request_exception = False
    response = client.get("/fr/styleguide/")
    assert response.status_code == 500
    page = response.content.decode()
    assert "Quelque chose s’est cassé de notre côté" in page
    assert "invented fault" not in page
    assert 'role="search"' in page


def test_a_site_whose_front_end_was_not_built_still_says_that_the_fault_is_ours(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("essaim.pages.assets.FOLDER", "not-built")
    client.raise_request_exception = False
    response = client.get("/es/styleguide/")
    assert response.status_code == 500
    assert response.headers["Content-Type"].startswith("text/plain")
    assert response.content.decode() == "Algo se ha roto de nuestro lado"


@pytest.mark.django_db
def test_health_says_that_the_database_answers(client: Client) -> None:
    response = client.get(reverse("health"))
    assert response.status_code == 200
    assert response.json()["database"] == "ok"
    assert response.headers["Cache-Control"] == "no-store"


def test_the_secret_is_made_once_and_for_its_owner_only(tmp_path: Path) -> None:
    secret = read_or_make_secret_key(tmp_path)
    assert len(secret) >= 50
    assert read_or_make_secret_key(tmp_path) == secret
    assert stat.S_IMODE((tmp_path / "secret-key").stat().st_mode) == 0o600
    assert [file.name for file in tmp_path.iterdir()] == ["secret-key"]
