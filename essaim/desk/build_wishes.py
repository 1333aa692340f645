"""Wishes for a build: accepted words ask for one, people too; one build at a time answers all that were made before it began."""

from __future__ import annotations

import json
import logging
from datetime import timedelta

from django.db import models, transaction
from django.utils import timezone
from django_tasks import task

from essaim.accounts.models import Person
from essaim.desk.processes import ESSAIM, run_command

log = logging.getLogger("essaim.build")

REST = timedelta(minutes=10)
"""At most one build in this time, unless a person asked."""
LOST_AFTER = timedelta(hours=24)
"""A build that did not end in this time was lost with its worker."""
BUSY = "another build is running"
LAST_WORDS = 4000


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


def wish_for_build(why: str, by: Person | None = None, is_asked: bool = False) -> BuildWish:
    """Wish for a build; it begins when the worker next looks, at once where a person asked.

    Call it in the transaction of what shall be built: an accepted suggestion, a judgement, a deposit.

    Args:
        why: `accepted`, `gathered` or `asked`.
        by: the person who asked.
        is_asked: True does not wait for ten minutes to pass since the last build.
    """
    wish = BuildWish.objects.create(why=why, by=by, is_asked=is_asked)
    if is_asked:
        build_if_wished.enqueue()
    return wish


def is_build_due() -> bool:
    """Tell whether a build shall begin: one is wished for, none is running, and the last one began long enough ago."""
    open_wishes = BuildWish.objects.filter(run__isnull=True)
    now = timezone.now()
    if not open_wishes.exists() or BuildRun.objects.filter(ended_at__isnull=True, started_at__gt=now - LOST_AFTER).exists():
        return False
    return open_wishes.filter(is_asked=True).exists() or not BuildRun.objects.filter(started_at__gt=now - REST).exists()


@task(queue_name="long")
def build_if_wished() -> dict[str, int]:
    """Build a release if one is wished for and it is time."""
    run = begin()
    return {"built": 0} if run is None else {"built": int(carry_out(run))}


@transaction.atomic
def begin() -> BuildRun | None:
    """Take up every open wish; None when no build shall begin. Of two workers, one gets the wishes."""
    list(BuildWish.objects.select_for_update().filter(run__isnull=True).values_list("pk", flat=True))
    if not is_build_due():
        return None
    run = BuildRun.objects.create()
    BuildWish.objects.filter(run__isnull=True).update(run=run)
    return run


def carry_out(run: BuildRun, command: list[str] | None = None) -> bool:
    """Run `essaim build` on what was gathered, and keep what came of it.

    A build opens no database, and may take hours on large registers: it is a process of its own.

    Returns:
        True when a release came of it that is served.
    """
    done = run_command(command or [*ESSAIM, "build", "--offline", "--json"])
    if done.returncode < 0 or (done.returncode and BUSY in done.stderr):
        run.wishes.update(run=None)  # it was stopped, or somebody builds by hand: the wishes wait for the next build
    run.ended_at, run.is_good = timezone.now(), done.returncode == 0
    run.number = number_in(done.stdout)
    run.words = done.stderr[-LAST_WORDS:]
    run.save()
    if not run.is_good:
        log.error("a build failed: %s", run.words.strip().rpartition("\n")[2])
    return bool(run.is_good)


def number_in(answer: str) -> str:
    """Return the number of the release that a build tells of; empty when there is none."""
    try:
        return str(json.loads(answer)["number"])
    except (ValueError, KeyError, TypeError):
        return ""
