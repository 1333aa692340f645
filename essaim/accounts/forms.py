"""Forms of accounts: what an invited person says of themselves, the invitation, the mandate, one's own account."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class InvitedForm(forms.Form):
    """What the sign-up asks beside address and password (allauth builds its form upon this one)."""

    display_name = forms.CharField(label=_("Your name, as others shall read it"), max_length=120)
    language = forms.ChoiceField(label=_("Language of mail and pages"), choices=settings.LANGUAGES)

    def signup(self, request: HttpRequest, user: Any) -> None:
        """Keep both with the person that was just made."""
        user.display_name = self.cleaned_data["display_name"]
        user.language = self.cleaned_data["language"]
        user.save(update_fields=["display_name", "language"])
