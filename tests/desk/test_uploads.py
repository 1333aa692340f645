"""Uploads: what is taken and what is not, where it lies, who gets it and how."""

from __future__ import annotations

import io
import os
import time
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from django.test import Client
from docx import Document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from essaim import config
from essaim.accounts.journal import verify
from essaim.accounts.models import Grant, JournalEntry, Person
from essaim.accounts.personal_data import erase_person, export_person
from essaim.accounts.scopes import Thing
from essaim.desk import clamav, uploads
from essaim.desk.clamav import ScannerError, scan
from essaim.desk.upload_checks import UploadError, safe_name, upload_types
from essaim.desk.uploads import Upload, let_others_have, may_have, receive, scan_waiting, withdraw

from .clamd_server import EICAR, Clamd

ABOUT = Thing("organisation", "oinvented", frozenset({"country:SEN"}))
RESTRICTED = Thing("meeting", "m1", frozenset(), "members")
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of its own for the files."""
    configure(monkeypatch, home=tmp_path)
    return tmp_path


def configure(monkeypatch: pytest.MonkeyPatch, **changes: object) -> None:
    changed = replace(config.configuration(), **changes)  # type: ignore[arg-type]
    for module in (uploads,):
        monkeypatch.setattr(module, "configuration", lambda: changed)


@pytest.fixture
def a_reviewer(db: None) -> Person:
    person = Person.objects.create_user("rosa@example.org", "not-a-real-passphrase", display_name="Rosa Example")
    Grant.objects.create(person=person, role="reviewer", scope_kind="country", scope_id="SEN")
    return person


def bring(content: bytes, name: str = "minutes.pdf", by: Person | None = None, **more: object) -> Upload:
    return receive(io.BytesIO(content), name, more.pop("about", ABOUT), by, **more)  # type: ignore[arg-type]


def refused(content: bytes, name: str) -> str:
    with pytest.raises(UploadError) as told:
        bring(content, name)
    assert told.value.explanation
    return told.value.code


def a_docx() -> bytes:
    document, stream = Document(), io.BytesIO()
    document.add_paragraph("Invented minutes")
    document.save(stream)
    return stream.getvalue()


def an_xlsx() -> bytes:
    book, stream = Workbook(), io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def a_zip(parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def with_part(whole: bytes, name: str, content: bytes) -> bytes:
    stream = io.BytesIO(whole)
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return stream.getvalue()


ANY_BYTES = st.one_of(st.binary(max_size=300), st.binary(max_size=60).map(lambda more: b"PK\x03\x04" + more))
ODT = {"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<office/>"}


@pytest.mark.django_db
def test_real_documents_are_taken_and_lie_under_their_hash_outside_of_what_is_served(here: Path) -> None:
    taken = {
        "a.pdf": PDF, "b.docx": a_docx(), "c.xlsx": an_xlsx(), "d.csv": "nom;né\nÉlan;1997\n".encode("cp1252"), "e.txt": b"plain",
        "f.json": b'{"a": 1}', "g.odt": a_zip(ODT), "h.png": b"\x89PNG\r\n\x1a\n" + b"\0" * 20,
    }  # fmt: skip
    for name, content in taken.items():
        upload = bring(content, name)
        assert upload.path.read_bytes() == content
        assert upload.path == here / "uploads" / upload.sha256[:2] / upload.sha256
        assert upload.state == Upload.State.UNSCANNED
    assert not list((here / "uploads" / "parts").iterdir())


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.pdf", b"", "empty"),
        ("a.csv", b"", "empty"),
        ("a.exe", b"MZ\x90\x00", "ending"),
        ("a.html", b"<html>", "ending"),
        ("a.svg", b"<svg/>", "ending"),
        ("a.docm", b"PK", "ending"),
        ("no-ending", PDF, "ending"),
        ("a.pdf", b"MZ\x90\x00" + b"\0" * 50, "content"),
        ("a.pdf", b"<html><script>alert(1)</script>", "content"),
        ("a.png", PDF, "content"),
        ("a.csv", b"<!doctype html><script>alert(1)</script>", "content"),
        ("a.txt", b"\x7fELF\x02\x01\x01", "content"),
        ("a.csv", b"#!/bin/sh\nrm -r /\n", "content"),
        ("a.json", b"<?xml version='1.0'?><svg/>", "content"),
        ("a.docx", PDF, "content"),
        ("a.docx", a_zip({"readme.txt": b"no document"}), "content"),
        ("a.docx", an_xlsx(), "content"),
        ("a.odt", a_zip({**ODT, "mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}), "content"),
        ("a.xlsx", an_xlsx()[:500], "content"),
        ("a.docx", with_part(a_docx(), "word/vbaProject.bin", b"\0"), "macros"),
        ("a.docx", with_part(a_docx(), "word/media/bomb.bin", b"\0" * 60_000_000), "bomb"),
        ("a.docx", with_part(a_docx(), "customXml/item9.xml", b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'), "bomb"),
    ],
)
def test_what_is_not_what_it_says_or_would_do_harm_is_refused_and_leaves_nothing(
    here: Path, name: str, content: bytes, code: str
) -> None:
    assert refused(content, name) == code
    assert not Upload.objects.exists()
    assert not [file for file in (here / "uploads").rglob("*") if file.is_file()]


@pytest.mark.django_db
def test_a_file_that_is_too_large_is_refused_while_it_comes(monkeypatch: pytest.MonkeyPatch, here: Path) -> None:
    configure(monkeypatch, home=here, upload_max_mb=1)
    assert refused(PDF + b"\0" * (1024 * 1024), "a.pdf") == "too_large"
    assert bring(PDF + b"\0" * 1000).size > 1000
    assert not list((here / "uploads" / "parts").iterdir())


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Users\\me\\Minutes.PDF", "Minutes.pdf"),
        ("inv\u202efdp.exe", "invfdp.exe"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie x.pdf"),
        ("...pdf", "pdf"),
        ("", "file"),
        ("محضر.docx", "محضر.docx"),
        (f"{'x' * 300}.csv", f"{'x' * 96}.csv"),
    ],
)
def test_names_are_made_safe(name: str, safe: str) -> None:
    assert safe_name(name) == safe


@given(st.text())
def test_no_name_keeps_folders_control_signs_or_a_dot_in_front(name: str) -> None:
    safe = safe_name(name)
    assert safe == safe_name(safe)
    assert safe
    assert 0 < len(safe) <= 400
    assert not set(safe) & set('/\\\r\n\0"<>')
    assert not safe.startswith(".")


@pytest.mark.django_db
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=ANY_BYTES, ending=st.sampled_from(sorted(upload_types())))
def test_any_bytes_are_taken_or_refused_in_words_and_never_break_the_desk(content: bytes, ending: str) -> None:
    try:
        upload = bring(content, f"any.{ending}")
    except UploadError as error:
        said = error.explanation
    else:
        said = "taken"
        assert upload.path.read_bytes() == content
    assert said


@pytest.mark.django_db
def test_an_unscanned_file_is_had_by_who_brought_it_and_by_the_desk_alone_until_a_person_opens_it(
    client: Client, a_person: Person, a_francophone: Person, a_reviewer: Person
) -> None:
    upload = bring(PDF, by=a_person)
    address = f"/uploads/{upload.pk}/file/minutes.pdf"
    assert [may_have(one, upload) for one in (a_person, a_reviewer, a_francophone, None)] == [True, True, False, False]
    assert client.get(address).status_code == 404
    client.force_login(a_reviewer, BACKEND)
    assert client.post(f"/uploads/{upload.pk}/open", {"back": "//evil.example"}).headers["Location"] == "/en/"
    client.logout()
    answer = client.get(address)
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content) == PDF  # type: ignore[attr-defined]
    assert list(JournalEntry.objects.order_by("number").values_list("act", flat=True)) == ["upload_kept", "upload_opened"]
    assert verify() == []


@pytest.mark.django_db
def test_a_file_is_given_out_as_an_attachment_that_no_browser_shows(client: Client, a_person: Person) -> None:
    upload = bring("nom\nÉlan\n".encode(), 'liste d’été "x".csv', a_person)
    client.force_login(a_person, BACKEND)
    answer = client.get(f"/uploads/{upload.pk}/file/{upload.name}")
    assert answer.headers["Content-Disposition"].startswith("attachment; filename")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert "no-store" in answer.headers["Cache-Control"]
    answer.close()


@pytest.mark.django_db
def test_an_open_file_of_a_restricted_thing_stays_with_those_who_may_see_the_thing(a_person: Person, a_reviewer: Person) -> None:
    upload = bring(PDF, by=a_person, about=RESTRICTED)
    let_others_have(upload, a_reviewer)
    assert [may_have(one, upload) for one in (a_person, None)] == [True, False]


@pytest.mark.django_db
def test_a_stranger_gets_one_answer_for_a_file_that_is_there_and_one_that_is_not(client: Client, a_person: Person) -> None:
    upload = bring(PDF, by=a_person)
    answers = {
        client.get(path).status_code for path in (f"/uploads/{upload.pk}/file/minutes.pdf", "/uploads/999/file/minutes.pdf")
    }
    posted = {client.post(f"/uploads/{pk}/withdraw").status_code for pk in (upload.pk, 999)}
    assert (answers, posted) == ({404}, {404})


@pytest.mark.django_db
def test_versions_follow_one_another_and_same_bytes_lie_once(here: Path, a_person: Person) -> None:
    first = bring(PDF, by=a_person)
    second = bring(PDF + b"2", by=a_person, replaces=first)
    bring(PDF, "copy.pdf", a_person)
    assert [one.version for one in second.versions()] == [2, 1]
    assert len([file for file in (here / "uploads").rglob("*") if file.is_file()]) == 2


@pytest.mark.django_db(transaction=True)
def test_withdrawn_bytes_go_unless_another_upload_has_the_same(a_person: Person) -> None:
    first, copy = bring(PDF, by=a_person), bring(PDF, "copy.pdf", a_person)
    withdraw(first, a_person)
    assert not may_have(a_person, first)
    assert copy.path.exists()
    withdraw(copy, a_person)
    assert not copy.path.exists()


@pytest.mark.django_db
def test_bytes_that_nothing_names_are_forgotten_after_a_day(here: Path, a_person: Person) -> None:
    kept, lost = bring(PDF, by=a_person), bring(PDF + b"lost", by=a_person)
    Upload.objects.filter(pk=lost.pk).delete()
    yesterday = time.time() - 2 * 24 * 3600
    for file in (kept.path, lost.path):
        os.utime(file, (yesterday, yesterday))
    bring(PDF + b"young", by=a_person)
    assert uploads.forget_orphans() == 1
    assert kept.path.exists()
    assert not lost.path.exists()


@pytest.fixture(params=["port", "socket"])
def clamd(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Clamd]:
    with Clamd(tmp_path / "clamd.sock" if request.param == "socket" else None) as started:
        yield started


@pytest.mark.django_db
def test_a_scanned_file_is_open_and_an_infected_one_is_refused(
    clamd: Clamd, here: Path, monkeypatch: pytest.MonkeyPatch, a_person: Person
) -> None:
    configure(monkeypatch, home=here, clamav=clamd.place)
    upload = bring(PDF + b"x" * 200_000, by=a_person)
    assert (upload.state, upload.is_open, may_have(None, upload)) == (Upload.State.CLEAN, True, True)
    assert clamd.seen[0] == PDF + b"x" * 200_000
    with pytest.raises(UploadError) as told:
        bring(PDF + EICAR)
    assert (told.value.code, told.value.found) == ("infected", "Eicar-Test-Signature")
    assert "Eicar-Test-Signature" in told.value.explanation
    assert Upload.objects.count() == 1


def test_a_scanner_that_refuses_is_not_there_or_hangs_is_told(tmp_path: Path) -> None:
    file = tmp_path / "x"
    file.write_bytes(b"x" * 3_000_000)
    with Clamd(max_bytes=100_000) as small, pytest.raises(ScannerError, match=r"could not scan|does not answer"):
        scan(file, small.place)
    for place in ("127.0.0.1:1", str(tmp_path / "none.sock")):
        with pytest.raises(ScannerError, match="does not answer"):
            scan(file, place, timeout_s=1)


@pytest.mark.django_db
def test_a_file_whose_scan_failed_is_held_and_scanned_later(
    here: Path, monkeypatch: pytest.MonkeyPatch, a_person: Person
) -> None:
    configure(monkeypatch, home=here, clamav="127.0.0.1:1")
    clean, infected = bring(PDF, by=a_person), bring(PDF + EICAR, by=a_person)
    assert "does not answer" in clean.state_words
    assert scan_waiting() == {"clean": 0, "infected": 0, "waiting": 2}
    with Clamd() as started:
        configure(monkeypatch, home=here, clamav=started.place)
        assert scan_waiting() == {"clean": 1, "infected": 1, "waiting": 0}
    infected.refresh_from_db()
    assert not infected.path.exists()
    assert not may_have(a_person, infected)
    assert JournalEntry.objects.filter(act="upload_infected", words__found="Eicar-Test-Signature").exists()


@pytest.mark.django_db
def test_a_persons_files_are_in_their_copy_and_stay_without_them(a_person: Person) -> None:
    upload = bring(PDF, by=a_person)
    assert export_person(a_person, a_person)["letters_and_files"]["files"][0]["name"] == "minutes.pdf"
    erase_person(a_person, a_person)
    upload.refresh_from_db()
    assert upload.by is None
    assert upload.path.exists()
    assert "ama" not in str(list(Upload.objects.values()))


def test_the_client_speaks_for_itself() -> None:
    assert clamav._verdict("stream: OK", "x").is_clean
    assert clamav._verdict("stream: Win.Test FOUND", "x").words == "Win.Test"
