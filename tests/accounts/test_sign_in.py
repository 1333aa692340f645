"""The doors: by invitation only, locked after wrong passwords, a second step, a session that ends, no cookie for readers."""

from __future__ import annotations

import html
import re
import time
from datetime import timedelta

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core import mail
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from essaim.accounts import invitations, journal
from essaim.accounts.invitations import InvitationError, accept, hash_of, invite
from essaim.accounts.models import Grant, Invitation, JournalEntry, Mandate, Person
from essaim.accounts.sessions import OPERATORS_IDLE_SECONDS, SEEN

from .people import PASSWORD, a_person, an_institution, with_role

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_limits_of_other_tests() -> None:
    cache.clear()


def sign_in(client: Client, person: Person, password: str = PASSWORD, language: str = "en") -> HttpResponse:
    return client.post(f"/{language}/account/login/", {"login": person.email, "password": password})


def words(answer: HttpResponse) -> str:
    return html.unescape(answer.content.decode())


def test_an_invited_person_makes_an_account_and_is_what_the_invitation_says(client: Client) -> None:
    an_institution()
    invitation, url = invite("New@example.org", "observer", with_role("secretariat"), institution="EXA", language="fr")
    assert "/fr/account/invitation/" in url
    token = url.rsplit("/", 1)[-1]
    assert token not in str(Invitation.objects.values())
    assert client.get(f"/fr/account/invitation/{token}")["Location"] == "/fr/account/signup/"
    assert "new@example.org" in words(client.get("/fr/account/signup/"))
    given = {"email": "new@example.org", "display_name": "Nour Exemple", "language": "fr"}
    answer = client.post("/fr/account/signup/", given | {"password1": PASSWORD, "password2": PASSWORD})
    assert answer["Location"] == "/fr/account/"
    person = Person.objects.get(email="new@example.org")
    assert (person.display_name, person.language) == ("Nour Exemple", "fr")
    assert [one.state() for one in Mandate.objects.of(person)] == [Mandate.State.IN_FORCE]
    assert list(JournalEntry.objects.order_by("number").values_list("act", flat=True))[-2:] == ["joined", "mandate_given"]
    assert "Nour" not in str(list(JournalEntry.objects.values()))
    assert client.get(f"/fr/account/invitation/{token}").status_code == 404
    invitation.refresh_from_db()
    with pytest.raises(InvitationError, match="not open any more"):
        accept(invitation, person)


def test_nobody_signs_up_without_an_invitation_or_with_another_address(client: Client) -> None:
    assert "by invitation of the secretariat" in words(client.get("/en/account/signup/"))
    given = {"display_name": "X", "language": "en", "password1": PASSWORD, "password2": PASSWORD}
    client.post("/en/account/signup/", given | {"email": "stranger@example.org"})
    an_institution()
    _invitation, url = invite("new@example.org", "reviewer", None, scope="country:SEN")
    client.get(url.partition("8000")[2])
    assert "another address" in words(client.post("/en/account/signup/", given | {"email": "stranger@example.org"}))
    assert not Person.objects.exists()


def test_an_invitation_ends_by_time_and_by_being_taken_back(client: Client) -> None:
    invitation, url = invite("new@example.org", "reviewer", None, scope="all")
    address = url.partition("8000")[2]
    for column, value in (("expires_at", timezone.now() - timedelta(seconds=1)), ("revoked_at", timezone.now())):
        Invitation.objects.filter(pk=invitation.pk).update(expires_at=timezone.now() + timedelta(days=1), revoked_at=None)
        assert invitations.find_open(address.rsplit("/", 1)[-1]) == invitation
        Invitation.objects.filter(pk=invitation.pk).update(**{column: value})
        assert client.get(address).status_code == 404
    assert hash_of("a") != hash_of("b")


@pytest.mark.parametrize(
    ("role", "institution", "scope", "fault"),
    [
        ("king", "", "all", "no such role"),
        ("observer", "NONE", "", "for an institution"),
        ("reviewer", "", "SEN", "no such scope"),
    ],
)
def test_what_cannot_be_given_is_told(role: str, institution: str, scope: str, fault: str) -> None:
    with pytest.raises(InvitationError, match=fault):
        invite("new@example.org", role, None, institution, scope)
    assert not Invitation.objects.exists()


def test_someone_with_an_account_takes_up_an_invitation(client: Client) -> None:
    person = a_person(password=PASSWORD)
    sign_in(client, person)
    _invitation, url = invite(person.email, "reviewer", None, scope="country:SEN")
    assert client.get(url.partition("8000")[2])["Location"] == "/en/account/invitation/take-up"
    assert "Senegal" in words(client.get("/en/account/invitation/take-up"))
    client.post("/en/account/invitation/take-up")
    assert [one.role for one in Grant.objects.of(person)] == ["reviewer"]


def test_an_invitation_of_another_is_not_taken_up(client: Client) -> None:
    sign_in(client, a_person(password=PASSWORD))
    _invitation, url = invite("another@example.org", "administrator", None, scope="all")
    client.get(url.partition("8000")[2])
    assert client.post("/en/account/invitation/take-up").status_code == 404
    assert not Grant.objects.exists()


def test_wrong_passwords_lock_one_address_from_one_place(client: Client) -> None:
    person, other = a_person(password=PASSWORD), a_person("Bo Example", password=PASSWORD)
    for _try in range(4):
        assert sign_in(client, person, "wrong").status_code == 200
    locked = sign_in(client, person, "wrong")
    assert locked.status_code == 429
    assert "30 minutes" in words(locked)
    assert sign_in(client, person).status_code == 429
    assert sign_in(Client(REMOTE_ADDR="203.0.113.9"), person).status_code == 302
    assert sign_in(client, other).status_code == 302


def test_a_closed_account_is_told_so_and_does_not_get_in(client: Client) -> None:
    person = a_person(password=PASSWORD, is_active=False)
    sign_in(client, person)
    assert client.get("/en/account/").status_code == 302


def test_a_second_step_is_asked_and_its_secret_is_not_readable_in_the_database(client: Client) -> None:
    person = a_person(password=PASSWORD)
    secret = "JBSWY3DPEHPK3PXP"
    TOTP.activate(person, secret)
    stored = Authenticator.objects.get().data["secret"]
    assert secret not in stored
    assert get_adapter().decrypt(stored) == secret
    assert sign_in(client, person)["Location"] == "/en/account/second-step/authenticate/"
    assert client.get("/en/account/")["Location"].startswith("/en/account/login/")
    assert "Second step" in words(client.get("/en/account/second-step/authenticate/"))
    code = format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))
    assert client.post("/en/account/second-step/authenticate/", {"code": code})["Location"] == "/en/account/"


def test_the_session_changes_at_sign_in_and_the_cookie_is_kept_from_scripts(client: Client) -> None:
    _invitation, url = invite("new@example.org", "reviewer", None, scope="all")
    client.get(url.partition("8000")[2])
    before = client.cookies["essaim"].value
    answer = sign_in(client, a_person(password=PASSWORD))
    assert answer.cookies["essaim"].value != before
    assert answer.cookies["essaim"]["httponly"]
    assert answer.cookies["essaim"]["samesite"] == "Lax"


@pytest.mark.parametrize(("role", "is_in"), [("administrator", False), ("secretariat", False), ("reviewer", True)])
def test_who_runs_the_house_is_out_after_half_a_day_of_silence(client: Client, role: str, is_in: bool) -> None:
    person = with_role(role)
    client.force_login(person)
    session = client.session
    session[SEEN] = time.time() - OPERATORS_IDLE_SECONDS - 1
    session.save()
    assert (client.get("/en/account/").status_code == 200) is is_in


@pytest.mark.parametrize("address", ["/en/journal/", "/en/institutions/", "/en/account/erased"])
def test_pages_that_are_only_read_set_no_cookie(client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200
    assert not answer.cookies
    assert "Cookie" in answer["Vary"]


def test_a_new_password_comes_by_mail_in_the_language_of_the_person(client: Client) -> None:
    person = a_person(password=PASSWORD, language="es")
    client.post("/en/account/password/reset/", {"email": person.email})
    [letter] = mail.outbox
    assert letter.subject == "Essaim: Poner una contraseña nueva"
    link = re.search(r"http://\S+", letter.body)
    assert link
    path = "/" + link[0].split("/", 3)[3]
    asked = client.get(path, follow=True)
    set_at = asked.redirect_chain[-1][0]
    client.post(set_at, {"password1": "otra frase muy larga", "password2": "otra frase muy larga"})
    assert sign_in(Client(), person, "otra frase muy larga").status_code == 302


def test_asking_for_an_unknown_address_tells_nothing(client: Client) -> None:
    person = a_person()
    answers = [client.post("/en/account/password/reset/", {"email": one}) for one in (person.email, "nobody@example.org")]
    assert [(one.status_code, one["Location"]) for one in answers] == [(302, "/en/account/password/reset/done/")] * 2


PAGES = [
    "",
    "email/",
    "password/change/",
    "second-step/",
    "second-step/totp/activate/",
    "second-step/webauthn/add/",
    "logout/",
    "erase",
]


@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_every_page_of_an_account_opens_under_the_strict_policy(client: Client, language: str) -> None:
    sign_in(client, a_person(password=PASSWORD))
    assert client.get(f"/{language}/account/erase")["Location"].startswith(f"/{language}/account/reauthenticate/")
    client.post(f"/{language}/account/reauthenticate/", {"password": PASSWORD})
    for page in PAGES:
        answer = client.get(f"/{language}/account/{page}")
        assert answer.status_code == 200, page
        text = words(answer)
        assert not re.search(r"\s(style|on[a-z]+)=", text), page
        assert not re.search(r'<script(?![^>]*(\ssrc=|type="application/json"))', text), page
        assert "unsafe" not in answer["Content-Security-Policy"]
    for page in ("login/", "signup/", "password/reset/", "password/reset/done/", "confirm-email/", "inactive/"):
        assert Client().get(f"/{language}/account/{page}").status_code == 200, page


def test_the_journal_of_signing_up_is_whole(client: Client) -> None:
    with_role("administrator")
    assert journal.verify() == []
