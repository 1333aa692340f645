"""Suggestions by anyone: the form, its limits and traps, the letter that confirms, what a stranger does not learn."""

from __future__ import annotations

import html
import re
import time
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.core import signing
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from essaim.accounts.models import JournalEntry, Person, Pseudonym
from essaim.desk.outbox import OutgoingMail
from essaim.desk.suggestions import Suggestion, forget_unconfirmed
from essaim.desk.suggestions_rate import LIMITS, SALT, Attempt
from essaim.release import Release

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("mini_release")]


def opened(ago_s: float = 60) -> str:
    """The note of a form that was opened some time ago."""

    class Earlier(signing.TimestampSigner):
        def timestamp(self) -> str:
            return signing.b62_encode(int(time.time() - ago_s))

    return Earlier(salt=SALT).sign("form")


def sent(client: Client, key: str, about: str, value: str, language: str = "en", **more: str) -> HttpResponse:
    given = {"value": value, "why": "It stands on their page.", "email": "reader@example.org", "opened": opened()}
    return client.post(f"/{language}/suggest/organisation/{key}?property={about}", given | more)


def words(answer: HttpResponse) -> str:
    return html.unescape(answer.content.decode())


def link_in_the_letter() -> str:
    letter = OutgoingMail.objects.filter(topic="asked").latest("pk")
    found = re.search(r"https?://\S+/links/\S+", letter.text)
    assert found is not None
    return urlsplit(found[0]).path


def test_a_page_leads_to_what_can_be_suggested_on_it(client: Client, mini_release: Release) -> None:
    document = mini_release.page("organisation", "mini_register:R1")
    assert document is not None
    page = words(client.get(f"/en/organisations/{document['id']}-{document['slug']}"))
    assert f'href="/en/suggest/organisation/{document["id"]}"' in page
    choice = words(client.get(f"/en/suggest/organisation/{document['id']}"))
    assert "?property=founded" in choice
    assert "1998" in choice
    assert "2001" in choice


@pytest.mark.parametrize("place", ["/en/suggest/norm/UNGA-77-281", "/fr/suggest/institution/ILO", "/es/suggest/country/SEN"])
@pytest.mark.usefixtures("packaged_facts")
def test_things_of_the_database_can_be_suggested_on_too(client: Client, place: str) -> None:
    assert "?property=title" in words(client.get(place))


def test_a_stranger_suggests_confirms_and_waits_for_review(client: Client) -> None:
    answer = sent(
        client, "R1", "founded", "May 1999", name="Rita Reader", evidence="https://jardins.example.org/histoire?utm_source=x"
    )
    assert answer.status_code == 302
    one = Suggestion.objects.get()
    assert (one.state, one.value, one.about_id) == ("unconfirmed", "1999-05", "mini_register:R1")
    assert one.evidence == "https://jardins.example.org/histoire"
    assert (one.country, set(one.scopes.values_list("scope", flat=True)) >= {"country:FRA"}) == ("FRA", True)
    path = link_in_the_letter()
    assert "1999-05" in words(client.get(path)) or "May 1999" in words(client.get(path))
    assert Suggestion.objects.get().state == "unconfirmed", "opening a link decides nothing: mail programs do it by themselves"
    assert "waits for review" in words(client.post(path, {"confirm": ""}))
    one.refresh_from_db()
    assert one.state == "proposed"
    assert one.by_email_confirmed_at is not None
    entry = JournalEntry.objects.get(act="suggested")
    assert "Rita" not in str(entry.__dict__)
    assert "reader@example.org" not in str(entry.__dict__)
    assert one.reporter == "reader@example.org"


def test_a_stranger_takes_a_suggestion_back_and_cannot_after_it_was_decided(client: Client) -> None:
    sent(client, "R1", "founded", "1999")
    path = link_in_the_letter()
    client.post(path, {"withdraw": ""})
    assert Suggestion.objects.get().state == "withdrawn"
    told = words(client.post(path, {"withdraw": ""}))
    assert "nothing was changed" in told


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("founded", "long ago", "This is not a date"),
        ("website", "javascript:alert(1)", "This is not a web address"),
        ("members_count", "many", "This is not a whole number"),
        ("turnover", "12", "This is not an amount with a currency"),
        ("phone", "call us", "This is not a telephone number"),
        ("entity_type", "holding", "holding"),
        ("country", "XXX", "XXX"),
        ("name", "  ", "required"),
        ("town", "x" * 3000, "2000"),
    ],
)
def test_a_value_that_cannot_be_is_told_in_words_and_not_kept(client: Client, name: str, value: str, told: str) -> None:
    answer = sent(client, "R1", name, value)
    assert answer.status_code == 200
    assert told in words(answer)
    assert not Suggestion.objects.exists()
    assert not OutgoingMail.objects.exists()


@pytest.mark.parametrize(("language", "told"), [("fr", "Ceci n’est pas une date"), ("es", "Esto no es una fecha")])
def test_errors_are_in_the_reader_s_language(client: Client, language: str, told: str) -> None:
    assert told in words(sent(client, "R1", "founded", "long ago", language))


def test_an_identifier_is_read_by_its_register(client: Client) -> None:
    assert "not an identifier of that register" in words(sent(client, "R1", "identifier", "12", scheme="FR-SIREN"))
    sent(client, "R1", "identifier", "552 100 554", scheme="FR-SIREN")
    one = Suggestion.objects.get()
    assert (one.value, one.unit) == ("552100554", "FR-SIREN")


def test_a_program_that_fills_the_trap_is_thanked_and_nothing_is_kept(client: Client) -> None:
    assert sent(client, "R1", "founded", "1999", fax="1234").status_code == 302
    assert not Suggestion.objects.exists()
    assert not Attempt.objects.exists()


@pytest.mark.parametrize("note", [0, None, 3 * 24 * 3600])
def test_a_form_that_comes_back_at_once_or_with_a_wrong_note_is_asked_for_again(client: Client, note: int | None) -> None:
    answer = sent(client, "R1", "founded", "1999", opened="forged:1:xyz" if note is None else opened(note))
    assert "That was very quick" in words(answer)
    assert not Suggestion.objects.exists()


def test_one_address_and_one_network_suggest_only_so_often(client: Client) -> None:
    most = LIMITS["address"][0][1]
    for _ in range(most):
        assert sent(client, "R1", "founded", "1999").status_code == 302
    assert sent(client, "R1", "founded", "1999", email="Reader@example.org").status_code == 429
    assert sent(client, "R1", "founded", "1999", email="other@example.org").status_code == 302
    for number in range(LIMITS["network"][0][1] - most - 1):
        assert sent(client, "R1", "founded", "1999", email=f"r{number}@example.org").status_code == 302
    assert sent(client, "R1", "founded", "1999", email="last@example.org").status_code == 429
    assert "example.org" not in str(list(Attempt.objects.values()))


def test_a_form_from_elsewhere_is_refused(mini_release: Release) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert sent(strict, "R1", "founded", "1999").status_code == 403


@pytest.mark.parametrize(
    "place",
    ["organisation/nothing", "person/1", "upload/1", "suggestion/1", "mandate/1", "release/1", "norm/unknown", "norm/%00", "x/y"],
)
def test_what_is_not_there_or_not_open_is_not_found(client: Client, place: str) -> None:
    assert client.get(f"/en/suggest/{place}?property=title").status_code == 404


def test_someone_with_an_account_needs_no_link(client: Client, a_person: Person) -> None:
    client.force_login(a_person)
    answer = sent(client, "R1", "founded", "1999")
    assert answer.status_code == 302
    one = Suggestion.objects.get()
    assert (one.state, one.by) == ("proposed", a_person)


def test_nobody_speaks_for_an_institution_without_a_mandate(client: Client, a_person: Person) -> None:
    client.force_login(a_person)
    sent(client, "R1", "founded", "1999", for_institution="ILO")
    assert Suggestion.objects.get().for_institution == ""


def test_what_nobody_confirmed_is_deleted_with_name_and_address(client: Client) -> None:
    sent(client, "R1", "founded", "1999", name="Rita Reader")
    Suggestion.objects.update(at=timezone.now() - timedelta(days=8))
    assert forget_unconfirmed() == 1
    assert not Suggestion.objects.exists()
    assert not Pseudonym.objects.filter(email="reader@example.org").exists()
    assert "time is over" in words(client.get(link_in_the_letter()))


def test_words_of_a_stranger_do_not_break_out_of_the_page(client: Client) -> None:
    sent(client, "R1", "town", "<script>alert(1)</script>")
    assert "<script>alert" not in client.get(link_in_the_letter()).content.decode()
