"""Accounts and the journal from the command line, in a data folder of their own."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest


def essaim(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "essaim.cli.main", *arguments]
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    return subprocess.run(command, env=environment | {"ESSAIM_HOME": str(home)}, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("accounts")
    made = essaim(folder, "user", "add", "First@example.org", "--role", "administrator")
    assert made.returncode == 0, made.stderr
    assert "/en/account/password/reset/key/" in made.stdout
    return folder


def test_the_first_administrator_is_made_in_an_empty_folder(home: Path) -> None:
    [person] = json.loads(essaim(home, "user", "list").stdout)
    assert (person["email"], person["roles"], person["state"]) == ("first@example.org", "administrator (all)", "open")


def test_roles_are_given_and_ended_and_accounts_closed(home: Path) -> None:
    assert (
        "is reviewer (country:SEN)"
        in essaim(home, "user", "grant", "first@example.org", "reviewer", "--scope", "country:SEN").stdout
    )
    assert "already" in essaim(home, "user", "grant", "first@example.org", "reviewer", "--scope", "country:SEN").stdout
    ended = essaim(home, "user", "grant", "first@example.org", "reviewer", "--scope", "country:SEN", "--end")
    assert "no more" in ended.stdout
    assert essaim(home, "user", "disable", "first@example.org").stdout.strip().endswith("closed")
    assert essaim(home, "user", "disable", "first@example.org", "--enable").stdout.strip().endswith("open")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["user", "add", "nobody"], "no e-mail address"),
        (["user", "grant", "nobody@example.org", "reviewer"], "no account with this address"),
        (["user", "grant", "first@example.org", "king"], "not given by grant"),
        (["user", "grant", "first@example.org", "reviewer", "--scope", "moon"], "no such scope"),
    ],
)
def test_faults_are_told_in_one_line(home: Path, arguments: list[str], told: str) -> None:
    answer = essaim(home, *arguments)
    assert answer.returncode == 1
    assert told in answer.stderr
    assert answer.stderr.count("\n") == 1


def test_writers_at_the_same_time_make_one_chain(home: Path) -> None:
    before = int(essaim(home, "journal", "head").stdout.partition(":")[0])
    environment = os.environ | {"ESSAIM_HOME": str(home)}
    base = [sys.executable, "-m", "essaim.cli.main", "user", "grant", "first@example.org", "librarian", "--scope"]
    scopes = ("country:SEN", "country:FRA", "country:CAN")
    writers = [subprocess.Popen([*base, scope], env=environment, stdout=subprocess.DEVNULL) for scope in scopes]
    assert [writer.wait(timeout=120) for writer in writers] == [0, 0, 0]
    assert int(essaim(home, "journal", "head").stdout.partition(":")[0]) == before + 3
    assert essaim(home, "journal", "verify").returncode == 0


def test_a_tampered_row_is_found_and_so_is_a_lost_end(home: Path) -> None:
    head = essaim(home, "journal", "head").stdout.strip()
    assert essaim(home, "journal", "verify", "--head", head).returncode == 0
    assert essaim(home, "journal", "verify", "--head", "x").returncode == 2
    assert json.loads(essaim(home, "journal", "list", "--limit", "1").stdout)[0]["number"] == int(head.partition(":")[0])
    database = sqlite3.connect(home / "essaim.sqlite3")
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        database.execute("DELETE FROM accounts_journalentry WHERE number = 1")
    database.execute("DROP TRIGGER journal_no_update")
    database.execute("DROP TRIGGER journal_no_delete")
    database.execute("UPDATE accounts_journalentry SET by_key = 'another' WHERE number = 1")
    database.execute("DELETE FROM accounts_journalentry WHERE number = (SELECT MAX(number) FROM accounts_journalentry)")
    database.commit()
    database.close()
    answer = essaim(home, "journal", "verify", "--head", head)
    assert answer.returncode == 1
    assert "entry 1 (" in answer.stderr
    assert "is not in the journal any more" in answer.stderr
