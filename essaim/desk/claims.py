"""Claims: an organisation proves that a page is its own, then says itself what stands there and what shows."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from essaim.accounts.acts import Act, register_acts
from essaim.accounts.journal import record
from essaim.accounts.models import Institution
from essaim.accounts.people import Person, Pseudonym, key_of, new_key
from essaim.accounts.personal_data import PersonalData, register_personal_data
from essaim.accounts.scopes import Thing, register_thing
from essaim.desk import links
from essaim.desk.review import say_as_claimed
from essaim.desk.suggestions import Suggestion, make
from essaim.desk.suggestions_about import Subject, subject_of
from essaim.errors import EssaimError, RecordError
from essaim.pages.served import served_release
from essaim.values.domains import domain_key

PURPOSE_NAME = "claim"
LINK_DAYS = 365
HIDEABLE = ("phone", "address", "postcode", "members_count", "jobs", "turnover")
"""What an organisation may take off its page: how to reach it, and how large it is; never what it is."""


class ClaimError(EssaimError):
    """A claim is not where someone thought it was."""


class Claim(models.Model):
    """Somebody says that a page is that of their organisation.

    Attributes:
        key: random; its address at the desk.
        about_id: a record key of the organisation; about_title: what it was called then; country: alpha-3 code, if it has one.
        by: the person, where they have an account.
        by_name_key: the key that stands for whoever claims; name and address are with the key.
        proof: how they prove it.
        domain: the registrable domain of the organisation's website, as its sources say it.
        token: what the file on the website must hold; no secret, it is published there.
        spoken: language of letters about it.
        at, confirmed_at, proved_at: when it was made, its address confirmed, and when it was proved.
        state: where it stands.
        decided_by, why: who confirmed, refused or revoked it, and why.
    """

    class Proof(models.TextChoices):
        """How a claim is proved."""

        EMAIL = "email", _("by an e-mail address at its domain")
        FILE = "file", _("by a file on its website")
        NETWORK = "network", _("by the word of its network")

    class State(models.TextChoices):
        """Where a claim stands."""

        UNCONFIRMED = "unconfirmed", pgettext_lazy("a claim", "address not confirmed")
        WAITING = "waiting", pgettext_lazy("a claim", "waits for its proof")
        PROVED = "proved", pgettext_lazy("a claim", "proved")
        REFUSED = "refused", pgettext_lazy("a claim", "refused")
        REVOKED = "revoked", pgettext_lazy("a claim", "taken back")

    key = models.CharField(max_length=32, unique=True, default=new_key, editable=False)
    about_id = models.CharField(max_length=300, db_index=True)
    about_title = models.CharField(max_length=300, blank=True)
    country = models.CharField(max_length=3, blank=True)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="claims")
    by_name_key = models.CharField(max_length=32)
    proof = models.CharField(max_length=10, choices=Proof)
    domain = models.CharField(max_length=253, blank=True)
    token = models.CharField(max_length=64, default=secrets.token_hex)
    spoken = models.CharField(max_length=8, default="en")
    at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    proved_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=12, choices=State, default=State.UNCONFIRMED)
    decided_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    why = models.TextField(blank=True)

    class Meta:
        """The oldest first."""

        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.about_title or self.about_id}: {self.state}"

    @property
    def subject(self) -> Subject | None:
        """The organisation as the release knows it; None when no page answers for it at present."""
        return subject_of("organisation", self.about_id)

    @property
    def address(self) -> str:
        """The address to write to; empty where none is kept any more."""
        kept = Pseudonym.objects.filter(pk=self.by_name_key).select_related("person").first()
        return "" if kept is None else kept.person.email if kept.person else kept.email

    def as_told(self) -> dict[str, str]:
        """Return what the journal tells of it."""
        return {"state": self.state, "proof": self.proof}


State = Claim.State


def websites(subject: Subject) -> list[str]:
    """Return the organisation's websites, as its sources say them: no correction of this installation counts for a proof."""
    return [value["value"] for value in subject.document.get("values", {}).get("website", ())]


def own_domains(subject: Subject) -> list[str]:
    """Return the registrable domains that are the organisation's own; a page on a shared site gives none."""
    found: dict[str, None] = {}
    for website in websites(subject):
        try:
            found.setdefault(domain_key(website))
        except RecordError:
            continue
    return [domain for domain in found if domain]


def is_at(address: str, domains: list[str]) -> bool:
    """Tell whether an e-mail address is at one of some registrable domains, or below it."""
    host = address.rpartition("@")[2].lower()
    return any(host == domain or host.endswith(f".{domain}") for domain in domains)


def networks_above(subject: Subject) -> list[str]:
    """Return the lasting ids of the networks that the organisation is a member of."""
    return sorted(scope.removeprefix("network:") for scope in subject.scopes if scope.startswith("network:"))


def vouchers(subject: Subject) -> frozenset[str]:
    """Return the scopes whose people may give their word for an organisation: the institutions that its networks are."""
    release = served_release()
    pages = [release.page("organisation", id) for id in networks_above(subject)] if release else []
    keys = [key for page in pages if page for key in page["record_keys"]]
    return frozenset(f"institution:{id}" for id in Institution.objects.filter(record_key__in=keys).values_list("id", flat=True))


def as_thing(one: Claim) -> Thing:
    """Tell a claim to `may`: of its country, its networks, and the institutions that those are."""
    subject = one.subject
    scopes = subject.scopes | vouchers(subject) if subject else frozenset()
    return Thing("claim", one.key, scopes, owner=one.by_id)


@transaction.atomic
def claim(subject: Subject, proof: str, by: Person | None, name: str, email: str, spoken: str) -> tuple[Claim, str]:
    """Keep a claim and make its link.

    Returns:
        The claim, and the link to mail to whoever claims: it confirms the address, and opens what they may change.
    """
    key = key_of(by) if by else Pseudonym.objects.create(name=name.strip(), email=email.strip().lower()).key
    one = Claim.objects.create(
        about_id=subject.id,
        about_title=subject.title[:300],
        country=subject.country,
        by=by,
        by_name_key=key,
        proof=proof,
        domain=next(iter(own_domains(subject)), ""),
        spoken=spoken,
    )
    return one, links.make(PURPOSE_NAME, ("claim", one.key), LINK_DAYS, single_use=False, language=spoken)


@transaction.atomic
def confirm(one: Claim) -> Claim:
    """Hold the address to be confirmed; where the address itself is the proof, the claim is proved by that."""
    present = _locked(one)
    if present.state != State.UNCONFIRMED:
        return present
    present.confirmed_at, present.state = timezone.now(), State.WAITING
    present.save(update_fields=["confirmed_at", "state"])
    subject = present.subject
    if present.proof == Claim.Proof.EMAIL and subject and is_at(present.address, own_domains(subject)):
        return prove(present, None)
    return present


@transaction.atomic
def prove(one: Claim, by: Person | None, why: str = "") -> Claim:
    """Hold a claim to be proved.

    Args:
        one: the claim, waiting for its proof.
        by: whoever gives their word; None where an address or a file is the proof.
        why: their word.

    Raises:
        ClaimError: it does not wait any more.
    """
    return _change(one, "claim_proved", (State.WAITING,), State.PROVED, by, why)


@transaction.atomic
def refuse(one: Claim, by: Person, why: str) -> Claim:
    """Refuse a claim.

    Raises:
        ClaimError: it does not wait any more.
    """
    return _change(one, "claim_refused", (State.WAITING,), State.REFUSED, by, why)


@transaction.atomic
def revoke(one: Claim, by: Person, why: str) -> Claim:
    """Take a proved claim back: its link opens nothing more; what it said stays until a reviewer undoes it.

    Raises:
        ClaimError: it is not proved.
    """
    links.revoke(PURPOSE_NAME, ("claim", one.key))
    return _change(one, "claim_revoked", (State.PROVED,), State.REVOKED, by, why)


@transaction.atomic
def say(one: Claim, of: Suggestion) -> Suggestion:
    """Let the organisation say something on its own page: it holds at once.

    Raises:
        ClaimError: the claim is not proved.
    """
    present = _locked(one, State.PROVED)
    subject = present.subject
    made = make(of, subject.scopes if subject else (), None)
    Pseudonym.objects.filter(pk=made.by_name_key).delete()
    made.by, made.by_name_key, made.by_email_confirmed_at = present.by, present.by_name_key, present.confirmed_at
    made.save(update_fields=["by", "by_name_key", "by_email_confirmed_at"])
    return say_as_claimed(made)


def said(one: Claim) -> Iterator[Suggestion]:
    """Yield what the organisation says itself and holds, the last word first."""
    subject = one.subject
    ids = subject.all_ids if subject else (one.about_id,)
    yield from Suggestion.objects.about("organisation", ids).accepted().filter(is_claim=True).reverse()


def _locked(one: Claim, *expected: State) -> Claim:
    present = Claim.objects.select_for_update().get(pk=one.pk)
    if expected and present.state not in expected:
        raise ClaimError("the claim is not there any more", str(present), present.state, ", ".join(expected))
    return present


def _change(one: Claim, act: str, before: tuple[State, ...], after: State, by: Person | None, why: str) -> Claim:
    present = _locked(one, *before)
    told = present.as_told()
    present.state, present.decided_by, present.why = after, by, why.strip()
    if after == State.PROVED:
        present.proved_at = timezone.now()
    present.save(update_fields=["state", "decided_by", "why", "proved_at"])
    words = {"thing": present.about_title or present.about_id, "country": present.country}
    shown = {name: value for name, value in words.items() if value}
    record(act, ("claim", present.key), by or present.by_name_key, None, told, present.as_told(), shown)
    return present


ACTS = (
    Act("claim_proved", _("Page claimed"), _("“{thing}” has proved that its page is its own."), "public"),
    Act("claim_refused", _("Claim refused"), _("{by} refused a claim on the page of “{thing}”."), "desk"),
    Act("claim_revoked", _("Claim taken back"), _("{by} took back the claim on the page of “{thing}”."), "desk"),
)


def export_person(person: Person) -> list[dict[str, Any]]:
    """Return what a person claimed."""
    kept = Claim.objects.filter(by=person)
    return [dict(one) for one in kept.values("about_id", "proof", "state", "at", "proved_at")]


def erase_person(person: Person) -> None:
    """Take a person out of claims; the organisation keeps its page."""
    Claim.objects.filter(by=person).update(by=None)
    Claim.objects.filter(decided_by=person).update(decided_by=None)


def register_all() -> None:
    """Make the acts known, and how claims are told to `may`, exported and erased."""
    register_acts(*ACTS)
    register_thing(Claim, as_thing)
    register_personal_data(PersonalData("claims", export_person, erase_person))
