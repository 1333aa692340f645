"""The record of packaged facts: which version was loaded, which one waits for a person's word."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy


class FactsPackage(models.Model):
    """One version of one room's packaged facts.

    Attributes:
        room: the room's label.
        version: the number in the folder's file `VERSION`.
        checksum: SHA-256 over the loaded files.
        state: proposed, accepted or replaced (by a later proposal, before anyone accepted it).
        diff: `{"new", "gone", "changed"}`; see `pages.packaged.difference`.
        loaded_at: when it was first seen.
        decided_at: when it was accepted or replaced.
    """

    class State(models.TextChoices):
        """What became of a package."""

        PROPOSED = "proposed", gettext_lazy("waits for a decision")
        ACCEPTED = "accepted", gettext_lazy("accepted")
        REPLACED = "replaced", gettext_lazy("replaced by a later one")

    room = models.CharField(max_length=40)
    version = models.PositiveIntegerField()
    checksum = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=State)
    diff = models.JSONField(default=dict)
    loaded_at = models.DateTimeField(auto_now_add=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        """Newest first."""

        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.room}, version {self.version} ({self.get_state_display()})"

    @property
    def counts(self) -> dict[str, int]:
        """How many things are new, gone and changed."""
        return {event: len(self.diff.get(event, [])) for event in ("new", "gone", "changed")}
