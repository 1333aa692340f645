"""Web addresses take one form, and only an organisation's own domain tells who it is."""

from __future__ import annotations

import pytest
from hypothesis import given

from essaim.errors import RecordError
from essaim.values import domains
from tests.values.hypothesis_texts import of


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("www.Example.org/About/", "https://www.example.org/About"),
        ("http://example.org:80/", "http://example.org"),
        ("HTTPS://EXAMPLE.ORG/?utm_source=x&id=1#top", "https://example.org?id=1"),
        ("https://example.org/#/about", "https://example.org#/about"),
        ("https://bücher.example/ä", "https://xn--bcher-kva.example/%C3%A4"),
        ("http://example.org/a%2fb?page&x=%20", "http://example.org/a%2Fb?page&x=%20"),
        ("example.org:8080/x", "https://example.org:8080/x"),
        ("http://example.org/kept//https://example.com", "http://example.org/kept//https://example.com"),
    ],
)
def test_addresses_take_one_form(text: str, url: str) -> None:
    assert domains.parse(text) == url


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a@example.org",
        "mailto:a@example.org",
        "javascript:alert(1)",
        "ftp://example.org",
        "localhost",
        "http://127.0.0.1/",
        "example",
        "https://user:secret@example.org",
        "example.org, example.com",
        "http://[::1]",
        "http://http://example.org",
    ],
)
def test_what_is_no_public_web_address_is_refused(text: str) -> None:
    with pytest.raises(RecordError, match="not a web address"):
        domains.parse(text)


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://shop.example.co.uk/a", "example.co.uk"),
        ("www.example.coop", "example.coop"),
        ("https://example.github.io", "example.github.io"),
        ("https://facebook.com/Some.Page", ""),
        ("https://exemple.wordpress.com", ""),
        ("http://203.0.113.9/x", None),
        ("http://93.184.216.34/x", ""),
    ],
)
def test_a_shared_site_is_no_key_of_an_organisation(url: str, key: str | None) -> None:
    if key is None:
        with pytest.raises(RecordError):
            domains.domain_key(url)
    else:
        assert domains.domain_key(url) == key


def test_a_page_on_a_social_network_keeps_its_full_handle() -> None:
    assert domains.parse("https://www.facebook.com/Some.Page/?fbclid=1") == "https://www.facebook.com/Some.Page"


def test_a_reader_sees_the_address_in_its_own_script() -> None:
    assert domains.display("https://www.xn--bcher-kva.example/%C3%A4") == "bücher.example/ä"


@given(of("abc./:?#&=%-é", "https://", "www.", "example.org", ".com", "utm_source=1"))
def test_normalising_twice_is_normalising_once_and_nothing_else_is_raised(text: str) -> None:
    try:
        url = domains.parse(text)
    except RecordError:
        return
    assert domains.parse(url) == url
    assert url.isascii()
    domains.domain_key(url)
    domains.display(url)
