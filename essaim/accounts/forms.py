"""Forms of accounts: one's own details, invitations, roles and mandates, erasure."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from essaim.accounts.invitations import InvitationError, check_role
from essaim.accounts.models import Institution
from essaim.accounts.roles import roles
from essaim.accounts.why import role_word


def choices_of_roles() -> list[tuple[str, str]]:
    """Return the roles that can be given, in the reader's words."""
    return [(name, role_word(name)) for name in roles().by("grant", "mandate")]


def choices_of_institutions() -> list[tuple[str, str]]:
    """Return every institution by title, after "none"."""
    known = sorted(((one.pk, f"{one.title} ({one.acronym})") for one in Institution.objects.all()), key=lambda one: one[1])
    return [("", "–"), *known]


class DetailsForm(forms.Form):
    """How a person is called, written to, and shown."""

    display_name = forms.CharField(label=_("Your name, as others shall read it"), max_length=120)
    language = forms.ChoiceField(label=_("Language of mail"), choices=settings.LANGUAGES)
    is_hidden_on_request = forms.BooleanField(
        label=_("Do not show my name to the public"),
        required=False,
        help_text=_("Those who take part in the task force still see it. Your institution is shown in place of it."),
    )


class StandingForm(forms.Form):
    """What someone is to be: a role, for an institution or over a scope."""

    role = forms.ChoiceField(label=_("As"), choices=choices_of_roles)
    institution = forms.ChoiceField(
        label=_("For which institution"),
        choices=choices_of_institutions,
        required=False,
        help_text=_("For a member agency, an observer, a national partner."),
    )
    scope = forms.CharField(
        label=_("Over what"),
        max_length=200,
        required=False,
        help_text=_(
            "For a reviewer, a librarian, a correspondent, the secretariat, an administrator: “all”, or “country:SEN”, "
            "“network:ID”, “institution:ID”, “body:ID”."
        ),
    )

    def clean(self) -> dict[str, Any]:
        """Check that the role can be given so."""
        given = super().clean() or {}
        role, institution, scope = given.get("role", ""), given.get("institution", ""), given.get("scope", "").strip()
        if not role:
            return given
        is_granted = role in roles().by("grant")
        given |= {"scope": scope or ("all" if is_granted else ""), "institution": "" if is_granted else institution}
        try:
            check_role(role, given["institution"], given["scope"])
        except InvitationError:
            field = "scope" if is_granted else "institution"
            words = _("Write one of the forms named here.") if is_granted else _("Name the institution to speak for.")
            self.add_error(field, words)
        return given


class InviteForm(StandingForm):
    """An invitation."""

    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    language = forms.ChoiceField(label=_("Language of the invitation"), choices=settings.LANGUAGES)
    field_order = ("email", "role", "institution", "scope", "language")


class EraseForm(forms.Form):
    """The word that says one means it."""

    email = forms.CharField(label=_("To be sure, write the e-mail address of the account"))

    def __init__(self, *args: Any, address: str, **kwargs: Any) -> None:
        """Keep the address that must be written."""
        self.address = address
        super().__init__(*args, **kwargs)

    def clean_email(self) -> str:
        """Compare."""
        written = str(self.cleaned_data["email"]).strip().lower()
        if written != self.address:
            raise forms.ValidationError(_("This is another address."))
        return written
