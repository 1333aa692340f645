"""Wishes for a build: accepted words ask for one, people too; one build at a time answers all that were made before it began."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from essaim.accounts.models import Person


class BuildRun(models.Model):
    """One build that the site started.

    Attributes:
        started_at, ended_at: when.
        is_good: whether a release came of it that is served; None while it runs.
        number: number of the release.
        words: its last words: counts, or what went wrong.
    """

    started_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    is_good = models.BooleanField(null=True, blank=True)
    number = models.CharField(max_length=20, blank=True)
    words = models.TextField(blank=True)

    class Meta:
        """The newest first."""

        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.number or 'build'} ({self.started_at:%Y-%m-%d %H:%M})"


class BuildWish(models.Model):
    """Somebody or something wants a build.

    Attributes:
        at: since when.
        why: code of the reason: `accepted`, `gathered`, `asked`.
        is_asked: True when a person asked: it does not wait for ten minutes to pass.
        by: who asked.
        run: the build that answered it.
    """

    at = models.DateTimeField(default=timezone.now)
    why = models.CharField(max_length=40)
    is_asked = models.BooleanField(default=False)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    run = models.ForeignKey(BuildRun, models.SET_NULL, null=True, blank=True, related_name="wishes")

    class Meta:
        """The oldest first."""

        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.why} ({self.at:%Y-%m-%d %H:%M})"
