"""Uploads: files that people bring, checked, kept by content outside the web root, and given out as attachments alone."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from essaim.accounts.models import Person


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
