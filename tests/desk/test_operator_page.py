"""The operator's page: for whom it opens, what it tells, and the build it starts."""

from __future__ import annotations

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
    assert client.post("/en/operator/build").status_code == 302
    assert client.post("/en/operator/build").status_code == 302
    assert BuildWish.objects.get().by == administrator
    assert JournalEntry.objects.filter(act="build_asked").count() == 1
    assert "A build is asked for or running" in page(client)
    run = BuildRun.objects.create(ended_at=timezone.now(), is_good=False, words="it holds no organisation")
    BuildWish.objects.update(run=run)
    shown = page(client)
    assert "it holds no organisation" in shown
    assert "Build a release" in shown
