"""How sign-in behaves in this house: by invitation only, in the person's language, second-step secrets kept unreadable."""

from __future__ import annotations

import base64
import hashlib
import logging
from smtplib import SMTPException
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.http import HttpRequest
from django.utils import translation

from essaim.accounts.invitations import carried_by

LOG = logging.getLogger(__name__)


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """allauth's questions, answered for this house."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Open the sign-up to those who carry an open invitation."""
        return carried_by(request) is not None

    def is_email_verified(self, request: HttpRequest, email: str) -> bool:
        """Take an address as verified when its invitation was opened: the link was sent there and nowhere else."""
        invitation = carried_by(request)
        return (invitation is not None and invitation.email == email.lower()) or bool(super().is_email_verified(request, email))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write to people in their own language, whoever's click it was.

        A mail server that does not answer must not undo what the letter tells of: the fault goes to the log.
        """
        person = context.get("user")
        language = getattr(person, "language", "") or translation.get_language() or settings.LANGUAGE_CODE
        with translation.override(language):
            try:
                super().send_mail(template_prefix, email, context)
            except (OSError, SMTPException):
                LOG.exception("a letter could not be sent: %s", template_prefix)


class SecondStepAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Keeps the secrets of second steps encrypted with the site's own."""

    def encrypt(self, text: str) -> str:
        """Encrypt a secret for the database."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Read a secret back."""
        return _cipher().decrypt(encrypted_text.encode()).decode()


def _cipher() -> Fernet:
    key = hashlib.sha256(b"second steps\0" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
