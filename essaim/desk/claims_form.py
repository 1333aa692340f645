"""The forms of claims: who claims a page and how they prove it; and what a claimant says of the own page."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from essaim.accounts.people import Person
from essaim.desk.claims import Claim, is_at, networks_above, own_domains, websites
from essaim.desk.suggestions_about import Subject
from essaim.desk.suggestions_form import SuggestionForm
from essaim.desk.suggestions_rate import again, stamp, was_quick

Proof = Claim.Proof


class ClaimForm(forms.Form):
    """Who claims a page, and how they prove it."""

    proof = forms.ChoiceField(label=_("How will you prove it?"), widget=forms.RadioSelect)
    name = forms.CharField(label=_("Your name"), required=False, max_length=120, help_text=_("It is never published."))
    email = forms.EmailField(label=_("Your e-mail address"), max_length=254)
    fax = forms.CharField(required=False)  # a trap: people do not see it, programs fill it
    opened = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, subject: Subject, person: Person | None, *args: Any, **kwargs: Any) -> None:
        """Offer the proofs that are possible for this organisation."""
        super().__init__(*args, **kwargs)
        self.domains, self.person = own_domains(subject), person
        offered: list[tuple[str, Any]] = []
        if self.domains:
            told = gettext("An e-mail address at {domain}: you open the link in the letter that we send there.")
            offered.append((Proof.EMAIL.value, told.format(domain=", ".join(self.domains))))
        if websites(subject):
            offered.append((Proof.FILE.value, _("A file on its website: we tell you its name, and look for it.")))
        if networks_above(subject):
            offered.append((Proof.NETWORK.value, _("The word of its network: someone who speaks for it confirms.")))
        self.fields["proof"] = forms.ChoiceField(label=_("How will you prove it?"), widget=forms.RadioSelect, choices=offered)
        self.is_possible = bool(offered)
        if person is not None:
            del self.fields["name"], self.fields["email"]
        self.initial.update(opened=stamp(), proof=offered[0][0] if offered else "")

    @property
    def is_trapped(self) -> bool:
        """True when a program filled what people do not see."""
        return bool(self.data.get("fax"))

    @property
    def address(self) -> str:
        """The address to write to."""
        return self.person.email if self.person else str(self.cleaned_data["email"])

    def clean(self) -> dict[str, Any]:
        """Hold the address against the domain, where it is the proof."""
        given = super().clean() or {}
        if was_quick(str(given.get("opened", ""))):
            self.data = {**dict(self.data.items()), "opened": again(str(given.get("opened", "")))}
            raise ValidationError(_("That was very quick. Please look at it again, and send it once more."))
        address = self.person.email if self.person else given.get("email", "")
        if given.get("proof") == Proof.EMAIL and address and not is_at(address, self.domains):
            told = gettext("This address is not at {domain}. Take one that is, or another proof.")
            self.add_error(None if self.person else "email", told.format(domain=", ".join(self.domains)))
        return given


class OwnForm(SuggestionForm):
    """What an organisation says of itself: the value and its evidence, with no more questions."""

    def __init__(self, subject: Subject, name: str, *args: Any, **kwargs: Any) -> None:
        """Leave out what is asked of strangers."""
        super().__init__(subject, name, None, *args, **kwargs)
        for asked in ("why", "name", "email", "fax"):
            del self.fields[asked]
        self.fields["opened"].initial = ""
        self.initial["opened"] = stamp()

    def is_too_quick(self, stamped: str) -> bool:
        """Tell that it never is: whoever holds the link is known."""
        return False
