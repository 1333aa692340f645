"""The review queue: who sees what, decisions one by one and many at once, two reviewers, undo, and what readers see at once."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from essaim.accounts import journal
from essaim.accounts.invitations import give
from essaim.accounts.models import JournalEntry, Person
from essaim.desk.outbox import OutgoingMail
from essaim.desk.review import ReviewError, accept, refuse, reopen
from essaim.desk.suggestions import Suggestion, make
from essaim.desk.suggestions_about import subject_of
from essaim.release import Release

from .test_suggestions import words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("mini_release")]


def a_reviewer(scope: str = "all", role: str = "reviewer", name: str = "rev") -> Person:
    person = Person.objects.create_user(f"{name}@example.org", display_name=f"{name.title()} Example")
    give(person, role, scope, None)
    return person


def proposed(key: str = "mini_register:R1", property: str = "founded", value: str = "1999", **columns: object) -> Suggestion:
    subject = subject_of("organisation", key)
    assert subject is not None
    told = {"about_kind": "organisation", "about_id": subject.id, "about_title": subject.title, "country": subject.country}
    one = Suggestion(**told, property=property, value=value, why="Seen on their page.", **columns)
    made = make(one, subject.scopes, None, "Rita Reader", "reader@example.org")
    made.state, made.by_email_confirmed_at = "proposed", timezone.now()
    made.save()
    return made


def page_of(client: Client, release: Release, key: str = "mini_register:R1", language: str = "en") -> str:
    document = release.page("organisation", key)
    assert document is not None
    return words(client.get(f"/{language}/organisations/{document['id']}-{document['slug']}"))


def decide(client: Client, act: str, *ones: Suggestion, why: str = "") -> str:
    given = {"act": act, "key": [one.key for one in ones], "why": why}
    return words(client.post("/en/review/decide", given, follow=True))


def test_the_queue_shows_the_sources_word_beside_the_proposed_one(client: Client) -> None:
    proposed(evidence="https://jardins.example.org/histoire")
    client.force_login(a_reviewer())
    page = words(client.get("/en/review/"))
    for word in ("1998", "2001", "1999", "Example register", "Example directory", "Seen on their page", "Rita Reader"):
        assert word in page
    assert "reader@example.org" not in page


def test_an_accepted_value_shows_at_once_over_the_sources_which_stay(client: Client, mini_release: Release) -> None:
    one = proposed(evidence="https://jardins.example.org/histoire")
    client.force_login(a_reviewer())
    assert "1 suggestion accepted" in decide(client, "accept", one, why="Well seen.")
    client.logout()
    page = page_of(client, mini_release)
    row = page[page.index('<th scope="row">Founded</th>') :]
    row = row[: row.index("</tr>")]
    assert "1999" in row
    assert "corrected by a reader on" in row
    assert "the sources say: 1998" in row
    assert "2001" in row
    assert "Sources disagree" not in row
    assert "https://jardins.example.org/histoire" in page
    assert "Rita" not in page
    letter = OutgoingMail.objects.get(topic="suggestions")
    assert letter.address == "reader@example.org"
    assert "Well seen." in letter.text


@pytest.mark.parametrize(("language", "told"), [("fr", "les sources disent"), ("es", "las fuentes dicen")])
def test_the_correction_is_told_in_three_languages(client: Client, mini_release: Release, language: str, told: str) -> None:
    accept(proposed(), a_reviewer())
    assert told in page_of(client, mini_release, language=language)


def test_a_corrected_name_is_the_page_s_name_at_once(client: Client, mini_release: Release) -> None:
    accept(proposed(property="name", value="Jardins d’Exemple", language="fr"), a_reviewer())
    assert ">Jardins d’Exemple</h1>" in page_of(client, mini_release, language="fr")


def test_the_later_of_two_accepted_words_holds(client: Client, mini_release: Release) -> None:
    reviewer = a_reviewer()
    accept(proposed(value="1990"), reviewer)
    accept(proposed(value="1991"), reviewer)
    page = page_of(client, mini_release)
    assert "1991" in page
    assert "1990" not in page


def test_undone_it_is_gone_from_the_page_and_waits_again(client: Client, mini_release: Release) -> None:
    one = accept(proposed(), a_reviewer())
    client.force_login(a_reviewer(name="second"))
    assert "waits for review again" in decide(client, "reopen", one)
    one.refresh_from_db()
    assert (one.state, one.reviewed_by) == ("proposed", None)
    assert "corrected by" not in page_of(client, mini_release)
    acts = JournalEntry.objects.about("suggestion", one.key).order_by("number").values_list("act", flat=True)
    assert list(acts) == ["suggestion_accepted", "undone"]
    assert journal.verify() == []


def test_an_act_is_undone_once(client: Client) -> None:
    reviewer = a_reviewer()
    one = accept(proposed(), reviewer)
    reopen(one, reviewer)
    with pytest.raises(journal.JournalError, match="undone already"):
        reopen(one, reviewer)


def test_a_refusal_needs_a_reason_and_tells_it(client: Client, mini_release: Release) -> None:
    one = proposed()
    client.force_login(a_reviewer())
    assert "Say why" in decide(client, "refuse", one)
    assert Suggestion.objects.get().state == "proposed"
    assert "1 suggestion refused" in decide(client, "refuse", one, why="Their statutes say 1998.")
    assert "Their statutes say 1998." in OutgoingMail.objects.get(topic="suggestions").text
    assert "1999" not in page_of(client, mini_release)


def test_many_are_decided_at_once(client: Client) -> None:
    ones = [proposed(value=str(year)) for year in (1990, 1991, 1992)]
    client.force_login(a_reviewer())
    assert "3 suggestions refused" in decide(client, "refuse", *ones, why="Not shown there.")


def test_the_second_of_two_reviewers_is_told_and_nothing_is_overwritten(client: Client) -> None:
    one = proposed()
    as_seen = Suggestion.objects.get(pk=one.pk)
    accept(one, a_reviewer(name="first"), "Right.")
    with pytest.raises(ReviewError):
        refuse(as_seen, a_reviewer(name="second"), "Wrong.")
    client.force_login(a_reviewer(name="third"))
    assert "nothing was changed, for in the meantime it became: accepted" in decide(client, "refuse", one, why="Wrong.")
    one.refresh_from_db()
    assert (one.state, one.review_why) == ("accepted", "Right.")
    assert JournalEntry.objects.filter(act__startswith="suggestion_").count() == 1


@pytest.mark.parametrize(
    ("role", "scope", "sees"),
    [
        ("reviewer", "all", True),
        ("reviewer", "country:FRA", True),
        ("reviewer", "country:SEN", False),
        ("correspondent", "country:FRA", True),
        ("librarian", "all", False),
        ("secretariat", "all", True),
    ],
)
def test_each_sees_what_falls_to_them(client: Client, role: str, scope: str, sees: bool) -> None:
    one = proposed()
    client.force_login(a_reviewer(scope, role))
    assert ("1999" in words(client.get("/en/review/"))) is sees
    assert client.get(f"/en/review/suggestions/{one.key}").status_code == (200 if sees else 404)
    assert client.post("/en/review/decide", {"act": "accept", "key": one.key}).status_code == (302 if sees else 404)


def test_a_stranger_and_a_contributor_learn_nothing(client: Client, a_person: Person) -> None:
    one = proposed()
    for address in ("/en/review/", f"/en/review/suggestions/{one.key}", "/en/review/suggestions/none"):
        assert "account/login" in client.get(address)["Location"]
    client.force_login(a_person)
    for address in ("/en/review/", f"/en/review/suggestions/{one.key}", "/en/review/suggestions/none"):
        assert client.get(address).status_code == 404
    assert client.post("/en/review/decide", {"act": "accept", "key": one.key}).status_code == 404


def test_filters_keep_what_they_name(client: Client) -> None:
    proposed()
    proposed("mini_register:R5", "town", "Pikine")
    client.force_login(a_reviewer())
    for query, shown, hidden in (
        ("country=SEN", "Pikine", "1999"),
        ("property=founded", "1999", "Pikine"),
        ("kind=work", "Nothing waits for you here", "Pikine"),
        ("age=7", "Nothing waits for you here", "Pikine"),
        ("state=refused", "Nothing waits for you here", "1999"),
        ("country=%00&age=x&page=²", "Pikine", "nothing"),
    ):
        page = words(client.get(f"/en/review/?{query}"))
        assert shown in page, query
        assert f">{hidden}<" not in page, query


def test_pages_of_the_queue(client: Client) -> None:
    for year in range(25):
        proposed(value=str(1950 + year))
    client.force_login(a_reviewer())
    assert words(client.get("/en/review/")).count("data-line=") == 20
    assert words(client.get("/en/review/?page=2")).count("data-line=") == 5


def test_a_person_takes_their_copy_and_leaves_without_taking_the_word_along(a_person: Person) -> None:
    from essaim.accounts.personal_data import erase_person, export_person

    one = proposed()
    one.by = a_person
    one.save()
    assert export_person(a_person, None)["suggestions"][0]["value"] == "1999"
    erase_person(a_person, None)
    one.refresh_from_db()
    assert (one.by, one.why, one.value) == (None, "", "1999")


@pytest.mark.usefixtures("packaged_facts")
def test_what_was_accepted_on_a_thing_of_the_database_shows_on_its_page(client: Client) -> None:
    subject = subject_of("norm", "UNGA-77-281")
    assert subject is not None
    one = Suggestion(
        about_kind="norm", about_id=subject.id, about_title=subject.title, property="other", value="Adopted <b>in April</b>"
    )
    made = make(one, subject.scopes, a_reviewer(name="writer"))
    assert "Adopted" not in words(client.get(subject.address))
    accept(made, a_reviewer(role="librarian"))
    page = client.get(subject.address).content.decode()
    assert "Corrected by people" in page
    assert "Adopted &lt;b&gt;in April" in page


def test_before_the_next_release_the_people_s_source_has_no_page_to_lead_to(client: Client, mini_release: Release) -> None:
    accept(proposed(), a_reviewer())
    page = page_of(client, mini_release)
    assert "Corrections by people on this installation" in page
    assert 'href="/en/sources/people_local"' not in page
