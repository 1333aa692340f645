"""Why something is allowed or not, as a sentence in the reader's language; and the words of roles, scopes and verbs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from essaim.accounts.models import Institution
from essaim.model.reason import Reason
from essaim.pages.registry import kinds
from essaim.pages.wording import country_name, listed, precise_date

if TYPE_CHECKING:
    from essaim.pages.registry import Words

ROLES: dict[str, Words] = {
    "visitor": _("visitor"),
    "contributor": _("contributor"),
    "reviewer": _("reviewer"),
    "librarian": _("librarian"),
    "correspondent": _("correspondent"),
    "member_agency": _("member agency"),
    "observer": _("observer"),
    "national_partner": _("national partner"),
    "secretariat": _("secretariat"),
    "administrator": _("administrator"),
}
VISIBILITIES: dict[str, Words] = {
    "public": _("everyone"),
    "participants": _("those who take part"),
    "members": _("members of the body"),
    "institution": _("the institution it belongs to"),
    "desk": _("those who review it"),
    "secretariat": _("the secretariat"),
}
SENTENCES: dict[str, Words] = {
    "open_to_all": _("This is open to everyone."),
    "by_account": _("Everyone with an account may do this."),
    "own": _("It is your own."),
    "by_grant": _("Your role is {role}, for {scope}, since {since}."),
    "by_mandate": _("You speak for {institution} as {role}; your mandate is confirmed until {confirm_by}."),
    "sign_in": _("Sign in first."),
    "account_closed": _("Your account is closed."),
    "not_visible": _("It is shown only to {visibility}."),
    "mandate_lapsed": _("Your mandate for {institution} is not confirmed at present. Ask the institution to confirm it."),
    "out_of_scope": _("Your role, {role}, does not reach this one: it covers {reach}."),
    "role_needed": _("This is done by: {roles}."),
    "no_role": _("Nobody may do this."),
}


def sentence(reason: Reason) -> str:
    """Say a reason of `may`; a code without a sentence is said as it stands, never hidden."""
    code = "no_role" if reason.code == "role_needed" and not reason.parameters.get("roles") else reason.code
    if code not in SENTENCES:
        return gettext("Reason “{code}”").format(code=code)
    return str(SENTENCES[code]).format_map(_Words(reason.parameters))


def role_word(code: str) -> str:
    """Say a role."""
    return str(ROLES.get(code, code))


def scope_word(scope: str) -> str:
    """Say a scope: `all`, `country:SEN`, `institution:RIPESS`."""
    kind, _sep, id = scope.partition(":")
    if kind == "country":
        return country_name(id)
    if kind == "institution":
        return institution_word(id)
    return gettext("everything") if kind in ("all", "") else id


def institution_word(id: str) -> str:
    """Name an institution; one that is not known any more is told by its id."""
    found = Institution.objects.filter(pk=id).first()
    return found.title if found else id


def kind_word(name: str) -> str:
    """Say a kind: as its room calls it, else as this house does."""
    words = {one.name: one.label for one in kinds()} | OWN_KINDS
    return str(words.get(name, name))


OWN_KINDS: dict[str, Words] = {
    "person": _("person"),
    "mandate": _("mandate"),
    "grant": _("role given"),
    "invitation": _("invitation"),
    "facts_package": _("packaged facts"),
    "organisation": _("organisation"),
    "work": _("work"),
    "suggestion": _("suggestion"),
    "judgement": _("judgement"),
    "upload": _("file"),
    "release": _("release"),
    "institution": _("institution"),
}


class _Words(dict[str, str]):
    """Parameters as words; one that is missing shows as a dash instead of breaking the page."""

    def __missing__(self, key: str) -> str:
        return "–"

    def __getitem__(self, key: str) -> str:
        if key == "reach":
            return (
                institution_word(dict.get(self, "institution", ""))
                if "institution" in self
                else scope_word(self.get("scope", ""))
            )
        value = super().__getitem__(key)
        if key == "role":
            return role_word(value)
        if key == "roles":
            return listed([role_word(one) for one in value.split()])
        if key == "scope":
            return scope_word(value)
        if key == "institution":
            return institution_word(value)
        if key == "visibility":
            return str(VISIBILITIES.get(value, value))
        return precise_date(value) if key in ("since", "until", "confirm_by") else value
