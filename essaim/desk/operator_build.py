"""Building from the site: a wish is noted, a task answers every wish that was made before it began, one build at a time."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_tasks import task

from essaim.accounts.acts import Act
from essaim.accounts.journal import record
from essaim.accounts.models import Person
from essaim.desk.models import BuildRun, BuildWish

BUILD_ASKED = Act("build_asked", _("Build asked for"), _("{by} asked for a new release."), "secretariat")
LAST_WORDS = 2000


def ask_for_build(by: Person, is_offline: bool = False) -> BuildWish:
    """Note that a person wants a build, and put it in the worker's queue.

    Args:
        by: who asks.
        is_offline: True builds on the snapshots there are and asks no source anew.
    """
    with transaction.atomic():
        wish = BuildWish.objects.create(why="asked", is_asked=True, by=by)
        record("build_asked", ("release", "next"), by)
        transaction.on_commit(lambda: answer_wishes.enqueue(is_offline=is_offline))
    return wish


def waiting_or_running() -> bool:
    """Tell whether a build is wished for or going on."""
    return BuildWish.objects.filter(run=None).exists() or BuildRun.objects.filter(ended_at=None).exists()


@task()
def answer_wishes(is_offline: bool = False) -> str:
    """Build once for every wish that waits; return the release's number, empty when none waited."""
    with transaction.atomic():
        waiting = list(BuildWish.objects.select_for_update().filter(run=None).values_list("pk", flat=True))
        if not waiting:
            return ""
        run = BuildRun.objects.create()
        BuildWish.objects.filter(pk__in=waiting).update(run=run)
    code, told = build(is_offline)
    run.ended_at = timezone.now()
    run.number = str(told.get("number", ""))
    run.is_good = code == 0 and bool(told.get("is_served"))
    run.words = words_of(told)[-LAST_WORDS:]
    run.save()
    return run.number


def build(is_offline: bool) -> tuple[int, dict[str, Any]]:
    """Run `essaim build` as a command, as the site always does; return its exit code and what it told."""
    command = [sys.executable, "-m", "essaim.cli.main", "build", *(["--offline"] if is_offline else [])]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        told = json.loads(done.stdout)
    except ValueError:
        lines = done.stderr.strip().splitlines()
        told = {"error": lines[-1] if lines else f"ended with exit code {done.returncode}"}
    return done.returncode, told


def words_of(told: dict[str, Any]) -> str:
    """Return the last words of a build: its error, or what kept it from being sealed, or the problems of its sources."""
    return str(told.get("error") or "; ".join([*told.get("faults", []), *told.get("problems", [])]))
