"""How sign-in behaves in this house: by invitation only, in the person's language, second-step secrets kept unreadable."""

from __future__ import annotations

import base64
import hashlib
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from essaim.accounts.invitations import carried_by


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """allauth's questions, answered for this house."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "not_invited": _(
            "The invitation is for another address. Sign up with the one that was invited; you can change it later."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Open the sign-up to those who carry an open invitation."""
        return carried_by(request) is not None

    def clean_email(self, email: str) -> str:
        """Let an invited person sign up with the address that was invited, and no other."""
        address = str(super().clean_email(email)).lower()
        match = self.request.resolver_match if self.request else None
        invitation = carried_by(self.request) if match and match.url_name == "account_signup" else None
        if invitation and address != invitation.email:
            raise self.validation_error("not_invited")
        return address

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write to people in their own language, whoever's click it was."""
        person = context.get("user")
        language = getattr(person, "language", "") or translation.get_language() or settings.LANGUAGE_CODE
        with translation.override(language):
            super().send_mail(template_prefix, email, context)


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
