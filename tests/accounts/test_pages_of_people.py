"""People, one's own account and the journal as pages: who sees what, what is undone, what is left of an erased person."""

from __future__ import annotations

import html
import json

import pytest
from django.contrib.sessions.models import Session
from django.http import HttpResponse
from django.test import Client
from django.utils import translation

from essaim.accounts import journal, personal_data
from essaim.accounts.invitations import give, mandate
from essaim.accounts.models import Grant, Institution, Invitation, JournalEntry, Mandate, Person, Pseudonym
from essaim.accounts.people import key_for, key_of
from essaim.accounts.personal_data import PersonalData, erase_person, register_personal_data
from essaim.accounts.telling import Teller
from essaim.pages.packaged import accept, load
from essaim.pages.registry import facts_folder

from .people import PASSWORD, a_person, an_institution, with_mandate, with_role

pytestmark = pytest.mark.django_db


def words(answer: HttpResponse) -> str:
    assert answer.status_code == 200, answer
    return html.unescape(answer.content.decode())


def as_person(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.mark.parametrize("role", ["reviewer", "librarian", "correspondent"])
def test_the_page_of_people_is_not_there_for_others(client: Client, role: str) -> None:
    person = with_role(role)
    for address in ("/en/people/", f"/en/people/{person.pk}", "/en/people/999"):
        assert client.get(address)["Location"].startswith("/en/account/login/")
    assert as_person(person).get("/en/people/").status_code == 404
    assert as_person(a_person()).get(f"/en/people/{person.pk}").status_code == 404
    own = f"/en/people/roles/{Grant.objects.get().pk}/end"
    assert as_person(person).post(own).status_code == 403
    assert as_person(a_person("Bo Example")).post(own).status_code == 404
    assert Grant.objects.in_force().exists()


def test_the_secretariat_invites_confirms_and_ends(client: Client) -> None:
    member = with_mandate("member_agency", is_confirmed=False)
    desk = as_person(with_role("secretariat"))
    answer = words(
        desk.post("/en/people/", {"email": "x@example.org", "role": "observer", "institution": "EXA", "language": "en"})
    )
    assert "/en/account/invitation/" in answer
    assert "account/invitation/" not in words(desk.get("/en/people/"))
    invitation = Invitation.objects.get()
    desk.post(f"/en/people/invitations/{invitation.pk}/revoke")
    assert not Invitation.objects.get().is_open
    one = Mandate.objects.get()
    desk.post(f"/en/people/mandates/{one.pk}/confirm")
    assert Mandate.objects.get().state() == Mandate.State.IN_FORCE
    desk.post(f"/en/people/mandates/{one.pk}/end")
    assert Mandate.objects.get().until is not None
    told = JournalEntry.objects.about("mandate", str(one.pk)).order_by("number").values_list("act", flat=True)
    assert list(told) == ["mandate_given", "mandate_confirmed", "mandate_ended"]
    assert "Why can I see this?" in words(desk.get(f"/en/people/{member.pk}"))


def test_the_secretariat_makes_no_administrator(client: Client) -> None:
    person, desk = a_person(), as_person(with_role("secretariat"))
    given = {"role": "administrator", "scope": "all"}
    assert desk.post(f"/en/people/{person.pk}", given).status_code in (403, 404)
    assert desk.post("/en/people/", given | {"email": "x@example.org", "language": "en"}).status_code in (403, 404)
    assert not Grant.objects.of(person).exists()
    assert not Invitation.objects.exists()


def test_a_secretariat_of_one_country_gives_nothing_elsewhere() -> None:
    person, desk = a_person(), as_person(with_role("secretariat", "country:SEN"))
    assert desk.post(f"/en/people/{person.pk}", {"role": "reviewer", "scope": "all"}).status_code in (403, 404)
    assert not Grant.objects.of(person).exists()


def test_the_last_administrator_stays() -> None:
    person = with_role("administrator")
    client = as_person(person)
    grant = Grant.objects.get()
    client.post(f"/en/people/roles/{grant.pk}/end")
    client.post(f"/en/people/{person.pk}/open-or-close")
    entry = JournalEntry.objects.get(act="role_given")
    assert "last administrator" in words(client.post(f"/en/journal/{entry.number}/undo", follow=True))
    person.refresh_from_db()
    assert person.is_active
    assert Grant.objects.in_force().count() == 1


def test_the_journal_shows_each_reader_what_they_may_see(client: Client) -> None:
    member = with_mandate("member_agency", name="Mem Example")
    with_role("reviewer", name="Rev Example")
    assert "Mem Example speaks for Institute of EXA as member agency." in words(client.get("/en/journal/"))
    assert "Rev Example" not in words(client.get("/en/journal/"))
    assert "gave Rev Example the role reviewer" in words(as_person(member).get("/en/journal/"))
    Person.objects.filter(pk=member.pk).update(is_hidden_on_request=True)
    assert "Mem Example" not in words(client.get("/en/journal/"))
    assert "Mem Example" not in words(client.get("/en/institutions/EXA"))
    assert "Mem Example" in words(as_person(member).get("/en/institutions/EXA"))


def test_the_journal_is_filtered_and_paged(client: Client) -> None:
    for number in range(60):
        journal.record("institution_added", ("institution", f"I{number}"), None, words={"institution": f"I{number}"})
    assert words(client.get("/en/journal/")).count('class="hit"') == 50
    assert words(client.get("/en/journal/?page=2")).count('class="hit"') == 10
    assert words(client.get("/en/journal/?kind=institution&id=I7")).count('class="hit"') == 1
    assert words(client.get("/en/journal/?act=joined")).count('class="hit"') == 0
    assert words(client.get("/en/journal/?from=2999-01-01")).count('class="hit"') == 0
    for odd in ("?page=x", "?from=never&to=9999-99-99", "?kind=%00", "?page=999999999999", "?from=9999-12-31&to=0001-01-01"):
        assert client.get(f"/en/journal/{odd}").status_code == 200


def test_an_act_is_undone_once_and_by_who_may() -> None:
    person = a_person()
    grant = give(person, "reviewer", "all", None)
    entry = JournalEntry.objects.get(act="role_given")
    desk, stranger = with_role("secretariat", name="Sec Example"), as_person(person)
    stranger.post(f"/en/journal/{entry.number}/undo")
    assert Grant.objects.in_force().filter(pk=grant.pk).exists()
    assert "is undone" in words(as_person(desk).post(f"/en/journal/{entry.number}/undo", follow=True))
    assert not Grant.objects.in_force().filter(pk=grant.pk).exists()
    assert "undone already" in words(as_person(desk).post(f"/en/journal/{entry.number}/undo", follow=True))
    assert JournalEntry.objects.get(undoes=entry.number).before == entry.after
    assert journal.verify() == []


def test_what_changed_since_is_not_undone() -> None:
    desk = with_role("secretariat", name="Sec Example")
    with_mandate("observer")
    entry = JournalEntry.objects.get(act="mandate_given")
    Mandate.objects.get().end()
    with pytest.raises(journal.JournalError, match="it changed since"):
        journal.undo(entry, desk)
    with pytest.raises(journal.JournalError, match="cannot be undone"):
        journal.undo(journal.record("joined", ("person", "x"), None), desk)


def test_a_person_takes_a_copy_of_everything() -> None:
    person = with_mandate("observer", name="Ola Example")
    answer = as_person(person).post("/en/account/export")
    copy = json.loads(answer.content)
    assert copy["person"]["email"] == "ola@example.org"
    assert copy["mandates"][0]["institution"] == "EXA"
    assert "attachment" in answer["Content-Disposition"]
    assert JournalEntry.objects.filter(act="person_exported").count() == 1


def test_an_erased_person_leaves_a_whole_journal_and_no_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(personal_data, "_rooms", {})
    erased_elsewhere: list[int] = []
    register_personal_data(PersonalData("desk", lambda one: {"words": 3}, lambda one: erased_elsewhere.append(one.pk)))
    person = with_mandate("observer", name="Ola Example")
    client = as_person(person)
    key = key_of(person)
    before = JournalEntry.objects.count()
    erase_person(person, person)
    assert journal.verify() == []
    assert JournalEntry.objects.count() == before + 1
    assert erased_elsewhere == [person.pk]
    kept = Person.objects.get(pk=person.pk)
    assert (kept.display_name, kept.is_active, kept.has_usable_password()) == ("", False, False)
    assert "ola" not in kept.email
    assert Pseudonym.objects.get(key=key).is_erased
    assert Mandate.objects.get().until is not None
    assert not Session.objects.exists()
    assert client.get("/en/account/").status_code == 302
    with translation.override("en"):
        [told] = Teller(with_role("secretariat"), JournalEntry.objects.filter(act="mandate_given")).tell()
    assert told.sentence == "an erased person speaks for Institute of EXA as observer."


def test_one_erases_oneself_only_by_writing_ones_address() -> None:
    person = a_person(password=PASSWORD)
    client = as_person(person)
    client.post("/en/account/reauthenticate/", {"password": PASSWORD})
    assert "another address" in words(client.post("/en/account/erase", {"email": "x@example.org"}))
    assert client.post("/en/account/erase", {"email": "Ada@example.org"})["Location"] == "/en/account/erased"
    assert Person.objects.get().erased_at is not None


def test_details_are_kept_and_the_journal_names_no_name() -> None:
    person = a_person()
    as_person(person).post("/en/account/", {"display_name": "Ada Lovely", "language": "fr", "is_hidden_on_request": "on"})
    person.refresh_from_db()
    assert (person.display_name, person.language, person.is_hidden_on_request) == ("Ada Lovely", "fr", True)
    entry = JournalEntry.objects.get(act="account_changed")
    assert entry.after == {"changed": ["display_name", "language", "is_hidden_on_request"]}


def test_someone_without_an_account_has_a_name_apart_from_the_journal() -> None:
    key = key_for("Zed Example", "Zed@example.org")
    journal.record("invited", ("suggestion", "1"), key)
    assert "Zed" not in str(list(JournalEntry.objects.values()))
    assert str(Pseudonym.objects.get(key=key)) == "Zed Example"


@pytest.mark.usefixtures("packaged_facts")
def test_a_later_package_keeps_institutions_and_mandates_of_people(monkeypatch: pytest.MonkeyPatch) -> None:
    an_institution("EXA")
    person = a_person()
    mandate(person, "EXA", "national_partner", None)
    mandate(person, "ICA", "observer", None)
    monkeypatch.setattr("essaim.pages.packaged.read_version", lambda folder: 2)
    monkeypatch.setattr("essaim.pages.packaged.checksum", lambda folder: "of another package")
    folder = facts_folder("accounts")
    assert load(folder).diff["gone"] == []
    assert accept(folder) is not None
    assert Institution.objects.filter(pk="EXA").exists()
    assert Mandate.objects.in_force().count() == 2


@pytest.mark.parametrize("language", ["fr", "es"])
def test_the_pages_speak_other_languages(language: str) -> None:
    with_mandate("observer", name="Ola Example")
    desk = as_person(with_role("secretariat", name="Sec Example"))
    for page in ("people/", f"people/{Person.objects.first().pk}", "account/", "journal/"):  # type: ignore[union-attr]
        text = words(desk.get(f"/{language}/{page}"))
        assert "Sign out" not in text
        assert "Confirm for a year" not in text
