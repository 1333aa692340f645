"""Invitations: the only way in. A token is shown once, kept as a hash, and carried by the session until the account is made."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.dispatch import Signal
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone, translation

from essaim.accounts.journal import record
from essaim.accounts.models import Grant, Institution, Invitation, Mandate, Person
from essaim.accounts.people import key_of
from essaim.accounts.roles import roles
from essaim.config import configuration
from essaim.errors import EssaimError

DAYS = 14
IN_SESSION = "invitation"

invitation_made = Signal()
"""Sent with `invitation` and `url` once the invitation is kept: the desk mails it."""


class InvitationError(EssaimError):
    """An invitation cannot be made or taken up."""


def invite(
    email: str, role: str, by: Person | None, institution: str = "", scope: str = "", language: str = "en", days: int = DAYS
) -> tuple[Invitation, str]:
    """Invite someone to be something.

    Args:
        email: whom.
        role: a role had by grant or by mandate.
        by: who invites; None for the command line.
        institution: for a role by mandate: for whom they will speak.
        scope: for a role by grant: `all`, `country:SEN` ...; for a mandate: what it covers, empty for everything.
        language: of the invitation.
        days: how long it stays open.

    Returns:
        The invitation, and the address to open; its token is kept nowhere else.

    Raises:
        InvitationError: the role is none, or its institution or scope is missing.
    """
    check_role(role, institution, scope)
    token = secrets.token_urlsafe(32)
    with transaction.atomic():
        invitation = Invitation.objects.create(
            email=email.strip().lower(),
            role=role,
            institution=institution,
            scope=scope,
            language=language,
            token_hash=hash_of(token),
            expires_at=timezone.now() + timedelta(days=days),
            invited_by=by,
        )
        told = {"role": role, "institution": institution, "scope": scope}
        record("invited", ("invitation", str(invitation.pk)), by, institution, after=told, words=told)
    with translation.override(language):
        url = configuration().base_url + reverse("open_invitation", args=[token])
    invitation_made.send(Invitation, invitation=invitation, url=url)
    return invitation, url


def check_role(role: str, institution: str = "", scope: str = "") -> None:
    """Check that a role can be given, and over what.

    Raises:
        InvitationError: it cannot; the error says what can.
    """
    known = roles().roles.get(role)
    if known is None or known.by not in ("grant", "mandate"):
        able = ", ".join(roles().by("grant", "mandate"))
        raise InvitationError("no such role can be given", found=role, expected=able, next_step="Choose one of these")
    if known.by == "mandate" and not Institution.objects.filter(pk=institution).exists():
        raise InvitationError("a mandate is for an institution", found=institution, next_step="Name one that is in the list")
    if known.by == "grant":
        scope_columns(scope)


def scope_columns(scope: str) -> dict[str, str]:
    """Return the columns of a grant for a scope written as one word.

    Raises:
        InvitationError: the scope is none.
    """
    kind, _sep, id = scope.partition(":")
    if kind not in Grant.ScopeKind.values or bool(id) == (kind == Grant.ScopeKind.ALL):
        raise InvitationError(
            "no such scope",
            found=scope,
            expected="all, country:SEN, network:ID, institution:ID or body:ID",
            next_step="Write one",
        )
    return {"scope_kind": kind, "scope_id": id}


def hash_of(token: str) -> str:
    """Return what is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def find_open(token: str) -> Invitation | None:
    """Return the open invitation of a token; None for a wrong, used, revoked or expired one alike."""
    found = Invitation.objects.filter(token_hash=hash_of(token)).first()
    return found if found and found.is_open else None


def carried_by(request: HttpRequest) -> Invitation | None:
    """Return the open invitation that a session carries."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES and not request.session.session_key:
        return None
    found = Invitation.objects.filter(pk=str(request.session.get(IN_SESSION) or 0)).first()
    return found if found and found.is_open else None


@transaction.atomic
def accept(invitation: Invitation, person: Person) -> Mandate | Grant:
    """Make the person what the invitation says, once.

    A mandate given by invitation counts as confirmed on that day: who invited has the institution's word.

    Raises:
        InvitationError: it was taken up, taken back or ran out meanwhile.
    """
    held = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if not held.is_open:
        raise InvitationError("the invitation is not open any more", next_step="Ask whoever invited you for a new one")
    held.accepted_at = timezone.now()
    held.save(update_fields=["accepted_at"])
    record("joined", ("person", key_of(person)), person, held.institution, words={"role": held.role})
    if roles().roles[held.role].by == "grant":
        return give(person, held.role, held.scope, held.invited_by)
    return mandate(person, held.institution, held.role, held.invited_by, held.scope)


@transaction.atomic
def give(person: Person, role: str, scope: str, by: Person | None) -> Grant:
    """Give a person a role over a scope, and tell the journal.

    Raises:
        InvitationError: the role is not given by grant, or the scope is none.
    """
    if role not in roles().by("grant"):
        raise InvitationError("this role is not given by grant", found=role, expected=", ".join(roles().by("grant")))
    grant = Grant.objects.create(person=person, role=role, granted_by=by, **scope_columns(scope))
    words = {"person": key_of(person), "role": role, "scope": scope}
    record("role_given", ("grant", str(grant.pk)), by, after=grant.as_told(), words=words)
    return grant


@transaction.atomic
def end_role(grant: Grant, by: Person | None) -> None:
    """End a role, and tell the journal."""
    before = grant.as_told()
    grant.end()
    words = {"person": key_of(grant.person), "role": grant.role, "scope": grant.scope}
    record("role_ended", ("grant", str(grant.pk)), by, None, before, grant.as_told(), words)


@transaction.atomic
def mandate(
    person: Person, institution: str, role: str, by: Person | None, scope: str = "", is_confirmed: bool = True
) -> Mandate:
    """Let a person speak for an institution, and tell the journal.

    Raises:
        InvitationError: the role is not had by mandate, or the institution is none.
    """
    if role not in roles().by("mandate"):
        raise InvitationError("this role is not had by mandate", found=role, expected=", ".join(roles().by("mandate")))
    check_role(role, institution, scope)
    made = Mandate(person=person, institution_id=institution, role=role, scope=scope)
    made.save()
    if is_confirmed:
        made.confirm()
    words = {"person": key_of(person), "role": role, "institution": institution, "until": made.as_told()["confirm_by"]}
    record("mandate_given", ("mandate", str(made.pk)), by, institution, after=made.as_told(), words=words)
    return made


def is_last_administrator(person: Person) -> bool:
    """Tell whether nobody else with an open account is administrator."""
    others = Grant.objects.in_force().filter(role="administrator", person__is_active=True).exclude(person=person)
    return not others.exists()
