"""Signed links: what opens, what does not, and what a stranger learns (nothing)."""

from __future__ import annotations

import string
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from essaim.desk import links
from essaim.desk.links import LinkError, Purpose, SignedLink, make, open_link, revoke
from essaim.errors import ConfigurationError

TOKEN_SIGNS = string.ascii_letters + string.digits + "-_"
ABOUT = ("example", "e1")


def answer(request: HttpRequest, link: SignedLink) -> HttpResponse:
    if request.method == "POST":
        link.use()
        return HttpResponse("done")
    return HttpResponse("press the button")


@pytest.fixture(autouse=True)
def purposes() -> None:
    links.register_purpose(Purpose("try-it", "Try it", answer))
    links.register_purpose(Purpose("try-other", "Try the other", answer))


def token_of(url: str) -> str:
    return url.rsplit("/", 1)[-1]


def path_of(url: str) -> str:
    return urlsplit(url).path


def code_of(token: str, purpose: str = "try-it") -> str:
    with pytest.raises(LinkError) as told:
        open_link(token, purpose)
    return told.value.code


@pytest.mark.django_db
def test_a_link_opens_what_it_was_made_for() -> None:
    url = make("try-it", ABOUT, details={"topic": "x"})
    link = open_link(token_of(url), "try-it")
    assert (link.about, link.details, link.used_at) == (ABOUT, {"topic": "x"}, None)
    assert "/en/links/try-it/" in url


@pytest.mark.django_db
def test_a_link_speaks_the_language_it_was_made_in() -> None:
    assert "/fr/links/" in make("try-it", ABOUT, language="fr")
    with translation.override("es"):
        assert "/es/links/" in make("try-it", ABOUT)


@pytest.mark.django_db
def test_only_a_hash_of_the_token_is_kept() -> None:
    token = token_of(make("try-it", ABOUT))
    kept = " ".join(str(value) for value in SignedLink.objects.values_list().get())
    assert token not in kept
    assert token[:32] not in kept
    assert SignedLink.objects.get().token_hash == links.hash_of(token)


@pytest.mark.django_db
def test_a_link_of_one_purpose_does_not_open_another() -> None:
    assert code_of(token_of(make("try-it", ABOUT)), "try-other") == "wrong"


@pytest.mark.django_db
def test_a_purpose_that_nobody_registered_gets_no_link() -> None:
    with pytest.raises(ConfigurationError):
        make("no-such-purpose", ABOUT)


@pytest.mark.django_db
def test_an_expired_a_used_and_a_revoked_link_are_told_apart() -> None:
    expired, used, revoked = (token_of(make("try-it", ("example", id))) for id in ("e1", "e2", "e3"))
    SignedLink.objects.filter(about_id="e1").update(expires_at=timezone.now() - timedelta(seconds=1))
    open_link(used, "try-it").use()
    assert revoke("try-it", ("example", "e3")) == 1
    assert [code_of(token) for token in (expired, used, revoked)] == ["expired", "used", "revoked"]


@pytest.mark.django_db
def test_a_link_for_one_use_is_used_once_even_when_two_hold_it_open() -> None:
    token = token_of(make("try-it", ABOUT))
    first, second = open_link(token, "try-it"), open_link(token, "try-it")
    first.use()
    with pytest.raises(LinkError) as told:
        second.use()
    assert told.value.code == "used"


@pytest.mark.django_db
def test_a_link_taken_back_while_its_page_was_open_does_nothing() -> None:
    link = open_link(token_of(make("try-it", ABOUT)), "try-it")
    revoke("try-it", ABOUT)
    with pytest.raises(LinkError) as told:
        link.use()
    assert told.value.code == "revoked"


@pytest.mark.django_db
def test_a_link_for_several_uses_goes_on_opening() -> None:
    token = token_of(make("try-it", ABOUT, single_use=False))
    open_link(token, "try-it").use()
    open_link(token, "try-it").use()


@pytest.mark.django_db
def test_links_outlive_a_change_of_the_sites_secret_only_while_the_old_one_is_named() -> None:
    with override_settings(SECRET_KEY="before"):
        token = token_of(make("try-it", ABOUT))
    with override_settings(SECRET_KEY="after", SECRET_KEY_FALLBACKS=["before"]):
        assert open_link(token, "try-it").about == ABOUT
    with override_settings(SECRET_KEY="after"):
        assert code_of(token) == "wrong"


@pytest.mark.django_db
def test_old_links_are_forgotten_and_young_ones_are_not() -> None:
    old, young = token_of(make("try-it", ABOUT)), token_of(make("try-it", ("example", "e2")))
    SignedLink.objects.filter(about_id="e1").update(expires_at=timezone.now() - timedelta(days=31))
    SignedLink.objects.filter(about_id="e2").update(expires_at=timezone.now() - timedelta(days=1))
    assert links.forget_old() == 1
    assert (code_of(old), code_of(young)) == ("wrong", "expired")


FUZZ = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.mark.django_db
@FUZZ
@given(
    token=st.one_of(
        st.text(), st.text(alphabet=TOKEN_SIGNS, min_size=48, max_size=48), st.binary().map(lambda b: b.decode("latin-1"))
    )
)
def test_no_random_token_opens_anything(token: str) -> None:
    make("try-it", ABOUT)
    assert code_of(token) == "wrong"


@pytest.mark.django_db
@FUZZ
@given(
    place=st.integers(0, 47), sign=st.sampled_from(TOKEN_SIGNS), purpose=st.sampled_from(["try-it", "try-other", "", "TRY-IT"])
)
def test_no_token_changed_in_one_sign_opens_anything(place: int, sign: str, purpose: str) -> None:
    token = token_of(make("try-it", ABOUT))
    changed = token[:place] + sign + token[place + 1 :]
    if changed == token and purpose == "try-it":
        assert open_link(changed, purpose).about == ABOUT
    else:
        assert code_of(changed, purpose) == "wrong"


@pytest.mark.django_db
def test_a_guess_without_our_signature_asks_nothing_of_the_database() -> None:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert code_of("A" * 48) == "wrong"
    assert len(asked) == 0


@pytest.mark.django_db
def test_opening_the_page_does_not_use_the_link_and_pressing_the_button_does(client: Client) -> None:
    path = path_of(make("try-it", ABOUT))
    assert [client.get(path).content for _ in range(2)] == [b"press the button"] * 2
    assert client.head(path).status_code == 200
    assert client.post(path).content == b"done"
    assert client.post(path).status_code == 410


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "good for one use, and it was used"), ("fr", "ne servait qu’une fois"), ("es", "solo servía una vez")],
)
def test_the_page_explains_a_used_link_in_the_readers_language(client: Client, language: str, words: str) -> None:
    url = make("try-it", ABOUT, language=language)
    open_link(token_of(url), "try-it").use()
    page = client.get(path_of(url))
    assert (page.status_code, words in page.content.decode()) == (410, True)


@pytest.mark.django_db
def test_a_stranger_with_a_guess_gets_one_and_the_same_page_whatever_there_is(client: Client) -> None:
    token = token_of(make("try-it", ("example", "SECRET-ID")))
    guesses = [
        f"/en/links/try-it/{'A' * 48}",
        f"/en/links/try-other/{token}",
        f"/en/links/no-such/{'A' * 48}",
        "/en/links/try-it/x",
    ]
    pages = [client.get(path) for path in guesses]
    bodies = {page.content.decode().replace(path, "") for page, path in zip(pages, guesses, strict=True)}
    assert {page.status_code for page in pages} == {404}
    assert not any("SECRET-ID" in body or "Try it" in body or "Try the other" in body for body in bodies)
    mains = {body.partition("<main")[2].partition("</main>")[0] for body in bodies}
    assert len(mains) == 1


@pytest.mark.django_db
def test_a_links_page_sets_no_cookie_is_not_stored_and_sends_no_referrer(client: Client) -> None:
    answer = client.get(path_of(make("try-it", ABOUT)))
    assert answer.cookies == {}
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert "no-store" in answer.headers["Cache-Control"]
