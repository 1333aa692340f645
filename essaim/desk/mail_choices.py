"""What people chose about mail: how often each topic comes; of an address without an account only a keyed hash is kept."""

from __future__ import annotations

import hashlib
import hmac
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q

from essaim.accounts.models import Person
from essaim.desk.mail_topics import HowOften, Topic, topics

if TYPE_CHECKING:
    from collections.abc import Mapping

Recipient = Person | str
"""A person, or the hash of an address (`hash_of_address`)."""


class MailChoice(models.Model):
    """How often one topic comes to one person or address.

    Attributes:
        person: of a person with an account.
        address_hash: of anyone else: HMAC of the address, so that the table alone gives nobody away.
        topic: name of the topic.
        how_often: what was chosen.
    """

    person = models.ForeignKey(Person, models.CASCADE, null=True, blank=True, related_name="mail_choices")
    address_hash = models.CharField(max_length=64, blank=True)
    topic = models.CharField(max_length=40)
    how_often = models.CharField(max_length=10, choices=HowOften)

    class Meta:
        """One choice a topic, for a person or for an address."""

        constraints = [
            models.UniqueConstraint(
                fields=["person", "topic"], condition=Q(person__isnull=False), name="one_choice_a_person_and_topic"
            ),
            models.UniqueConstraint(
                fields=["address_hash", "topic"], condition=Q(person__isnull=True), name="one_choice_an_address_and_topic"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.topic}: {self.how_often}"


def hash_of_address(address: str) -> str:
    """Return what is kept of an address that chose and has no account."""
    whole = f"{address.strip().lower()}".encode()
    return hmac.new(f"mail choice\0{settings.SECRET_KEY}".encode(), whole, hashlib.sha256).hexdigest()


def recipient_of(to: Person | str) -> Recipient:
    """Return as whom the desk knows a person or an address: an address of an account is its person."""
    if isinstance(to, Person):
        return to
    return Person.objects.open_accounts().filter(email=to.strip().lower()).first() or hash_of_address(to)


def chosen(recipient: Recipient) -> models.QuerySet[MailChoice]:
    """Return what a recipient chose."""
    if isinstance(recipient, Person):
        return MailChoice.objects.filter(person=recipient)
    return MailChoice.objects.filter(person__isnull=True, address_hash=recipient)


def how_often(recipient: Recipient, topic: Topic) -> HowOften:
    """Tell how often a topic comes to a recipient."""
    if topic.is_asked_for:
        return HowOften.AT_ONCE
    choice = chosen(recipient).filter(topic=topic.name).first()
    return HowOften(choice.how_often) if choice else topic.how_often


def choose(recipient: Recipient, choices: Mapping[str, str]) -> None:
    """Keep what a recipient chose.

    Args:
        recipient: a person, or the hash of an address.
        choices: name of a topic to how often; topics that always come are left as they are.
    """
    known = {topic.name for topic in topics() if not topic.is_asked_for}
    who = {"person": recipient} if isinstance(recipient, Person) else {"person": None, "address_hash": recipient}
    for name, often in choices.items():
        if name in known:
            MailChoice.objects.update_or_create(**who, topic=name, defaults={"how_often": HowOften(often)})
