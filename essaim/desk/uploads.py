"""Uploads: files that people bring, checked, kept by content outside the web root, and given out as attachments alone."""

from __future__ import annotations

import hashlib
import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING

from django.db import models, transaction
from django.utils import timezone

from essaim.accounts.journal import record
from essaim.accounts.may import may
from essaim.accounts.models import Person
from essaim.accounts.people import key_of
from essaim.accounts.scopes import Thing
from essaim.config import configuration
from essaim.desk.clamav import ScannerError, scan
from essaim.desk.upload_checks import UploadError, check_content, safe_name, type_of

if TYPE_CHECKING:
    from essaim.accounts.may import Anyone

CHUNK = 1024 * 1024
LEFT_BEHIND_S = 24 * 3600


class Upload(models.Model):
    """One file that a person brought; its bytes lie in the data folder under their hash.

    Attributes:
        sha256: hash of the bytes.
        name: its name, made safe.
        media_type: what its bytes are.
        size: bytes.
        about_kind, about_id: the thing it belongs to: whoever may see that, may have the file once it is open.
        about_scopes, about_visibility: what `may` must know of that thing.
        state: unscanned, clean, infected, or withdrawn.
        state_words: what the scanner said.
        scanned_at: when it was scanned.
        opened_at: when a person looked at an unscanned file and let others have it.
        by: who brought it.
        by_key: under which key the journal knows them.
        for_institution: for which institution.
        at: when.
        version: 1 for the first, 2 for what replaced it.
        replaces: the version before.
    """

    class State(models.TextChoices):
        """What is known of the bytes."""

        UNSCANNED = "unscanned"
        CLEAN = "clean"
        INFECTED = "infected"
        WITHDRAWN = "withdrawn"

    sha256 = models.CharField(max_length=64, db_index=True, editable=False)
    name = models.CharField(max_length=120)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    about_kind = models.CharField(max_length=40)
    about_id = models.CharField(max_length=200)
    about_scopes = models.JSONField(default=list, blank=True)
    about_visibility = models.CharField(max_length=20, default="public")
    state = models.CharField(max_length=10, choices=State, default=State.UNSCANNED)
    state_words = models.CharField(max_length=200, blank=True)
    scanned_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="uploads")
    by_key = models.CharField(max_length=16, blank=True)
    for_institution = models.CharField(max_length=60, blank=True)
    at = models.DateTimeField(default=timezone.now)
    version = models.PositiveSmallIntegerField(default=1)
    replaces = models.OneToOneField("self", models.SET_NULL, null=True, blank=True, related_name="replaced_by")

    class Meta:
        """The newest first."""

        ordering = ["-id"]
        indexes = [models.Index(fields=["about_kind", "about_id"], name="upload_about")]

    def __str__(self) -> str:
        return f"{self.name} (version {self.version})"

    @property
    def path(self) -> Path:
        """Where its bytes lie."""
        return path_of(self.sha256)

    @property
    def about(self) -> Thing:
        """The thing it belongs to, as `may` asks for it."""
        return Thing(self.about_kind, self.about_id, frozenset(self.about_scopes), self.about_visibility)

    @property
    def is_open(self) -> bool:
        """True when whoever may see its thing may have it: it was scanned and is clean, or a person looked at it."""
        return self.state == self.State.CLEAN or (self.state == self.State.UNSCANNED and self.opened_at is not None)

    @property
    def is_there(self) -> bool:
        """False for one that was withdrawn or found infected."""
        return self.state in (self.State.CLEAN, self.State.UNSCANNED)

    def versions(self) -> Iterator[Upload]:
        """Yield this file and those that it replaced, the newest first."""
        one: Upload | None = self
        while one is not None:
            yield one
            one = one.replaces


def receive(
    file: IO[bytes], name: str, about: Thing, by: Person | None, for_institution: str = "", replaces: Upload | None = None
) -> Upload:
    """Take a file that a person brought: check it, scan it where a scanner is configured, and keep it.

    Whether the person may upload is asked before (`require(request, "upload", thing)`).

    Args:
        file: its bytes, from the beginning.
        name: as the person's computer calls it; anything at all may come.
        about: the thing it belongs to; who may see that may have the file once it is open.
        by: the person; None for someone without an account.
        for_institution: for which institution they act.
        replaces: the version that it replaces.

    Raises:
        UploadError: it is too large, of a kind that is not taken, not what its name says, a bomb, or infected.
    """
    called = safe_name(name)
    kind = type_of(called)
    part = _write_part(file)
    try:
        check_content(part, kind)
        state, words = _scanned(part)
        if state == Upload.State.INFECTED:
            raise UploadError("infected", "the scanner found something", words)
        sha256, size = _settle(part)
    finally:
        part.unlink(missing_ok=True)
    upload = Upload(
        sha256=sha256,
        name=called,
        media_type=kind.media_type,
        size=size,
        about_kind=about.kind,
        about_id=about.id,
        about_scopes=sorted(about.scopes),
        about_visibility=about.visibility,
        state=state,
        state_words=words,
        scanned_at=timezone.now() if state == Upload.State.CLEAN else None,
        by=by,
        by_key=key_of(by) if by else "",
        for_institution=for_institution,
        version=replaces.version + 1 if replaces else 1,
        replaces=replaces,
    )
    return _keep(upload, by)


@transaction.atomic
def _keep(upload: Upload, by: Person | None) -> Upload:
    upload.save()
    after = {"sha256": upload.sha256, "name": upload.name, "size": upload.size, "version": upload.version}
    record("upload_kept", ("upload", str(upload.pk)), by, upload.for_institution, after=after, words={"name": upload.name})
    return upload


def may_have(person: Anyone, upload: Upload) -> bool:
    """Tell whether a person may have a file: their own, one to review, or one that is open of a thing that they may see."""
    if not upload.is_there:
        return False
    if may(person, "see", upload):
        return True
    return upload.is_open and bool(may(person, "see", upload.about))


@transaction.atomic
def let_others_have(upload: Upload, by: Person) -> None:
    """Open an unscanned file, after a person looked at it."""
    upload.opened_at = timezone.now()
    upload.save(update_fields=["opened_at"])
    record("upload_opened", ("upload", str(upload.pk)), by, words={"name": upload.name})


@transaction.atomic
def withdraw(upload: Upload, by: Person) -> None:
    """Take a file back: nobody gets it any more, and its bytes go unless another upload has the same."""
    upload.state = Upload.State.WITHDRAWN
    upload.save(update_fields=["state"])
    record("upload_withdrawn", ("upload", str(upload.pk)), by, words={"name": upload.name})
    transaction.on_commit(lambda: _drop_bytes(upload.sha256))


def scan_waiting() -> dict[str, int]:
    """Scan what is held as unscanned, once a scanner is configured; what it finds goes.

    Returns:
        How many were found clean and infected, and how many wait still.
    """
    counts = {"clean": 0, "infected": 0, "waiting": 0}
    for upload in Upload.objects.filter(state=Upload.State.UNSCANNED):
        state, words = _scanned(upload.path)
        upload.state, upload.state_words = state, words
        upload.scanned_at = timezone.now() if state != Upload.State.UNSCANNED else None
        upload.save(update_fields=["state", "state_words", "scanned_at"])
        counts["waiting" if state == Upload.State.UNSCANNED else str(state)] += 1
        if state == Upload.State.INFECTED:
            record("upload_infected", ("upload", str(upload.pk)), None, words={"name": upload.name, "found": words})
            _drop_bytes(upload.sha256)
    return counts


def forget_orphans() -> int:
    """Delete bytes that no upload names any more (a transaction failed, a process died); return how many files."""
    gone = 0
    for file in configuration().uploads.glob("*/*"):
        is_old = time.time() - file.stat().st_mtime > LEFT_BEHIND_S
        if is_old and not Upload.objects.filter(sha256=file.name, state__in=("clean", "unscanned")).exists():
            file.unlink(missing_ok=True)
            gone += 1
    return gone


def path_of(sha256: str) -> Path:
    """Return where bytes of a hash lie: in the data folder, which nothing serves."""
    return configuration().uploads / sha256[:2] / sha256


def _write_part(file: IO[bytes]) -> Path:
    limit = configuration().upload_max_mb * 1024 * 1024
    folder = configuration().uploads / "parts"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, name = tempfile.mkstemp(dir=folder)
    part, size = Path(name), 0
    with os.fdopen(handle, "wb") as stream:
        while chunk := file.read(CHUNK):
            size += len(chunk)
            if size > limit:
                part.unlink()
                raise UploadError("too_large", "the file is too large", expected=f"{configuration().upload_max_mb} MB")
            stream.write(chunk)
        stream.flush()
        os.fsync(stream.fileno())
    return part


def _settle(part: Path) -> tuple[str, int]:
    with part.open("rb") as stream:
        sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
    size, place = part.stat().st_size, path_of(sha256)
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    part.replace(place)
    return sha256, size


def _scanned(file: Path) -> tuple[Upload.State, str]:
    place = configuration().clamav
    if not place:
        return Upload.State.UNSCANNED, ""
    try:
        verdict = scan(file, place)
    except ScannerError as error:
        return Upload.State.UNSCANNED, str(error)[:200]
    return (Upload.State.CLEAN, "") if verdict.is_clean else (Upload.State.INFECTED, verdict.words[:200])


def _drop_bytes(sha256: str) -> None:
    if not Upload.objects.filter(sha256=sha256, state__in=(Upload.State.CLEAN, Upload.State.UNSCANNED)).exists():
        path_of(sha256).unlink(missing_ok=True)
