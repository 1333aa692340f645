"""The outbox: every letter is kept until it is sent, tried again when the server refuses, and sent once."""

from __future__ import annotations

import logging
from datetime import timedelta
from smtplib import SMTPRecipientsRefused, SMTPSenderRefused
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django_tasks import task

from essaim.accounts.models import Person
from essaim.config import configuration
from essaim.desk.mail_topics import HowOften

if TYPE_CHECKING:
    from django.core.mail.backends.base import BaseEmailBackend

log = logging.getLogger("essaim.mail")

WAITS = (60, 300, 1800, 7200, 21600, 86400)
"""Seconds to wait after each refusal; after the last one the letter is given up."""
LOST_AFTER = timedelta(minutes=10)
"""A letter that was taken up and not put down for so long was left by a worker that died."""


class OutgoingMail(models.Model):
    """One letter.

    Attributes:
        topic: name of its topic.
        person: to whom, where they have an account; their letters go with them.
        address: to which address; emptied when the letter is forgotten.
        language: of the letter.
        subject, text, html: what it says; text and html are emptied once it is sent, for they hold signed links.
        headers: further headers of the letter.
        key: of two letters with one key, one is sent; empty for none.
        gathered: `daily` or `weekly` for a letter that waits for its digest, empty for one that goes by itself.
        state: where it stands.
        attempts: how often sending was tried.
        next_at: when to try (again).
        error: what the server said last.
        made_at, sent_at: when it was written, and when a server took it.
    """

    class State(models.TextChoices):
        """Where a letter stands."""

        WAITING = "waiting"
        GATHERED = "gathered"
        SENDING = "sending"
        SENT = "sent"
        FAILED = "failed"

    topic = models.CharField(max_length=40)
    person = models.ForeignKey(Person, models.CASCADE, null=True, blank=True, related_name="letters")
    address = models.EmailField(max_length=254, blank=True)
    language = models.CharField(max_length=8)
    subject = models.CharField(max_length=250)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    headers = models.JSONField(default=dict, blank=True)
    key = models.CharField(max_length=200, null=True, blank=True, unique=True)
    gathered = models.CharField(max_length=10, blank=True, choices=HowOften)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(default=timezone.now)
    error = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    sent_at = models.DateTimeField(null=True, blank=True)
    is_new = False
    """True right after the letter was written, False for an earlier one that had its key."""

    class Meta:
        """The oldest first, as they are sent."""

        ordering = ["id"]
        indexes = [models.Index(fields=["state", "next_at"], name="mail_waiting")]

    def __str__(self) -> str:
        return f"{self.topic}: {self.subject}"

    def message(self) -> EmailMultiAlternatives:
        """Return the letter as it goes out; each try carries the same Message-ID, so that a mailbox knows it again."""
        domain = settings.DEFAULT_FROM_EMAIL.rstrip(">").rpartition("@")[2]
        headers = {
            "Message-ID": f"<essaim.{configuration().installation}.{self.pk}@{domain}>",
            "Auto-Submitted": "auto-generated",
            **self.headers,
        }
        message = EmailMultiAlternatives(self.subject, self.text, to=[self.address], headers=headers)
        if self.html:
            message.attach_alternative(self.html, "text/html")
        return message


def keep(letter: OutgoingMail) -> OutgoingMail:
    """Keep a letter and have it sent when the transaction stands; of two with one key the first is kept.

    Returns:
        The letter, or the earlier one that has its key.
    """
    try:
        with transaction.atomic():
            letter.save()
    except IntegrityError:
        return OutgoingMail.objects.get(key=letter.key)
    letter.is_new = True
    if letter.state == OutgoingMail.State.WAITING:
        send_waiting_mail.enqueue()
    return letter


@task()
def send_waiting_mail() -> dict[str, int]:
    """Send every letter whose time has come; run after a letter was written, and by the schedule for those tried before."""
    return send_waiting()


def send_waiting(connection: BaseEmailBackend | None = None) -> dict[str, int]:
    """Send every letter whose time has come.

    Returns:
        How many were sent, put off and given up.
    """
    take_back_lost()
    counts = {"sent": 0, "put_off": 0, "given_up": 0}
    due = OutgoingMail.objects.filter(state=OutgoingMail.State.WAITING, next_at__lte=timezone.now())
    for pk in list(due.values_list("pk", flat=True)[:500]):
        if outcome := deliver(pk, connection):
            counts[outcome] += 1
    return counts


def deliver(pk: int, connection: BaseEmailBackend | None = None) -> str:
    """Send one letter, unless another worker took it up; say what came of it (sent, put_off, given_up, or nothing)."""
    state = OutgoingMail.State
    is_mine = OutgoingMail.objects.filter(pk=pk, state=state.WAITING).update(state=state.SENDING, next_at=timezone.now())
    if not is_mine:
        return ""
    letter = OutgoingMail.objects.get(pk=pk)
    try:
        message = letter.message()
        if connection is not None:
            message.connection = connection
        message.send()
    except (OSError, ValueError) as error:  # smtplib's errors are OSErrors
        return put_off(letter, error)
    letter.state, letter.sent_at, letter.error = state.SENT, timezone.now(), ""
    letter.text = letter.html = ""
    letter.save()
    return "sent"


def put_off(letter: OutgoingMail, error: Exception) -> str:
    """Put a refused letter off, or give it up where trying again is no use."""
    letter.error = f"{type(error).__name__}: {said(error)}"[:300]
    is_over = letter.attempts >= len(WAITS) or is_final(error)
    if is_over:
        letter.state, letter.text, letter.html = OutgoingMail.State.FAILED, "", ""
        log.error("letter %s was given up: %s", letter.pk, letter.error)
    else:
        letter.state = OutgoingMail.State.WAITING
        letter.next_at = timezone.now() + timedelta(seconds=WAITS[letter.attempts])
    letter.attempts += 1
    letter.save()
    return "given_up" if is_over else "put_off"


def said(error: Exception) -> str:
    """Return what went wrong, without the addresses that smtplib puts into its errors."""
    if isinstance(error, SMTPRecipientsRefused):
        return "; ".join(f"{code} {words!r}" for code, words in error.recipients.values())
    return str(error)


def is_final(error: Exception) -> bool:
    """Tell whether a server said no for good (5xx for the recipient or the sender), or the letter itself is at fault."""
    if isinstance(error, SMTPRecipientsRefused):
        return all(code >= 500 for code, _words in error.recipients.values())
    if isinstance(error, SMTPSenderRefused):
        return error.smtp_code >= 500
    return isinstance(error, ValueError)


def take_back_lost() -> int:
    """Put back letters that a worker took up and never put down; a mailbox that got one twice sees one Message-ID."""
    lost = OutgoingMail.objects.filter(state=OutgoingMail.State.SENDING, next_at__lt=timezone.now() - LOST_AFTER)
    return lost.update(state=OutgoingMail.State.WAITING)


@transaction.atomic
def forget_old(days: int = 30) -> int:
    """Empty the address of letters that were sent or given up some days ago, and drop letters without a key."""
    state = OutgoingMail.State
    old = OutgoingMail.objects.filter(state__in=[state.SENT, state.FAILED], made_at__lt=timezone.now() - timedelta(days=days))
    dropped = old.filter(key__isnull=True).delete()[0]
    return dropped + old.exclude(address="").update(address="", subject="", person=None, headers={})


def state_of_outbox() -> list[dict[str, Any]]:
    """Return how many letters stand where, by topic, with the oldest and the last thing a server said; no addresses."""
    groups = OutgoingMail.objects.order_by("state", "topic").values("state", "topic")
    rows = groups.annotate(
        letters=models.Count("pk"), oldest=models.Min("made_at"), last=models.Max("pk", filter=~models.Q(error=""))
    )
    errors = dict(OutgoingMail.objects.filter(pk__in=[row["last"] for row in rows if row["last"]]).values_list("pk", "error"))
    return [
        {
            **{name: row[name] for name in ("state", "topic", "letters")},
            "oldest": row["oldest"].isoformat(timespec="seconds"),
            "last_error": errors.get(row["last"], ""),
        }
        for row in rows
    ]
