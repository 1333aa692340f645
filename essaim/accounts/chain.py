"""The journal's table: rows that are added and never changed, each sealed by a hash that holds the one before."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from typing import Any, NoReturn

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from essaim.errors import EssaimError

FIRST = "0" * 64
"""What stands before the first entry."""


class JournalError(EssaimError):
    """The journal was asked for what it does not do: change, forget, undo twice."""


def refuse_change() -> NoReturn:
    """Say that the journal is append-only.

    Raises:
        JournalError: always.
    """
    raise JournalError("the journal is append-only", where="journal", next_step="Record another entry that says what changed")


class JournalEntries(models.QuerySet["JournalEntry"]):
    """Entries; reading and adding only."""

    def update(self, **columns: Any) -> NoReturn:
        """Refuse."""
        refuse_change()

    def delete(self) -> NoReturn:
        """Refuse."""
        refuse_change()

    def about(self, kind: str, id: str) -> JournalEntries:
        """Return the entries about one thing."""
        return self.filter(about_kind=kind, about_id=id)


class JournalEntry(models.Model):
    """One act: who did what to which thing, when, for whom. No names: keys of pseudonyms.

    Attributes:
        number: place in the chain, from 1 without a gap.
        at: when.
        act: code of the act, see `accounts.acts`.
        about_kind: kind of the thing.
        about_id: its id.
        by_key: pseudonym key of the person; empty for the house itself (command line, worker).
        for_institution: id of the institution for which the person acted; empty for none.
        before: values before, as far as the act changes any.
        after: values after.
        words: what fills the act's sentence.
        undoes: number of the entry that this one undoes.
        previous: hash of the entry before.
        hash: SHA-256 over everything above, as canonical JSON.
    """

    number = models.PositiveBigIntegerField(primary_key=True)
    at = models.DateTimeField(db_index=True)
    act = models.CharField(max_length=60, db_index=True)
    about_kind = models.CharField(max_length=40)
    about_id = models.CharField(max_length=200)
    by_key = models.CharField(max_length=32, blank=True, db_index=True)
    for_institution = models.CharField(max_length=200, blank=True)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    words = models.JSONField(default=dict)
    undoes = models.PositiveBigIntegerField(null=True, unique=True)
    previous = models.CharField(max_length=64, unique=True)
    hash = models.CharField(max_length=64, unique=True)
    objects = JournalEntries.as_manager()

    class Meta:
        """The newest first; found by thing."""

        ordering = ["-number"]
        indexes = [models.Index(fields=["about_kind", "about_id"], name="journal_about")]

    def __str__(self) -> str:
        return f"{self.number} {self.act} {self.about_kind} {self.about_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the entry; refuse to change one."""
        if not self._state.adding:
            refuse_change()
        kwargs["force_insert"] = True
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse."""
        refuse_change()

    def seal(self) -> str:
        """Return the hash that the entry must have."""
        told = {name: getattr(self, name) for name in SEALED} | {"at": self.at.astimezone(UTC).isoformat(timespec="microseconds")}
        return hashlib.sha256(canonical(told)).hexdigest()


SEALED = (
    "number", "act", "about_kind", "about_id", "by_key", "for_institution", "before", "after", "words", "undoes", "previous",
)  # fmt: skip


def canonical(value: Any) -> bytes:
    """Return JSON that is the same for the same value: keys in order, no spaces, UTF-8."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def plain(value: Any) -> Any:
    """Return a value as every database gives JSON back: dates as text, whole floats as integers, no NUL signs.

    PostgreSQL keeps numbers as decimals and refuses the sign U+0000; without this an entry would read back unlike it was sealed.
    """
    return _plain(json.loads(json.dumps(value, cls=DjangoJSONEncoder, allow_nan=False)))


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {_plain(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, str):
        return value.replace("\0", "�").encode("utf-8", "replace").decode()
    return int(value) if isinstance(value, float) and value.is_integer() else value


def present_moment() -> datetime:
    """Return now, in UTC, to the microsecond that every database keeps."""
    return datetime.now(UTC)
