"""Mail: words in three languages, ways to stop, the outbox, a real mail server."""

from __future__ import annotations

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.core import mail as django_mail
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from essaim.accounts.models import Person
from essaim.desk import outbox
from essaim.desk.mail import MailError, send, write
from essaim.desk.mail_choices import MailChoice, hash_of_address
from essaim.desk.mail_digest import send_digests
from essaim.desk.outbox import OutgoingMail, send_waiting
from essaim.errors import ConfigurationError

from .desk_smtp import MailServer

TEST = "desk/mail/test"
STATE = OutgoingMail.State
BACKEND = "django.core.mail.backends.smtp.EmailBackend"


def smtp(server: MailServer) -> BaseEmailBackend:
    return get_connection(BACKEND, host="127.0.0.1", port=server.port, timeout=5, use_tls=False)


def stop_path(letter: OutgoingMail) -> str:
    return urlsplit(letter.headers["List-Unsubscribe"].strip("<>")).path


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "subject"),
    [
        ("en", "A letter to try the mail"),
        ("fr", "Une lettre pour essayer le courrier"),
        ("es", "Una carta para probar el correo"),
    ],
)
def test_a_letter_is_written_in_text_and_html_in_three_languages(language: str, subject: str) -> None:
    letter = send("stranger@example.org", TEST, {}, "suggestions", language)
    assert letter is not None
    assert letter.subject == subject
    assert f'<html lang="{language}" dir="ltr">' in letter.html
    assert subject in letter.html
    assert "ق" in letter.text
    assert "<" not in letter.text


@pytest.mark.django_db
def test_a_person_is_written_to_in_their_own_language(a_francophone: Person) -> None:
    letter = send(a_francophone, TEST, {}, "suggestions")
    assert letter is not None
    assert (letter.language, letter.address) == ("fr", "awa@example.org")


@pytest.mark.django_db
def test_markup_in_a_value_stays_text_in_both_halves() -> None:
    context = {"role": "<b>R&D</b>", "institution": "", "url": "https://example.org/x?a=1&b=2", "until": "tomorrow"}
    said = write("desk/mail/invitation", context, "en")
    assert "<b>R&D</b>" in said.text
    assert "https://example.org/x?a=1&b=2" in said.text
    assert "&lt;b&gt;R&amp;D&lt;/b&gt;" in said.html


@pytest.mark.django_db
def test_a_subject_can_carry_no_further_header() -> None:
    context = {"institution": "X\nBcc: other@example.org", "role": "r", "until": "u", "url": "u", "is_over": True}
    said = write("desk/mail/mandate", context, "en")
    letter = send("stranger@example.org", "desk/mail/mandate", context, "asked")
    assert "\n" not in said.subject
    assert letter is not None
    assert letter.message().message()["Bcc"] is None


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["", "no address", "a@b@c", "a@example.org\nBcc: b@example.org"])
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(MailError):
        send(address, TEST, {}, "asked")
    assert not OutgoingMail.objects.exists()


@pytest.mark.django_db
def test_a_topic_that_nobody_registered_is_a_fault() -> None:
    with pytest.raises(ConfigurationError):
        send("stranger@example.org", TEST, {}, "no such topic")


@pytest.mark.django_db
def test_a_letter_of_a_transaction_that_fails_is_never_sent() -> None:
    class Failed(Exception):
        pass

    def fail() -> None:
        with transaction.atomic():
            send("stranger@example.org", TEST, {}, "suggestions")
            raise Failed

    with pytest.raises(Failed):
        fail()
    assert not OutgoingMail.objects.exists()
    assert not DBTaskResult.objects.exists()


@pytest.mark.django_db
def test_of_two_letters_with_one_key_one_is_sent() -> None:
    first = send("stranger@example.org", TEST, {}, "suggestions", key="suggestion:1:accepted")
    second = send("stranger@example.org", TEST, {}, "suggestions", key="suggestion:1:accepted")
    assert first is not None
    assert second is not None
    assert (first.pk, first.is_new, second.is_new) == (second.pk, True, False)
    assert send_waiting()["sent"] == 1
    assert send_waiting()["sent"] == 0


@pytest.mark.django_db
def test_a_sent_letter_keeps_no_words_for_they_hold_links() -> None:
    letter = send("stranger@example.org", TEST, {}, "suggestions")
    assert letter is not None
    send_waiting()
    letter.refresh_from_db()
    assert (letter.state, letter.text, letter.html) == (STATE.SENT, "", "")
    sent = django_mail.outbox[0]
    assert sent.extra_headers["Auto-Submitted"] == "auto-generated"
    assert sent.alternatives[0][1] == "text/html"


@pytest.mark.django_db
def test_a_letter_arrives_whole_at_a_real_server() -> None:
    send("stranger@example.org", TEST, {}, "suggestions", "fr")
    with MailServer() as server:
        assert send_waiting(smtp(server)) == {"sent": 1, "put_off": 0, "given_up": 0}
    (letter,) = server.letters
    assert letter["To"] == "stranger@example.org"
    assert letter["Subject"] == "Une lettre pour essayer le courrier"
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    plain, html = letter.get_body(("plain",)), letter.get_body(("html",))
    assert plain is not None
    assert "会" in plain.get_content()
    assert html is not None
    assert "会" in html.get_content()


@pytest.mark.django_db
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # Django leaves this one socket to the collector
def test_a_server_that_offers_no_encryption_gets_no_letter_unless_the_configuration_says_so() -> None:
    send("stranger@example.org", TEST, {}, "suggestions")
    with MailServer() as server:
        assert send_waiting(get_connection(BACKEND, host="127.0.0.1", port=server.port, timeout=5, use_tls=True))["put_off"] == 1
        assert "STARTTLS" in OutgoingMail.objects.get().error
    assert server.letters == []


@pytest.mark.django_db
def test_a_refused_letter_is_tried_again_later_under_the_same_message_id() -> None:
    letter = send("stranger@example.org", TEST, {}, "suggestions")
    assert letter is not None
    with MailServer(refusals=[b"451 try again later"]) as server:
        assert send_waiting(smtp(server))["put_off"] == 1
        first_id = OutgoingMail.objects.get().message().message()["Message-ID"]
        assert send_waiting(smtp(server))["sent"] == 0
        OutgoingMail.objects.update(next_at=timezone.now())
        assert send_waiting(smtp(server))["sent"] == 1
    assert server.letters[0]["Message-ID"] == first_id
    assert OutgoingMail.objects.get().attempts == 1


@pytest.mark.django_db
def test_a_letter_that_a_server_refuses_for_good_is_given_up_and_says_why_without_the_address() -> None:
    send("stranger@example.org", TEST, {}, "suggestions")
    with MailServer(refusals=[b"550 no such mailbox"]) as server:
        assert send_waiting(smtp(server))["given_up"] == 1
    kept = OutgoingMail.objects.get()
    assert (kept.state, kept.text) == (STATE.FAILED, "")
    assert "no such mailbox" in kept.error
    assert "stranger" not in kept.error


@pytest.mark.django_db
def test_without_a_server_a_letter_waits_longer_each_time_and_is_given_up_at_last() -> None:
    send("stranger@example.org", TEST, {}, "suggestions")
    nobody = get_connection(BACKEND, host="127.0.0.1", port=1, timeout=1)
    waits = []
    for _ in range(len(outbox.WAITS)):
        assert send_waiting(nobody)["put_off"] == 1
        waits.append(OutgoingMail.objects.get().next_at)
        OutgoingMail.objects.update(next_at=timezone.now())
    assert send_waiting(nobody)["given_up"] == 1
    assert waits == sorted(waits)


@pytest.mark.django_db
def test_a_letter_left_by_a_dead_worker_is_taken_up_again() -> None:
    send("stranger@example.org", TEST, {}, "suggestions")
    OutgoingMail.objects.update(state=STATE.SENDING, next_at=timezone.now() - timedelta(hours=1))
    assert send_waiting()["sent"] == 1


@pytest.mark.django_db
def test_a_letter_is_taken_up_by_one_worker() -> None:
    letter = send("stranger@example.org", TEST, {}, "suggestions")
    assert letter is not None
    assert [outbox.deliver(letter.pk), outbox.deliver(letter.pk)] == ["sent", ""]


@pytest.mark.django_db
def test_one_click_stops_a_topic_and_leaves_the_others(client: Client) -> None:
    letter = send("stranger@example.org", TEST, {}, "suggestions")
    assert letter is not None
    answer = client.post(stop_path(letter), {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert answer.cookies == {}
    assert send("stranger@example.org", TEST, {}, "suggestions") is None
    assert send("Stranger@Example.org", TEST, {}, "suggestions") is None
    assert send("stranger@example.org", TEST, {}, "asked") is not None
    assert send("other@example.org", TEST, {}, "suggestions") is not None


@pytest.mark.django_db
def test_of_a_stranger_who_stops_mail_only_a_keyed_hash_is_kept(client: Client) -> None:
    letter = send("stranger@example.org", TEST, {}, "suggestions")
    assert letter is not None
    client.post(stop_path(letter), {"stop": "1"})
    choice = MailChoice.objects.get()
    assert (choice.person, choice.address_hash) == (None, hash_of_address("stranger@example.org"))
    assert "stranger" not in choice.address_hash


@pytest.mark.django_db
def test_opening_the_stop_page_stops_nothing_and_shows_the_choices(client: Client, a_person: Person) -> None:
    letter = send(a_person, TEST, {}, "suggestions")
    assert letter is not None
    page = client.get(stop_path(letter)).content.decode()
    assert "What became of what you suggested" in page
    assert 'name="topic-mandates"' in page
    assert "ama@example.org" not in page
    assert not MailChoice.objects.exists()


@pytest.mark.django_db
def test_a_stranger_is_not_asked_about_topics_of_accounts(client: Client) -> None:
    letter = send("stranger@example.org", TEST, {}, "suggestions")
    assert letter is not None
    page = client.get(stop_path(letter)).content.decode()
    assert 'name="topic-suggestions"' in page
    assert 'name="topic-mandates"' not in page


@pytest.mark.django_db
def test_answers_to_what_one_just_asked_cannot_be_stopped_and_offer_no_stop() -> None:
    letter = send("stranger@example.org", TEST, {}, "asked")
    assert letter is not None
    assert "List-Unsubscribe" not in letter.headers


@pytest.mark.django_db
def test_the_choices_of_a_person_gone_answer_nothing(client: Client, a_person: Person) -> None:
    letter = send(a_person, TEST, {}, "suggestions")
    assert letter is not None
    path = stop_path(letter)
    Person.objects.all().update(erased_at=timezone.now())
    assert client.get(path).status_code == 410


@pytest.mark.django_db
def test_a_closed_account_gets_no_mail(a_person: Person) -> None:
    a_person.is_active = False
    a_person.save()
    assert send(a_person, TEST, {}, "suggestions") is None


@pytest.mark.django_db
def test_a_digest_gathers_a_week_into_one_letter_and_empties_the_box(client: Client, a_person: Person) -> None:
    MailChoice.objects.create(person=a_person, topic="suggestions", how_often="weekly")
    for number in range(3):
        send(a_person, TEST, {}, "suggestions", key=f"s{number}")
    send("other@example.org", TEST, {}, "suggestions")
    assert send_waiting()["sent"] == 1
    assert (send_digests("daily"), send_digests("weekly"), send_digests("weekly")) == (0, 1, 0)
    digest = OutgoingMail.objects.get(topic="digest")
    assert digest.subject == "This week on Essaim"
    assert digest.text.count("A letter to try the mail") == 3
    assert digest.html.count("</h3>") == 3
    assert "3 things were gathered for you." in digest.text
    assert digest.html.count("<html") == 1
    assert send_waiting()["sent"] == 1
    assert not OutgoingMail.objects.exclude(text="").exists()


@pytest.mark.django_db
def test_stopping_the_digest_stops_what_is_gathered_in_it(client: Client, a_person: Person) -> None:
    send(a_person, TEST, {}, "review")
    send_digests("daily")
    client.post(stop_path(OutgoingMail.objects.get(topic="digest")), {"List-Unsubscribe": "One-Click"})
    assert dict(a_person.mail_choices.values_list("topic", "how_often")) == {"review": "never"}
    assert send(a_person, TEST, {}, "review") is None
    assert send(a_person, TEST, {}, "suggestions") is not None


@pytest.mark.django_db
def test_old_letters_lose_their_address_and_keep_their_key() -> None:
    send("stranger@example.org", TEST, {}, "suggestions", key="once")
    send("stranger@example.org", TEST, {}, "suggestions")
    send_waiting()
    OutgoingMail.objects.update(made_at=timezone.now() - timedelta(days=31))
    assert outbox.forget_old() == 2
    left = OutgoingMail.objects.get()
    assert (left.address, left.key, left.subject) == ("", "once", "")


@pytest.mark.django_db
def test_no_address_of_a_link_stands_in_the_headers_of_a_letter_but_the_one_to_stop() -> None:
    letter = send("stranger@example.org", TEST, {}, "suggestions")
    assert letter is not None
    assert re.findall(r"/links/([a-z-]+)/", " ".join(letter.headers.values())) == ["mail"]


@pytest.mark.django_db
def test_a_signed_in_person_chooses_on_a_page_and_bad_choices_change_nothing(client: Client, a_person: Person) -> None:
    assert client.get("/en/mail/").status_code == 302
    client.force_login(a_person, "allauth.account.auth_backends.AuthenticationBackend")
    client.post(
        "/en/mail/", {"topic-suggestions": "weekly", "topic-asked": "never", "topic-mandates": "often", "topic-x": "never"}
    )
    assert list(a_person.mail_choices.values_list("topic", "how_often")) == [("suggestions", "weekly")]


@pytest.mark.django_db
def test_an_invitation_is_mailed_in_the_language_it_was_made_in() -> None:
    from essaim.accounts.invitations import invite

    _invitation, url = invite("new@example.org", "reviewer", None, scope="country:SEN", language="es")
    letter = OutgoingMail.objects.get()
    assert (letter.address, letter.language, letter.topic) == ("new@example.org", "es", "invitations")
    assert url in letter.text
    assert url in letter.html
