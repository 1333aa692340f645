"""Mail: one template pair a topic, in the reader's language, at once or gathered, with a way to stop it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.template import Context
from django.template.loader import get_template
from django.utils import translation

from essaim.accounts.models import Person
from essaim.config import configuration
from essaim.desk import links, outbox
from essaim.desk.mail_choices import Recipient, how_often, recipient_of
from essaim.desk.mail_topics import HowOften, Topic, topic_of
from essaim.desk.outbox import OutgoingMail
from essaim.errors import EssaimError

UNSUBSCRIBE = "mail"
UNSUBSCRIBE_DAYS = 365


class MailError(EssaimError):
    """A letter cannot be written."""


@dataclass(frozen=True)
class Written:
    """A letter in words."""

    subject: str
    text: str
    html: str


@transaction.atomic
def send(
    to: Person | str, template: str, context: Mapping[str, Any], topic: str, language: str = "", key: str = ""
) -> OutgoingMail | None:
    """Write a letter to a person or an address; the worker sends it once the present transaction stands.

    Args:
        to: a person, or an address.
        template: `desk/mail/confirm` for the pair `desk/mail/confirm.txt` and `.html`; both extend `mail_frame` and fill the
            blocks `subject` (text alone), `heading` (HTML alone) and `body`.
        context: what the templates need.
        topic: name of a registered topic.
        language: of the letter; by default the person's, or the present one.
        key: of letters with one key only the first is sent: "mandate:17:2027-01-31".

    Returns:
        The letter as kept; None when the recipient does not want the topic, or their account is closed.

    Raises:
        MailError: the address is none.
        ConfigurationError: no such topic.
    """
    about = topic_of(topic)
    recipient = recipient_of(to)
    if isinstance(recipient, Person) and not recipient.is_active:
        return None
    often = how_often(recipient, about)
    if often == HowOften.NEVER:
        return None
    spoken = language or (recipient.language if isinstance(recipient, Person) else "") or present_language()
    is_gathered = often != HowOften.AT_ONCE
    stop = "" if about.is_asked_for or is_gathered else stop_link(recipient, about, spoken)
    frame = "entry" if is_gathered else "letter"
    said = write(template, {**context, "topic": about, "stop": stop, "recipient": recipient}, spoken, frame)
    letter = OutgoingMail(
        topic=topic,
        person=recipient if isinstance(recipient, Person) else None,
        address=address_of(to),
        language=spoken,
        subject=said.subject,
        text=said.text,
        html=said.html,
        headers=stop_headers(stop),
        key=key or None,
        gathered=often if is_gathered else "",
        state=OutgoingMail.State.GATHERED if is_gathered else OutgoingMail.State.WAITING,
    )
    return outbox.keep(letter)


def write(template: str, context: Mapping[str, Any], language: str, frame: str = "letter") -> Written:
    """Put a letter into words.

    Args:
        template: name of the pair, without endings.
        context: what the templates need.
        language: of the letter.
        frame: `letter` for one that goes by itself, `entry` for a part of a digest.
    """
    base = configuration().base_url
    with translation.override(language):
        told = {"base_url": base, "site": base.partition("://")[2], "language": language, **context}
        text = render(f"{template}.txt", {**told, "mail_frame": f"desk/mail/{frame}.txt"}, is_html=False)
        html = render(f"{template}.html", {**told, "mail_frame": f"desk/mail/{frame}.html"}, is_html=True)
    subject, _sep, body = text.strip().partition("\n")
    return Written(" ".join(subject.split())[:250], body.strip() + "\n", html)


def render(name: str, context: Mapping[str, Any], is_html: bool) -> str:
    """Render a template; in plain text nothing is escaped, for nothing there is markup."""
    template = get_template(name).template  # type: ignore[attr-defined]  # the Django engine's own
    return str(template.render(Context(dict(context), autoescape=is_html)))


def stop_link(recipient: Recipient, topic: Topic, language: str) -> str:
    """Make the link by which a recipient chooses what comes, and stops this topic."""
    who = ("person", str(recipient.pk)) if isinstance(recipient, Person) else ("address", recipient)
    return links.make(UNSUBSCRIBE, who, UNSUBSCRIBE_DAYS, False, {"topic": topic.name}, language)


def stop_headers(stop: str) -> dict[str, str]:
    """Return the headers by which a mail program offers to stop (RFC 2369, RFC 8058)."""
    return {"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"} if stop else {}


def address_of(to: Person | str) -> str:
    """Return the address to write to.

    Raises:
        MailError: it is none.
    """
    address = to.email if isinstance(to, Person) else to.strip()
    try:
        validate_email(address)
    except ValidationError:
        raise MailError("this is no e-mail address", found=address, expected="name@example.org") from None
    return address


def present_language() -> str:
    """Return the language of the present page, where letters are written in it."""
    present = translation.get_language() or settings.LANGUAGE_CODE
    return present if present in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
