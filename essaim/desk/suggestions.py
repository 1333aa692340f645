"""Suggestions: the one shape of every correction, suggestion, claim of a value and override."""

from __future__ import annotations

import builtins
from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from essaim.accounts.people import Person, Pseudonym, key_of, new_key
from essaim.accounts.scopes import Thing
from essaim.config import configuration
from essaim.model.correction import Correction

if TYPE_CHECKING:
    from essaim.accounts.may import Standing

OTHER = "other"
"""The property of a word that is about no single value: it is read by people and laid over nothing."""
RELEASED = ("organisation", "work")
"""Kinds whose pages come from a release; they are known by a record key, the others by their id."""


class Suggestions(models.QuerySet["Suggestion"]):
    """The table of suggestions, in the words of the house."""

    def about(self, kind: str, ids: Iterable[str]) -> Suggestions:
        """Keep what is about a thing, by any of its ids or record keys."""
        return self.filter(about_kind=kind, about_id__in=list(ids))

    def accepted(self) -> Suggestions:
        """Keep those that hold, in the order in which they were accepted."""
        return self.filter(state=Suggestion.State.ACCEPTED).order_by("reviewed_at", "pk")

    def waiting(self) -> Suggestions:
        """Keep those that wait for review."""
        return self.filter(state=Suggestion.State.PROPOSED)

    def for_review_by(self, standing: Standing) -> Suggestions:
        """Keep those that a person may review: of the kinds of their roles, within each role's scope."""
        allowed = models.Q(pk__in=[])
        for one in standing.capacities:
            if "scope" not in one.role.allowed.get(("review", "suggestion"), ()):
                continue
            kinds = [kind for (verb, kind), where in one.role.allowed.items() if verb == "review" and "scope" in where]
            of_kinds = models.Q(about_kind__in=kinds)
            allowed |= of_kinds if one.scope == "all" else of_kinds & models.Q(scopes__scope=one.scope)
        return self.filter(allowed).exclude(state=Suggestion.State.UNCONFIRMED).distinct()


class Suggestion(models.Model):
    """One word of a person on one property of one thing.

    Attributes:
        key: random; its address at the desk, and its record id in the source `people_<installation>`.
        about_kind, about_id: the thing: a record key for organisations and works, an id for kinds of the database.
        about_title: what the thing was called when it was said; for lists and letters.
        country: alpha-3 code of the thing's country, empty where it has none or several.
        property: a name of `model.properties`, or `other`.
        value: as normalised; empty hides the property, which only a claim may say.
        language, unit, since: of the value.
        why: the reason, in the words of whoever said it; for the desk alone.
        evidence: an address where it can be seen.
        by: the person, where they have an account.
        by_name_key: the key that stands for whoever said it; names and addresses are with the key, in one place.
        by_email_confirmed_at: when the address was confirmed by its signed link.
        for_institution: id of the institution it was said for.
        spoken: language of letters about it.
        at: when it was said.
        state: where it stands.
        reviewed_by, reviewed_at, review_why: who decided, when, and why.
        is_claim: True when the organisation itself says it, after it proved that the page is its own.
    """

    class State(models.TextChoices):
        """Where a suggestion stands."""

        UNCONFIRMED = "unconfirmed", pgettext_lazy("a suggestion", "address not confirmed")
        PROPOSED = "proposed", pgettext_lazy("a suggestion", "waits for review")
        ACCEPTED = "accepted", pgettext_lazy("a suggestion", "accepted")
        REFUSED = "refused", pgettext_lazy("a suggestion", "refused")
        WITHDRAWN = "withdrawn", pgettext_lazy("a suggestion", "withdrawn")

    key = models.CharField(max_length=32, unique=True, default=new_key, editable=False)
    about_kind = models.CharField(max_length=40)
    about_id = models.CharField(max_length=300)
    about_title = models.CharField(max_length=300, blank=True)
    country = models.CharField(max_length=3, blank=True)
    property = models.CharField(max_length=40)
    value = models.TextField(blank=True)
    language = models.CharField(max_length=35, blank=True)
    unit = models.CharField(max_length=60, blank=True)
    since = models.CharField(max_length=10, blank=True)
    why = models.TextField(blank=True)
    evidence = models.CharField(max_length=2000, blank=True)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="suggestions")
    by_name_key = models.CharField(max_length=32)
    by_email_confirmed_at = models.DateTimeField(null=True, blank=True)
    for_institution = models.CharField(max_length=120, blank=True)
    spoken = models.CharField(max_length=8, default="en")
    at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=12, choices=State, default=State.UNCONFIRMED)
    reviewed_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True, blank=True)
    review_why = models.TextField(blank=True)
    is_claim = models.BooleanField(default=False)
    objects = Suggestions.as_manager()

    class Meta:
        """The oldest first: whoever waits longest is read first."""

        ordering = ["at", "pk"]
        indexes = [
            models.Index(fields=["about_kind", "about_id", "state"], name="suggestion_about"),
            models.Index(fields=["state", "at"], name="suggestion_state"),
        ]

    def __str__(self) -> str:
        return f"{self.about_title or self.about_id}: {self.property}"

    @builtins.property
    def is_hiding(self) -> bool:
        """True when it takes a property off the page."""
        return self.is_claim and not self.value

    @builtins.property
    def reporter(self) -> Person | str | None:
        """The person, or the confirmed address of someone without an account; None where neither is kept any more."""
        if self.by is not None:
            return self.by
        kept = Pseudonym.objects.filter(pk=self.by_name_key).first()
        return kept.email if kept and kept.email and self.by_email_confirmed_at else None

    @builtins.property
    def reporter_name(self) -> str:
        """How the reporter is called at the desk; empty where no name is kept."""
        kept = Pseudonym.objects.filter(pk=self.by_name_key).first()
        return str(kept) if kept and (kept.person or kept.name) else ""

    def as_told(self) -> dict[str, str]:
        """Return what the journal tells of it: nothing that names a person, and no free words."""
        return {name: getattr(self, name) for name in ("state", "property", "value", "language", "unit", "since")}

    def correction(self) -> Correction:
        """Return it as the build and the pages take it."""
        return Correction(
            key=self.key,
            kind=self.about_kind,
            about=self.about_id,
            property=self.property,
            value=self.value,
            language=self.language,
            unit=self.unit,
            since=self.since,
            evidence=self.evidence,
            institution=self.for_institution,
            by=self.by_name_key,
            at=self.reviewed_at.isoformat(timespec="microseconds") if self.reviewed_at else "",
            is_claim=self.is_claim,
            source_id=people_source_id(),
        )


class SuggestionScope(models.Model):
    """One scope that a suggestion falls in, as its thing was known when it was said: `country:SEN`, `network:o...`."""

    suggestion = models.ForeignKey(Suggestion, models.CASCADE, related_name="scopes")
    scope = models.CharField(max_length=120, db_index=True)

    class Meta:
        """Each scope once."""

        constraints = [models.UniqueConstraint(fields=["suggestion", "scope"], name="one_scope_once")]

    def __str__(self) -> str:
        return self.scope


def people_source_id() -> str:
    """Return the id of the source that people of this installation make."""
    return f"people_{configuration().installation}"


def as_thing(one: Suggestion) -> Thing:
    """Tell a suggestion to `may`."""
    scopes = frozenset(one.scopes.values_list("scope", flat=True))
    return Thing("suggestion", one.key, scopes, "desk", owner=one.by_id)


def make(of: Suggestion, scopes: Iterable[str], by: Person | None, name: str = "", email: str = "") -> Suggestion:
    """Keep a suggestion; of a person with an account it waits for review at once, else until its address is confirmed.

    Args:
        of: unsaved, with everything about the thing and the value.
        scopes: what the thing belongs to.
        by: the person who is signed in, if one is.
        name: how someone without an account wants to be called.
        email: the address of someone without an account.
    """
    of.by = by
    of.by_name_key = key_of(by) if by else Pseudonym.objects.create(name=name.strip(), email=email.strip().lower()).key
    if by:
        of.by_email_confirmed_at, of.state = of.at, Suggestion.State.PROPOSED
    of.save()
    SuggestionScope.objects.bulk_create([SuggestionScope(suggestion=of, scope=scope) for scope in sorted(set(scopes))])
    return of


def forget_unconfirmed(days: int = 7) -> int:
    """Delete suggestions whose address nobody confirmed, with the name and address that came with them."""
    old = Suggestion.objects.filter(state=Suggestion.State.UNCONFIRMED, at__lt=timezone.now() - timedelta(days=days))
    keys = list(old.values_list("by_name_key", flat=True))
    old.delete()
    Pseudonym.objects.filter(pk__in=keys, person=None).delete()
    return len(keys)
