"""What is kept of a person: a copy for them, and its erasure; rooms that keep more say so here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from axes.models import AccessAttempt
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone

from essaim.accounts.journal import record
from essaim.accounts.models import Invitation, JournalEntry, Person
from essaim.accounts.people import Pseudonym, key_of


@dataclass(frozen=True)
class PersonalData:
    """What one room keeps of persons.

    Attributes:
        room: its label; the heading in the copy.
        export: person to JSON-ready data.
        erase: takes the person out; what they wrote for an institution stays with the institution.
    """

    room: str
    export: Callable[[Person], Any]
    erase: Callable[[Person], None]


_rooms: dict[str, PersonalData] = {}


def register_personal_data(data: PersonalData) -> None:
    """Make known what a room keeps of persons; a room does so once, in its `AppConfig.ready()`."""
    _rooms[data.room] = data


@transaction.atomic
def export_person(person: Person, by: Person | None) -> dict[str, Any]:
    """Return everything that is kept of a person, JSON-ready, and tell the journal that a copy was taken."""
    key = key_of(person)
    record("person_exported", ("person", key), by, words={"person": key})
    return {
        "person": {
            "email": person.email,
            "display_name": person.display_name,
            "language": person.language,
            "is_hidden_on_request": person.is_hidden_on_request,
            "is_active": person.is_active,
            "last_login": person.last_login,
        },
        "addresses": list(EmailAddress.objects.filter(user=person).values("email", "verified", "primary")),
        "second_steps": list(Authenticator.objects.filter(user=person).values("type", "created_at", "last_used_at")),
        "mandates": [one.as_told() for one in person.mandates.all()],
        "roles": [one.as_told() for one in person.grants.all()],
        "invitations": list(Invitation.objects.filter(email=person.email).values("role", "institution", "scope", "made_at")),
        "sessions": [session.expire_date for session in _sessions(person)],
        "failed_sign_ins": list(AccessAttempt.objects.filter(username=person.email).values("attempt_time", "ip_address")),
        "journal": list(JournalEntry.objects.filter(by_key=key).values("number", "at", "act", "about_kind", "about_id")),
        **{room.room: room.export(person) for room in _rooms.values()},
    }


@transaction.atomic
def erase_person(person: Person, by: Person | None) -> None:
    """Take a person out: name, address, password, second steps, sessions; end what they were.

    The row stays as nobody's, so that what they wrote stays where it is, under its institution; the journal's chain stays
    whole, and its key stands for nobody.
    """
    key = key_of(person)
    by_key = key if by is not None and by.pk == person.pk else by
    record("person_erased", ("person", key), by_key, words={"person": key})
    for room in _rooms.values():
        room.erase(person)
    for mandate in person.mandates.begun():
        mandate.end()
    for grant in person.grants.in_force():
        grant.end()
    Authenticator.objects.filter(user=person).delete()
    AccessAttempt.objects.filter(username=person.email).delete()
    Invitation.objects.filter(email=person.email).update(email="")
    EmailAddress.objects.filter(user=person).delete()
    for session in _sessions(person):
        session.delete()
    Pseudonym.objects.filter(key=key).update(person=None, name="", email="", erased_at=timezone.now())
    person.email, person.display_name = f"{key.lower()}.{person.pk}@erased.invalid", ""
    person.is_active, person.is_hidden_on_request, person.last_login, person.erased_at = False, True, None, timezone.now()
    person.set_unusable_password()
    person.save()


def _sessions(person: Person) -> Iterator[Session]:
    """Yield a person's sessions; whose a session is stands inside it."""
    for session in Session.objects.filter(expire_date__gte=timezone.now()).iterator():
        if session.get_decoded().get("_auth_user_id") == str(person.pk):
            yield session
