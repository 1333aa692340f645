"""Health, and what is logged of a request: its route, never its address, its sender or a secret."""

from __future__ import annotations

import io
import json
import logging
import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client, RequestFactory
from django.utils import timezone

from essaim.config import configuration, read_configuration
from essaim.desk import errors_kept
from essaim.desk.models import WorkerBeat
from essaim.errors import ConfigurationError
from essaim.web.log_settings import log_settings
from essaim.web.logs import JsonLine, TextLine, masked
from essaim.web.requests import visitor_address


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """What the root logger writes as JSON."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLine())
    told = logging.getLogger("essaim.request")
    before = told.level
    told.setLevel(logging.INFO)
    logging.getLogger().addHandler(handler)
    yield stream
    logging.getLogger().removeHandler(handler)
    told.setLevel(before)


def last(stream: io.StringIO) -> dict[str, object]:
    found: dict[str, object] = json.loads(stream.getvalue().splitlines()[-1])
    return found


@pytest.mark.django_db
def test_health_tells_database_release_and_worker(client: Client, mini_release: object) -> None:
    told = client.get("/health").json()
    assert told == {
        "state": "good",
        "database": "ok",
        "release": os.readlink(configuration().releases / "current"),
        "worker": "none",
    }
    WorkerBeat.objects.create(worker="here:1")
    assert client.get("/health").json()["worker"] == "ok"
    WorkerBeat.objects.update(at=timezone.now() - timedelta(hours=1))
    late = client.get("/health")
    assert (late.status_code, late.json()["state"], late.json()["worker"]) == (200, "warning", "late")


@pytest.mark.django_db
@pytest.mark.usefixtures("before_the_first_release")
def test_before_the_first_release_the_site_is_in_good_health(client: Client) -> None:
    answer = client.get("/health")
    assert (answer.status_code, answer.json()["release"]) == (200, None)


@pytest.mark.django_db
@pytest.mark.usefixtures("before_the_first_release")
def test_a_release_that_cannot_be_read_is_bad_health(client: Client) -> None:
    releases = configuration().releases
    broken = releases / "2020-01-01.1"
    broken.mkdir(parents=True)
    (broken / "manifest.json").write_text("{")
    (releases / "current").symlink_to(broken.name)
    try:
        answer = client.get("/health")
        assert (answer.status_code, answer.json()["state"]) == (503, "bad")
        assert "/" not in answer.json()["fault"]
    finally:
        (releases / "current").unlink()
        (broken / "manifest.json").unlink()
        broken.rmdir()


def test_a_database_that_is_down_is_bad_health(client: Client, mini_release: object) -> None:
    answer = client.get("/health")  # pytest-django refuses the database to this test: to the site it is down
    assert (answer.status_code, answer.json()["database"]) == (503, "down")


def test_a_request_is_one_line_of_json_with_its_route_and_id(client: Client, lines: io.StringIO) -> None:
    answer = client.get("/en/styleguide/?q=zoe@example.org", headers={"x-request-id": "chosen-by-a-stranger"})
    told = last(lines)
    assert told["request_id"] == answer.headers["X-Request-ID"] != "chosen-by-a-stranger"
    assert (told["route"], told["method"], told["status"]) == ("en/styleguide/", "GET", 200)
    assert set(told) == {"at", "level", "logger", "message", "request_id", "method", "route", "status", "milliseconds"}
    assert "zoe" not in lines.getvalue()


@pytest.mark.django_db
def test_neither_a_token_nor_an_address_nor_a_question_is_logged(client: Client, lines: io.StringIO) -> None:
    token = "Zm9vYmFyYmF6cXV4MTIzNDU2Nzg5MA-abcdef0123456789"
    client.get(f"/en/account/invitation/{token}?mail=zoe@example.org", REMOTE_ADDR="192.0.2.7")
    client.get(f"/en/nothing/{token}/zoe@example.org", REMOTE_ADDR="192.0.2.7")
    written = lines.getvalue()
    assert len(written.splitlines()) >= 2
    # "zoe" has letters that no request id, which is hexadecimal, can hold by chance.
    for secret in (token, "zoe", "192.0.2.7"):
        assert secret not in written


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("no place for Ada.Example+x@example.org, sorry", "no place for <mail>, sorry"),
        ("from 192.0.2.7 and 2001:db8:0:1::7", "from <address> and <address>"),
        ("Key (email)=(ada@example.org) already exists", "Key (email)=(…) already exists"),
        ("token Zm9vYmFyYmF6cXV4MTIzNDU2Nzg5MA-abc fell", "token <secret> fell"),
        (
            "essaim.desk.backup.layout.BackupError: release 2026-11-24.1 at 12:30:01",
            "essaim.desk.backup.layout.BackupError: release 2026-11-24.1 at 12:30:01",
        ),
    ],
)
def test_what_could_name_a_person_is_masked(text: str, told: str) -> None:
    assert masked(text) == told


def an_error(message: str) -> logging.LogRecord:
    try:
        raise ValueError(message)
    except ValueError as error:
        return logging.LogRecord("essaim.test", logging.ERROR, __file__, 1, "fell", (), (ValueError, error, error.__traceback__))


@pytest.mark.parametrize("form", [JsonLine(), TextLine()])
def test_a_traceback_is_kept_and_its_data_masked(form: logging.Formatter) -> None:
    written = form.format(an_error("for ada@example.org"))
    assert "ValueError: for <mail>" in written
    assert "in an_error" in written
    assert isinstance(form, TextLine) or "\n" not in written


@pytest.mark.django_db
def test_an_error_of_a_page_is_kept_for_the_operator_by_its_route(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fall(*arguments: object) -> None:
        raise RuntimeError("fell for ada@example.org")

    monkeypatch.setattr("essaim.pages.styleguide.render", fall)
    client.raise_request_exception = False
    answer = client.get("/en/styleguide/")
    assert answer.status_code == 500
    [group] = [one for one in errors_kept.recent(configuration().home) if one.error == "RuntimeError"]
    assert (group.where, group.count) == ("en/styleguide/", 1)
    assert answer.headers["X-Request-ID"] in group.request_ids
    files = (configuration().home / errors_kept.FOLDER).glob("*.jsonl")
    assert all("ada@" not in file.read_text() and file.stat().st_mode & 0o077 == 0 for file in files)


@pytest.mark.parametrize(
    ("passed_on", "proxies", "address"),
    [
        ("198.51.100.9", 0, "192.0.2.1"),
        ("198.51.100.9", 1, "198.51.100.9"),
        ("203.0.113.5, 198.51.100.9", 1, "198.51.100.9"),
        ("203.0.113.5, 198.51.100.9, 192.0.2.8", 2, "198.51.100.9"),
        ("", 1, "192.0.2.1"),
        (" , ", 1, "192.0.2.1"),
    ],
)
def test_only_what_our_own_proxies_say_of_the_visitor_is_believed(passed_on: str, proxies: int, address: str) -> None:
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.1", headers={"x-forwarded-for": passed_on})
    assert visitor_address(request, proxies) == address


def test_the_form_of_the_log_is_one_setting(tmp_path: Path) -> None:
    told = {"ESSAIM_HOME": str(tmp_path), "ESSAIM_LOG_FORMAT": "json", "ESSAIM_PROXIES": "1"}
    assert log_settings(read_configuration(told))["handlers"]["console"]["formatter"] == "json"
    with pytest.raises(ConfigurationError, match=r"log_format 'xml'.*proxies"):
        read_configuration(told | {"ESSAIM_LOG_FORMAT": "xml", "ESSAIM_PROXIES": "-1"})
