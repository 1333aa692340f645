"""The operator's page: for whom it opens, what it tells, and the build it starts."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from essaim.accounts.journal import JournalEntry
from essaim.accounts.models import Person
from essaim.config import configuration
from essaim.desk import errors_kept
from essaim.desk.models import BuildRun, BuildWish, WorkerBeat
from essaim.desk.operator_build import answer_wishes, ask_for_build, waiting_or_running, words_of
from tests.accounts.people import a_person, with_mandate, with_role

pytestmark = pytest.mark.django_db


def signed_in(client: Client, person: Person) -> Client:
    client.force_login(person, "allauth.account.auth_backends.AuthenticationBackend")
    return client


def page(client: Client, language: str = "en") -> str:
    answer = client.get(f"/{language}/operator/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_stranger_is_sent_to_the_sign_in_and_learns_nothing(client: Client) -> None:
    answer = client.get("/en/operator/")
    assert answer.status_code == 302
    assert "/account/login/" in answer.headers["Location"]
    assert client.post("/en/operator/build").status_code == 302
    assert not BuildWish.objects.exists()


@pytest.mark.parametrize(
    "role", ["contributor", "reviewer", "librarian", "correspondent", "member_agency", "observer", "national_partner"]
)
def test_who_does_not_run_the_house_finds_no_page(client: Client, role: str) -> None:
    if role == "contributor":
        person = a_person()
    else:
        person = with_mandate(role) if role in ("member_agency", "observer", "national_partner") else with_role(role)
    signed_in(client, person)
    assert client.get("/en/operator/").status_code == 404
    assert client.post("/en/operator/build").status_code in (403, 404)
    assert not BuildWish.objects.exists()


def test_an_administrator_of_one_country_does_not_run_the_house(client: Client) -> None:
    signed_in(client, with_role("administrator", "country:SEN"))
    assert client.get("/en/operator/").status_code == 404


@pytest.mark.parametrize(
    ("language", "words"), [("en", "Build a release"), ("fr", "Construire une édition"), ("es", "Construir una edición")]
)
def test_an_administrator_sees_how_the_house_stands(client: Client, mini_release: object, language: str, words: str) -> None:
    signed_in(client, with_role("administrator"))
    shown = page(client, language)
    assert words in shown
    assert Path(configuration().releases / "current").resolve().name in shown
    assert "/sources/mini_register" in shown
    assert f"{sys.version_info.major}.{sys.version_info.minor}." in shown
    assert "noindex" in shown


def test_the_worker_s_silence_is_told(client: Client) -> None:
    signed_in(client, with_role("administrator"))
    assert "No worker is running" in page(client)
    beat = WorkerBeat.objects.create(worker="here:1")
    assert "No worker is running" not in page(client)
    WorkerBeat.objects.filter(pk=beat.pk).update(at=timezone.now() - timedelta(hours=1))
    assert "gives no sign of life" in page(client)


def test_errors_of_the_last_days_are_shown_in_groups(client: Client) -> None:
    folder = configuration().home / errors_kept.FOLDER
    at = datetime.now(UTC).isoformat()
    for number in range(3):
        line = {
            "at": at,
            "error": "InventedError",
            "where": "<lang>/invented/",
            "message": f"fell {number}",
            "request_id": f"id-{number}",
        }
        errors_kept.keep(configuration().home, line)
    (folder / "2020-01-01.jsonl").write_text('{"at": "2020-01-01", "error": "LongGone", "where": "x"}\n')
    signed_in(client, with_role("administrator"))
    shown = page(client)
    assert "InventedError" in shown
    assert "3 times" in shown
    assert "fell 2" in shown
    assert "LongGone" not in shown
    errors_kept.drop_old(folder, datetime.now(UTC).date())
    assert not (folder / "2020-01-01.jsonl").exists()


def test_a_build_is_asked_for_once_and_told_in_the_journal(client: Client) -> None:
    administrator = with_role("administrator")
    signed_in(client, administrator)
    assert client.post("/en/operator/build", {"offline": "on"}).status_code == 302
    assert client.post("/en/operator/build").status_code == 302
    assert BuildWish.objects.get().by == administrator
    assert JournalEntry.objects.filter(act="build_asked").count() == 1
    assert "A build is asked for or running" in page(client)


@pytest.mark.django_db(transaction=True)
def test_one_build_answers_every_wish_and_its_release_is_served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "home"
    monkeypatch.setenv("ESSAIM_HOME", str(home))
    monkeypatch.delenv("ESSAIM_DATABASE_URL", raising=False)
    person = a_person()
    ask_for_build(person, is_offline=False)
    ask_for_build(person, is_offline=False)
    number = answer_wishes.call()
    run = BuildRun.objects.get()
    assert (run.number, run.is_good) == (number, True), run.words
    assert run.wishes.count() == 2
    assert os.readlink(home / "releases" / "current") == number
    assert not waiting_or_running()
    assert answer_wishes.call() == ""


def test_a_failed_build_says_why(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ESSAIM_DATABASE_URL", "mysql://no")
    ask_for_build(a_person())
    assert answer_wishes.call() == ""
    run = BuildRun.objects.get()
    assert run.is_good is False
    assert "database_url is neither" in run.words
    assert words_of({"faults": ["a", "b"], "problems": ["c"]}) == "a; b; c"
