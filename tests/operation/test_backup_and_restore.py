"""Backup and restore: the same pages from the copy, nothing lost when killed, nothing replaced that was not verified."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tarfile
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.running import ROOT, environment, run_in
from tests.operation.comparing import answers, database, files, serving

PAGES = [
    "/en/",
    "/fr/",
    "/es/",
    "/en/search/?q=exemple",
    "/fr/search/?q=jardins&kind=organisation",
    "/en/map/",
    "/en/organisations/R1",
    "/fr/organisations/world",
    "/en/works/",
    "/en/institutions/",
    "/es/institutions/RIPESS",
    "/en/meetings/",
    "/en/norms/",
    "/en/instruments/",
    "/en/countries/",
    "/fr/countries/SEN",
    "/en/sources/",
    "/en/sources/mini_register",
    "/en/releases/",
    "/en/about-the-data/",
    "/api/v1/organisations?limit=5",
    "/sitemap.xml",
    "/map/counts",
]


def backed_up(home: Path, target: Path, *options: str) -> dict[str, object]:
    """Make a backup and return what was told."""
    done = run_in(home, "backup", *options, str(target))
    assert done.returncode == 0, done.stderr
    told: dict[str, object] = json.loads(done.stdout)
    return told


def test_a_restored_copy_gives_the_same_pages(home: Path, tmp_path: Path) -> None:
    with serving(home) as address:
        before = answers(address, PAGES)
        told = backed_up(home, tmp_path / "backup.tar")  # while the site works
    with tarfile.open(tmp_path / "backup.tar") as tar:
        assert told["files"] == len(tar.getnames()) - 1
    done = run_in(tmp_path / "elsewhere", "restore", str(tmp_path / "backup.tar"))
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["aside"] is None
    with serving(tmp_path / "elsewhere") as address:
        after = answers(address, PAGES)
    assert {path: status for path, (status, _) in before.items()} == dict.fromkeys(PAGES, 200)
    assert [path for path in PAGES if before[path] != after[path]] == []
    assert database(home / "essaim.sqlite3") == database(tmp_path / "elsewhere" / "essaim.sqlite3")
    assert files(home) == files(tmp_path / "elsewhere")


def test_a_backup_is_for_its_owner_only_and_holds_the_secret_key_only_when_asked(home: Path, tmp_path: Path) -> None:
    secret = (home / "secret-key").read_text()
    backed_up(home, tmp_path / "without.tar")
    backed_up(home, tmp_path / "with.tar", "--with-secret-key")
    assert (tmp_path / "with.tar").stat().st_mode & 0o077 == 0
    assert secret.encode() not in (tmp_path / "without.tar").read_bytes()
    for name, is_same in (("without", False), ("with", True)):
        assert run_in(tmp_path / name, "restore", str(tmp_path / f"{name}.tar")).returncode == 0
        key = tmp_path / name / "secret-key"
        assert (key.exists() and key.read_text() == secret) is is_same


def test_of_releases_that_are_not_served_diffs_and_redirects_are_kept(packaged_home: Path, tmp_path: Path) -> None:
    first, second = sorted(path.name for path in (packaged_home / "releases").iterdir() if path.name[0].isdigit())
    backed_up(packaged_home, tmp_path / "served.tar")
    backed_up(packaged_home, tmp_path / "all.tar", "--all-releases")
    assert run_in(tmp_path / "served", "restore", str(tmp_path / "served.tar")).returncode == 0
    assert run_in(tmp_path / "all", "restore", str(tmp_path / "all.tar")).returncode == 0
    kept = {path.name for path in (tmp_path / "served" / "releases" / "kept" / first).iterdir()}
    assert kept == {"manifest.json", "diff.json", "redirect.parquet"}
    for name, numbers in (("served", [second]), ("all", [second, first])):
        listed = json.loads(run_in(tmp_path / name, "release", "list").stdout)
        assert [one["number"] for one in listed] == numbers
        assert listed[0]["state"] == "served"
        assert run_in(tmp_path / name, "release", "verify", numbers[-1]).returncode == 0


def test_a_data_folder_in_use_is_refused_and_with_replace_moved_aside(home: Path, tmp_path: Path) -> None:
    backed_up(home, tmp_path / "backup.tar")
    with closing(sqlite3.connect(home / "essaim.sqlite3")) as connection, connection:
        connection.execute("UPDATE accounts_person SET display_name = 'Written since'")
    (home / "uploads" / "since").write_text("since")
    since, before = files(home), database(home / "essaim.sqlite3")
    refused = run_in(home, "restore", str(tmp_path / "backup.tar"))
    assert refused.returncode == 1
    assert "there is something already: essaim.sqlite3, releases, uploads" in refused.stderr
    assert files(home) == since
    done = run_in(home, "restore", "--replace", str(tmp_path / "backup.tar"))
    assert done.returncode == 0, done.stderr
    aside = Path(json.loads(done.stdout)["aside"])
    assert files(aside) == since
    assert database(aside / "essaim.sqlite3") == before
    assert "Written since" not in "".join(database(home / "essaim.sqlite3"))
    assert not (home / "uploads" / "since").exists()


def test_a_running_server_keeps_its_data_folder(home: Path, tmp_path: Path) -> None:
    backed_up(home, tmp_path / "backup.tar")
    with serving(home):
        refused = run_in(home, "restore", "--replace", str(tmp_path / "backup.tar"))
    assert refused.returncode == 1
    assert "Stop Essaim" in refused.stderr


def test_a_backup_never_takes_the_place_of_a_file_unasked(home: Path, tmp_path: Path) -> None:
    (tmp_path / "backup.tar").write_text("dear")
    refused = run_in(home, "backup", str(tmp_path / "backup.tar"))
    assert refused.returncode == 1
    assert "--replace" in refused.stderr
    assert (tmp_path / "backup.tar").read_text() == "dear"
    backed_up(home, tmp_path / "backup.tar", "--replace")
    assert run_in(home, "restore", "--dry-run", str(tmp_path / "backup.tar")).returncode == 0


def test_a_dry_run_writes_nothing(home: Path, tmp_path: Path) -> None:
    told = json.loads(run_in(home, "backup", "--dry-run", str(tmp_path / "no.tar")).stdout)
    assert {one["part"] for one in told} >= {"essaim.sqlite3", "uploads", "snapshots", "sources", "releases", "all"}
    assert not (tmp_path / "no.tar").exists()
    backed_up(home, tmp_path / "backup.tar")
    held = json.loads(run_in(tmp_path / "empty", "restore", "--dry-run", str(tmp_path / "backup.tar")).stdout)
    assert held[-1]["files"] > 20
    assert not (tmp_path / "empty" / "releases").exists()


def damaged(archive: Path, kind: str) -> None:
    """Damage an archive in one way."""
    content = bytearray(archive.read_bytes())
    if kind == "cut":
        archive.write_bytes(content[: len(content) // 2])
    elif kind == "not a backup":
        archive.write_bytes(b"PK\x03\x04" + b"0" * 2000)
    elif kind == "a flipped bit":
        place = content.index(b"a minute\n")
        content[place] ^= 1
        archive.write_bytes(content)
    else:
        with tarfile.open(archive) as old, tarfile.open(f"{archive}.new", "w") as new:
            members = old.getmembers()
            for member in members:
                stream = old.extractfile(member)
                if member is members[-1]:
                    new.addfile(climbing())
                new.addfile(member, stream)
        os.replace(f"{archive}.new", archive)


def climbing() -> tarfile.TarInfo:
    """Return a member that wants to be written outside."""
    return tarfile.TarInfo("../outside")


@pytest.mark.parametrize("kind", ["cut", "not a backup", "a flipped bit", "a path that climbs out"])
def test_a_damaged_backup_is_refused_and_changes_nothing(home: Path, tmp_path: Path, kind: str) -> None:
    archive = tmp_path / "backup.tar"
    backed_up(home, archive)
    damaged(archive, kind)
    before, kept = files(home), database(home / "essaim.sqlite3")
    for options in (["--dry-run"], ["--replace"]):
        refused = run_in(home, "restore", *options, str(archive))
        assert refused.returncode == 1, kind
        assert len(refused.stderr.strip().splitlines()[-1]) > 20
        assert "Traceback" not in refused.stderr
    assert files(home) == before
    assert database(home / "essaim.sqlite3") == kept
    assert not (home / ".restoring").exists()
    assert not (tmp_path / "outside").exists()


def test_a_journal_that_was_tampered_with_is_not_restored(home: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(home / "essaim.sqlite3")) as connection, connection:
        connection.execute("DROP TRIGGER journal_no_update")
        connection.execute("UPDATE accounts_journalentry SET act = 'joined' WHERE number = 7")
    backed_up(home, tmp_path / "backup.tar")
    refused = run_in(tmp_path / "elsewhere", "restore", str(tmp_path / "backup.tar"))
    assert refused.returncode == 1
    assert "entry 7" in refused.stderr
    assert not (tmp_path / "elsewhere" / "essaim.sqlite3").exists()


def test_a_backup_of_a_later_essaim_is_refused(home: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(home / "essaim.sqlite3")) as connection, connection:
        connection.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('accounts', '0999_later', '2030-01-01')")
    backed_up(home, tmp_path / "backup.tar")
    refused = run_in(tmp_path / "elsewhere", "restore", str(tmp_path / "backup.tar"))
    assert refused.returncode == 1
    assert "was made by a later Essaim" in refused.stderr


def test_a_backup_made_before_a_migration_is_brought_up_to_date(home: Path, tmp_path: Path) -> None:
    guard = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name = 'journal_no_update'"
    assert run_in(home, "manage", "migrate", "accounts", "0001").returncode == 0
    with closing(sqlite3.connect(home / "essaim.sqlite3")) as connection:
        assert connection.execute(guard).fetchall() == []
    backed_up(home, tmp_path / "backup.tar")
    done = run_in(tmp_path / "elsewhere", "restore", str(tmp_path / "backup.tar"))
    assert done.returncode == 0, done.stderr
    with closing(sqlite3.connect(tmp_path / "elsewhere" / "essaim.sqlite3")) as connection:
        assert connection.execute(guard).fetchall() == [("journal_no_update",)]
        assert connection.execute("SELECT count(*) FROM accounts_journalentry").fetchone()[0] > 39


def killed(home: Path, at: int, log: Path, *arguments: str) -> int:
    """Run a command that dies at its n-th change to the file system; 0 lets it live. Return its exit code."""
    log.unlink(missing_ok=True)
    below = os.pathsep.join([str(home), str(log.parent / "backups")])
    told = {"KILL_AT": str(at), "KILL_LOG": str(log), "KILL_BELOW": below}
    command = [sys.executable, "-m", "tests.operation.killing", *arguments]
    done = subprocess.run(command, env=environment(home) | told, cwd=ROOT, capture_output=True, timeout=240, check=False)
    return done.returncode


def spread(count: int, number: int) -> list[int]:
    """Return so many numbers from 1 to count, the first and the last among them."""
    return sorted({1 + round(step * (count - 1) / (number - 1)) for step in range(number)})


@pytest.mark.timeout(900)  # many processes, one after the other
def test_a_killed_backup_leaves_the_backup_before_it(home: Path, tmp_path: Path) -> None:
    archive, log = tmp_path / "backups" / "backup.tar", tmp_path / "log"
    archive.parent.mkdir()
    backed_up(home, archive)
    before, kept = archive.read_bytes(), files(home)
    assert killed(home, 0, log, "backup", "--replace", str(archive)) == 0
    changes = log.read_text().splitlines()
    place = next(number for number, line in enumerate(changes, 1) if line.startswith("os.rename"))
    archive.write_bytes(before)
    for at in [*spread(place, 5), place + 1]:
        assert killed(home, at, log, "backup", "--replace", str(archive)) == -signal.SIGKILL
        if at <= place:
            assert archive.read_bytes() == before
        assert run_in(tmp_path / "any", "restore", "--dry-run", str(archive)).returncode == 0
        assert files(home) == kept
    backed_up(home, archive.with_name("another.tar"))
    assert sorted(path.name for path in archive.parent.iterdir()) == ["another.tar", "backup.tar"]


@pytest.mark.timeout(900)  # many processes, one after the other
def test_a_killed_restore_changes_nothing_or_is_finished_by_the_next_start(home: Path, tmp_path: Path) -> None:
    archive, log = tmp_path / "backup.tar", tmp_path / "log"
    backed_up(home, archive)
    saved = files(home), database(home / "essaim.sqlite3")
    (home / "uploads" / "since").write_text("since")
    with closing(sqlite3.connect(home / "essaim.sqlite3")) as connection, connection:
        connection.execute("UPDATE accounts_person SET display_name = 'Written since'")
    since = files(home), database(home / "essaim.sqlite3")
    trial = tmp_path / "trial"
    shutil.copytree(home, trial, symlinks=True)
    assert killed(trial, 0, log, "restore", "--replace", str(archive)) == 0
    changes = log.read_text().splitlines()
    begun = next(number for number, line in enumerate(changes, 1) if "restore-in-hand" in line and line.startswith("os.rename"))

    for at in spread(begun, 3):  # the last of them dies just before the rename that begins the exchange
        lay_again(home, trial)
        assert killed(trial, at, log, "restore", "--replace", str(archive)) == -signal.SIGKILL
        assert (files(trial), database(trial / "essaim.sqlite3")) == since
        assert run_in(trial, "backup", "--dry-run", "any.tar").returncode == 0
        assert (files(trial), database(trial / "essaim.sqlite3")) == since

    lay_again(home, trial)
    assert killed(trial, begun + 1, log, "restore", "--replace", str(archive)) == -signal.SIGKILL
    begun_home = Path(shutil.copytree(trial, tmp_path / "begun", symlinks=True))
    assert killed(trial, 0, log, "backup", "--dry-run", "any.tar") == 0  # any start finishes what was begun
    steps = len(log.read_text().splitlines())
    assert steps > 8
    for at in spread(steps, 6):
        lay_again(begun_home, trial)
        assert killed(trial, at, log, "backup", "--dry-run", "any.tar") == -signal.SIGKILL
        assert run_in(trial, "backup", "--dry-run", "any.tar").returncode == 0
        assert (files(trial), database(trial / "essaim.sqlite3")) == saved
        [aside] = trial.glob("before-*")
        assert (files(aside), database(aside / "essaim.sqlite3")) == since
        assert not (trial / "restore-in-hand.json").exists()


def lay_again(source: Path, trial: Path) -> None:
    """Put a data folder back to what it was."""
    shutil.rmtree(trial)
    shutil.copytree(source, trial, symlinks=True)
