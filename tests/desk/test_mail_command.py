"""`essaim mail`, as an operator types it, against a mail server that answers."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from .desk_smtp import MailServer


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with an empty database."""
    folder = tmp_path_factory.mktemp("mail-home")
    assert run(folder, {}, "manage", "migrate", "-v0").returncode == 0
    return folder


@pytest.fixture
def server() -> Iterator[MailServer]:
    with MailServer() as started:
        yield started


def run(home: Path, settings: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"ESSAIM_HOME": str(home)} | {f"ESSAIM_SMTP_{name}": value for name, value in settings.items()}
    command = [sys.executable, "-m", "essaim.cli.main", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def at(server: MailServer) -> dict[str, str]:
    return {"HOST": "127.0.0.1", "PORT": str(server.port), "SECURITY": "none"}


def test_a_letter_to_try_the_mail_is_sent_at_once_and_leaves_nothing(home: Path, server: MailServer) -> None:
    done = run(home, at(server), "mail", "test", "you@example.org", "--language", "es")
    assert (done.returncode, done.stdout) == (0, "")
    assert "Sent to you@example.org" in done.stderr
    assert [letter["Subject"] for letter in server.letters] == ["Una carta para probar el correo"]
    assert json.loads(run(home, {}, "mail", "outbox").stdout) == []


def test_without_a_server_the_letter_is_printed_here(home: Path) -> None:
    done = run(home, {}, "mail", "test", "you@example.org")
    assert done.returncode == 0
    assert "Subject: A letter to try the mail" in done.stdout


def test_a_refusal_is_told_with_what_the_server_said_and_the_settings_to_look_at(home: Path, server: MailServer) -> None:
    server.refusals.append(b"550 not here")
    done = run(home, at(server), "mail", "test", "you@example.org")
    assert done.returncode == 1
    assert "not here" in done.stderr
    assert "ESSAIM_SMTP_HOST" in done.stderr
    assert "Traceback" not in done.stderr


def test_settings_of_mail_that_cannot_be_are_told(home: Path) -> None:
    done = run(home, {"SECURITY": "rot13", "PORT": "many"}, "mail", "outbox")
    assert done.returncode == 1
    assert "smtp_security 'rot13'" in done.stderr
    assert "smtp_port: 'many'" in done.stderr
