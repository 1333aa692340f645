"""The sign-up of an invited person: the address is the one that was invited."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import SignupForm
from allauth.core import context
from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from essaim.accounts.invitations import carried_by
from essaim.accounts.models import Person


class InvitedSignUp(SignupForm):  # type: ignore[misc]
    """Address (fixed), name, language, password twice."""

    display_name = forms.CharField(label=_("Your name, as others shall read it"), max_length=120)
    language = forms.ChoiceField(label=_("Language of mail"), choices=settings.LANGUAGES)
    field_order = ("email", "display_name", "language", "password1", "password2")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Write the invited address and language into the form."""
        super().__init__(*args, **kwargs)
        self.invitation = carried_by(context.request)
        if self.invitation:
            self.fields["email"].initial = self.invitation.email
            self.fields["email"].widget.attrs["readonly"] = True
            self.fields["language"].initial = self.invitation.language
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)

    def clean_email(self) -> str:
        """Take the invited address and no other.

        Raises:
            ValidationError: another was sent.
        """
        address = str(super().clean_email()).lower()
        if self.invitation is None or address != self.invitation.email:
            raise forms.ValidationError(_("The invitation is for another address. You can change yours once you are in."))
        return address

    def custom_signup(self, request: HttpRequest, user: Person) -> None:
        """Keep name and language with the person that was just made."""
        user.display_name = self.cleaned_data["display_name"]
        user.language = self.cleaned_data["language"]
        user.save(update_fields=["display_name", "language"])
