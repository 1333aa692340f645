"""The form of a suggestion: one property of one thing, with the reason, evidence and an address to answer to."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from essaim import reference
from essaim.accounts.may import Standing
from essaim.accounts.people import Person
from essaim.accounts.why import institution_word
from essaim.desk import suggestions_values as values
from essaim.desk.suggestions import OTHER, Suggestion
from essaim.desk.suggestions_about import Subject, choices_of
from essaim.desk.suggestions_rate import again, stamp, was_quick
from essaim.model.properties import Property
from essaim.pages.released.words import code_label
from essaim.pages.wording import country_name, language_name
from essaim.values.countries import all_codes

TONGUES = (
    "ar", "bg", "bn", "ca", "cs", "da", "de", "el", "en", "es", "et", "eu", "fa", "fi", "fr", "gl", "he", "hi", "hr", "hu", "id",
    "it", "ja", "ka", "km", "ko", "lt", "lv", "mk", "mn", "ms", "my", "ne", "nl", "no", "pl", "pt", "ro", "ru", "si", "sk", "sl",
    "sq", "sr", "sv", "sw", "ta", "th", "tr", "uk", "ur", "vi", "wo", "zh",
)  # fmt: skip
TIMED = frozenset({"count", "money"})
AREA = {"rows": 3}


def countries() -> list[tuple[str, str]]:
    """Return every country as (alpha-3 code, name), by name."""
    return sorted(((code, country_name(code)) for code in all_codes()), key=lambda item: item[1])


class SuggestionForm(forms.Form):
    """What someone says that one property should be.

    Attributes:
        subject: the thing.
        name: the property.
        person: who is signed in, if anyone is.
    """

    value = forms.CharField(max_length=values.LONGEST)
    language = forms.ChoiceField(label=_("Language of it"), required=False)
    scheme = forms.ChoiceField(label=_("Register"))
    since = forms.CharField(
        label=_("In which year"), required=False, max_length=10, help_text=_("The year or day for which the figure holds: 2024.")
    )
    why = forms.CharField(
        label=_("How do you know?"), max_length=2000, widget=forms.Textarea(attrs=AREA), help_text=_("Only reviewers read this.")
    )
    evidence = forms.CharField(
        label=_("A page that shows it"),
        required=False,
        max_length=2000,
        help_text=_("A web address. It will be shown as the source."),
    )
    for_institution = forms.ChoiceField(label=_("You write for"), required=False)
    name = forms.CharField(label=_("Your name"), required=False, max_length=120, help_text=_("It is never published."))
    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        help_text=_("We write to it to confirm, and to tell you what became of it. It is never published."),
    )
    fax = forms.CharField(required=False)  # a trap: people do not see it, programs fill it
    opened = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, subject: Subject, name: str, person: Person | None, *args: Any, **kwargs: Any) -> None:
        """Keep what the form is about, and leave only the fields that this property needs."""
        super().__init__(*args, **kwargs)
        self.subject, self.property_name, self.person = subject, name, person
        self.property: Property = subject.properties[name]
        self.fields["value"] = self._value_field()
        if name in values.WITH_LANGUAGE:
            named = sorted(((code, language_name(code)) for code in TONGUES), key=lambda item: item[1])
            self.fields["language"] = forms.ChoiceField(
                label=_("Language of it"), required=False, choices=[("", _("none, or not known")), *named]
            )
        else:
            del self.fields["language"]
        if self.property.kind == "identifier":
            told = [(entry["code"], entry["name"]) for entry in reference.identifier_schemes()]
            self.fields["scheme"] = forms.ChoiceField(label=_("Register"), choices=told)
        else:
            del self.fields["scheme"]
        if self.property.kind not in TIMED:
            del self.fields["since"]
        self._sender_fields()
        self.order_fields(["value", "language", "scheme", "since"])
        self.initial["opened"] = stamp()

    def _value_field(self) -> forms.Field:
        label = _("What is wrong, or missing?") if self.property_name == OTHER else _("It should be")
        if self.property.kind == "country":
            return forms.ChoiceField(label=label, choices=[("", _("Choose one")), *countries()])
        if codes := choices_of(self.property):
            told = [(code, code_label(self.property.code_list, code)) for code in codes]
            return forms.ChoiceField(label=label, choices=[("", _("Choose one")), *told])
        is_long = self.property_name in (OTHER, "activity", "note")
        widget = forms.Textarea(attrs=AREA) if is_long else forms.TextInput(attrs={"autocomplete": "off"})
        return forms.CharField(label=label, max_length=values.LONGEST, widget=widget, help_text=self._example())

    def _example(self) -> str:
        return {
            "date": gettext("A year, a month or a day: 1998, 1998-05 or 1998-05-17."),
            "money": gettext("An amount with its currency: 12000 EUR."),
            "url": gettext("A web address: https://example.org"),
            "phone": gettext("With its country code: +33 1 23 45 67 89"),
        }.get(self.property.kind, "")

    def _sender_fields(self) -> None:
        institutions = sorted(Standing(self.person).institutions) if self.person else []
        if self.person is None:
            del self.fields["for_institution"]
            return
        del self.fields["name"], self.fields["email"]
        if institutions:
            told = [("", _("myself")), *((id, institution_word(id)) for id in institutions)]
            self.fields["for_institution"] = forms.ChoiceField(label=_("You write for"), required=False, choices=told)
        else:
            del self.fields["for_institution"]

    @property
    def is_trapped(self) -> bool:
        """True when a program filled what people do not see."""
        return bool(self.data.get("fax"))

    def is_too_quick(self, stamped: str) -> bool:
        """Tell whether the form comes back sooner than anyone can fill it."""
        return was_quick(stamped)

    def clean_since(self) -> str:
        """Read the date."""
        return values.since(self.cleaned_data["since"])

    def clean_evidence(self) -> str:
        """Read the address."""
        return values.address(self.cleaned_data["evidence"])

    def clean(self) -> dict[str, Any]:
        """Normalise the value with what stands beside it; a form that came back at once is asked for again."""
        given = super().clean() or {}
        if self.is_too_quick(str(given.get("opened", ""))):
            self.data = {**dict(self.data.items()), "opened": again(str(given.get("opened", "")))}
            raise ValidationError(_("That was very quick. Please look at it again, and send it once more."))
        if "value" in given:
            beside = values.Beside(self.subject.country, given.get("scheme", ""))
            try:
                read = values.normalise(self.property, given["value"], beside)
            except ValidationError as error:
                self.add_error("value", error)
            else:
                given["value"], given["unit"] = read.value, read.unit
        return given

    def suggestion(self, spoken: str) -> Suggestion:
        """Return what was said, not saved yet."""
        given = self.cleaned_data
        return Suggestion(
            about_kind=self.subject.kind,
            about_id=self.subject.id,
            about_title=self.subject.title[:300],
            country=self.subject.country,
            property=self.property_name,
            value=given["value"],
            language=given.get("language", ""),
            unit=given.get("unit", ""),
            since=given.get("since", ""),
            why=given.get("why", ""),
            evidence=given.get("evidence", ""),
            for_institution=given.get("for_institution", ""),
            spoken=spoken,
        )
