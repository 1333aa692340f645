"""The digest: letters gathered for a day or a week go out as one."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from essaim.accounts.models import Person
from essaim.desk.mail import stop_headers, stop_link, write
from essaim.desk.mail_choices import recipient_of
from essaim.desk.mail_topics import Topic, topics
from essaim.desk.outbox import OutgoingMail, keep

DIGEST = Topic("digest", _("What was gathered for you"))


def send_digests(how_often: str) -> int:
    """Send everyone's digest.

    Args:
        how_often: `daily` or `weekly`.

    Returns:
        How many were written.
    """
    gathered = OutgoingMail.objects.filter(state=OutgoingMail.State.GATHERED, gathered=how_often)
    addresses = sorted(set(gathered.values_list("address", flat=True)))
    return sum(_send_one(address, how_often) for address in addresses)


@transaction.atomic
def _send_one(address: str, how_often: str) -> int:
    waiting = OutgoingMail.objects.select_for_update().filter(state=OutgoingMail.State.GATHERED, gathered=how_often)
    entries = list(waiting.filter(address=address))
    if not entries:
        return 0
    last = entries[-1]
    recipient = last.person or recipient_of(address)
    stop = stop_link(recipient, DIGEST, last.language)
    context = {"sections": sections(entries), "how_often": how_often, "count": len(entries), "stop": stop, "topic": DIGEST}
    said = write("desk/mail/digest", context, last.language)
    digest = OutgoingMail(
        topic=DIGEST.name,
        person=recipient if isinstance(recipient, Person) else None,
        address=address,
        language=last.language,
        subject=said.subject,
        text=said.text,
        html=said.html,
        headers=stop_headers(stop),
        key=f"digest:{entries[0].pk}-{last.pk}:{how_often}",
    )
    keep(digest)
    OutgoingMail.objects.filter(pk__in=[entry.pk for entry in entries]).update(
        state=OutgoingMail.State.SENT, text="", html="", sent_at=digest.made_at
    )
    return 1


def sections(entries: Iterable[OutgoingMail]) -> list[dict[str, object]]:
    """Return gathered letters by topic, topics in the order of registration."""
    known = {topic.name: (number, topic.label) for number, topic in enumerate(topics())}
    ordered = sorted(entries, key=lambda entry: (known.get(entry.topic, (99, ""))[0], entry.pk))
    return [
        {"label": known.get(name, (99, name))[1], "entries": list(group)}
        for name, group in groupby(ordered, lambda one: one.topic)
    ]
