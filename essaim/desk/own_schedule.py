"""The desk's own entries of the schedule."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from django.core.management import call_command
from django.db import models
from django.utils.translation import gettext_lazy as _

from essaim.desk import links, outbox, suggestions_rate
from essaim.desk.build_wishes import begin, carry_out
from essaim.desk.gathering import gather_what_is_due
from essaim.desk.mail_digest import send_digests
from essaim.desk.own_topics import remind_of_mandates
from essaim.desk.schedule import Scheduled, register_scheduled
from essaim.desk.site_changes import site_changed
from essaim.desk.suggestions import forget_unconfirmed
from essaim.desk.uploads import forget_orphans, scan_waiting
from essaim.pages.models import FactsPackage

MINUTE, HOUR, DAY, WEEK = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)


def build_wished() -> dict[str, int]:
    """Build a release, if one is wished for and it is time."""
    run = begin()
    return {"built": int(carry_out(run)) if run else 0}


def forget_what_is_over() -> dict[str, int]:
    """Forget links, letters, sessions, results of tasks and unconfirmed suggestions whose time is over."""
    call_command("clearsessions")
    call_command("prune_db_task_results", verbosity=0)
    kept = {"links": links.forget_old(), "letters": outbox.forget_old(), "files": forget_orphans()}
    return kept | {"suggestions": forget_unconfirmed(), "attempts": suggestions_rate.forget_old()}


ENTRIES = (
    Scheduled("mail", _("Send letters that wait"), MINUTE, outbox.send_waiting),
    Scheduled("digests_daily", _("Send what was gathered for a day"), DAY, partial(send_digests, "daily")),
    Scheduled("digests_weekly", _("Send what was gathered for a week"), WEEK, partial(send_digests, "weekly")),
    Scheduled("mandates", _("Remind of mandates to confirm"), DAY, remind_of_mandates),
    Scheduled("forget", _("Forget links, letters and sessions whose time is over"), DAY, forget_what_is_over),
    Scheduled("scan", _("Scan files that are held as unscanned"), 10 * MINUTE, scan_waiting, is_long=True),
    Scheduled("gather", _("Ask sources whose time has come"), 6 * HOUR, gather_what_is_due, is_long=True),
    Scheduled("build", _("Build a release where one is wished for"), MINUTE, build_wished, is_long=True),
)


def register_all() -> None:
    """Put the entries on the schedule, and refresh the index when packaged facts are accepted."""
    register_scheduled(*ENTRIES)
    models.signals.post_save.connect(refresh_after_facts, sender=FactsPackage, dispatch_uid="refresh the index after facts")


def refresh_after_facts(sender: type[FactsPackage], instance: FactsPackage, **more: object) -> None:
    """Refresh the site's index when packaged facts were accepted."""
    if instance.state == FactsPackage.State.ACCEPTED:
        site_changed()
