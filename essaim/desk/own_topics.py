"""The topics of mail that the desk itself writes about, and the letters that follow from what accounts do."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from essaim.accounts.invitations import invitation_made
from essaim.accounts.models import Invitation, Mandate
from essaim.accounts.why import institution_word, role_word
from essaim.config import configuration
from essaim.desk.mail import send
from essaim.desk.mail_digest import DIGEST
from essaim.desk.mail_topics import HowOften, Topic, register_topic
from essaim.pages.wording import precise_date

TOPICS = (
    Topic("asked", _("Links that you asked for"), is_asked_for=True),
    Topic("invitations", _("Invitations"), is_asked_for=True),
    Topic("suggestions", _("What became of what you suggested")),
    Topic("review", _("What waits for review"), HowOften.DAILY, needs_account=True),
    Topic("mandates", _("Your mandates"), needs_account=True),
    Topic("operation", _("The running of this installation"), needs_account=True),
    DIGEST,
)


def register_all() -> None:
    """Make the topics known, and mail invitations when they are made."""
    for topic in TOPICS:
        register_topic(topic)
    invitation_made.connect(mail_invitation, dispatch_uid="mail an invitation")


def mail_invitation(sender: Any, invitation: Invitation, url: str, **more: Any) -> None:
    """Mail an invitation to whom it is for; once, whoever asks again makes a new one."""
    with translation.override(invitation.language):
        context = {
            "url": url,
            "role": role_word(invitation.role),
            "institution": institution_word(invitation.institution) if invitation.institution else "",
            "until": precise_date(invitation.expires_at.date().isoformat()),
        }
    send(invitation.email, "desk/mail/invitation", context, "invitations", invitation.language, f"invitation:{invitation.pk}")


def remind_of_mandates() -> int:
    """Remind persons whose mandate must be confirmed: a month and a week before, and when it has lapsed; each once."""
    written = 0
    for mandate in Mandate.objects.to_confirm(days=7):
        written += _remind(mandate, "week")
    for mandate in Mandate.objects.to_confirm(days=30):
        written += _remind(mandate, "month")
    for mandate in Mandate.objects.lapsed().filter(confirm_by__isnull=False):
        written += _remind(mandate, "lapsed")
    return written


def _remind(mandate: Mandate, when: str) -> bool:
    until = mandate.confirm_by.isoformat() if mandate.confirm_by else ""
    person = mandate.person
    with translation.override(person.language):
        context = {
            "institution": institution_word(mandate.institution_id),
            "role": role_word(mandate.role),
            "until": precise_date(until),
            "is_over": when == "lapsed",
            "url": configuration().base_url + reverse("my_account"),
        }
    letter = send(person, "desk/mail/mandate", context, "mandates", key=f"mandate:{mandate.pk}:{until}:{when}")
    return letter is not None and letter.is_new
