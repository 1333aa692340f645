"""For whom and as what a person stands: mandates, grants, and the invitations that lead to them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from essaim.accounts.people import Person

CONFIRMED_FOR_DAYS = 365


def today() -> date:
    """Return the present day (UTC)."""
    return timezone.now().date()


class Mandates(models.QuerySet["Mandate"]):
    """Mandates, in the words of the house; every question is asked at a day."""

    def in_force(self, on: date | None = None) -> Mandates:
        """Return mandates that hold: begun, not ended, and confirmed for that day."""
        day = on or today()
        return self.begun(day).filter(confirmed_at__isnull=False, confirm_by__gte=day)

    def begun(self, on: date | None = None) -> Mandates:
        """Return mandates that have begun and not ended, confirmed or not."""
        day = on or today()
        return self.filter(since__lte=day).filter(Q(until__isnull=True) | Q(until__gte=day))

    def lapsed(self, on: date | None = None) -> Mandates:
        """Return mandates that would hold if they had been confirmed in time."""
        day = on or today()
        return self.begun(day).filter(Q(confirmed_at__isnull=True) | Q(confirm_by__lt=day))

    def to_confirm(self, on: date | None = None, days: int = 30) -> Mandates:
        """Return mandates in force whose confirmation ends within some days: whom to remind."""
        day = on or today()
        return self.in_force(day).filter(confirm_by__lte=day + timedelta(days=days))

    def of(self, person: Person) -> Mandates:
        """Return a person's mandates."""
        return self.filter(person=person)

    def for_institution(self, id: str) -> Mandates:
        """Return the mandates for an institution."""
        return self.filter(institution_id=id)


class Mandate(models.Model):
    """A person speaks for an institution, for a time, as long as the institution goes on confirming it.

    Attributes:
        person: who speaks.
        institution: for whom. A later package of facts may drop an institution; the mandate then keeps its id.
        role: what the mandate makes of the person: a code of roles.yaml with `by: mandate`.
        scope: what it covers: empty for all that the institution does, or `country:SEN`, `body:UNTFSSE`.
        since: first day.
        until: last day; None while open.
        confirmed_at: day of the last confirmation; None before the first.
        confirm_by: last day on which that confirmation holds.
    """

    class State(models.TextChoices):
        """Where a mandate stands at a day."""

        ANNOUNCED = "announced", _("begins later")
        UNCONFIRMED = "unconfirmed", _("waits for confirmation")
        IN_FORCE = "in_force", _("in force")
        LAPSED = "lapsed", _("confirmation has expired")
        ENDED = "ended", _("ended")

    person = models.ForeignKey(Person, models.CASCADE, related_name="mandates")
    institution = models.ForeignKey("accounts.Institution", models.DO_NOTHING, db_constraint=False, related_name="mandates")
    role = models.CharField(max_length=30)
    scope = models.CharField(max_length=200, blank=True)
    since = models.DateField(default=today)
    until = models.DateField(null=True, blank=True)
    confirmed_at = models.DateField(null=True, blank=True)
    confirm_by = models.DateField(null=True, blank=True)
    history = HistoricalRecords(cascade_delete_history=True)
    objects = Mandates.as_manager()

    class Meta:
        """The newest first."""

        ordering = ["-since", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=models.F("since")), name="mandate_ends_after_it_began"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} ({self.institution_id}, {self.role})"

    def state(self, on: date | None = None) -> Mandate.State:
        """Tell where the mandate stands at a day (today unless said)."""
        day = on or today()
        if self.until is not None and self.until < day:
            return self.State.ENDED
        if self.since > day:
            return self.State.ANNOUNCED
        if self.confirmed_at is None or self.confirm_by is None:
            return self.State.UNCONFIRMED
        return self.State.IN_FORCE if self.confirm_by >= day else self.State.LAPSED

    def confirm(self, on: date | None = None, days: int = CONFIRMED_FOR_DAYS) -> None:
        """Confirm the mandate for some days from a day on, and save it."""
        self.confirmed_at = on or today()
        self.confirm_by = self.confirmed_at + timedelta(days=days)
        self.save(update_fields=["confirmed_at", "confirm_by"])

    def end(self, on: date | None = None) -> None:
        """End the mandate after a day, not before it began, and save it."""
        self.until = max(on or today(), self.since)
        self.save(update_fields=["until"])

    def as_told(self) -> dict[str, Any]:
        """Return what the journal keeps of it: no name, ids and days."""
        days = {name: value.isoformat() if (value := getattr(self, name)) else "" for name in _DAYS}
        return {"institution": self.institution_id, "role": self.role, "scope": self.scope, **days}


_DAYS = ("since", "until", "confirmed_at", "confirm_by")


class Grants(models.QuerySet["Grant"]):
    """Grants, in the words of the house."""

    def in_force(self, on: date | None = None) -> Grants:
        """Return grants that hold at a day."""
        day = on or today()
        return self.filter(since__lte=day).filter(Q(until__isnull=True) | Q(until__gte=day))

    def of(self, person: Person) -> Grants:
        """Return a person's grants."""
        return self.filter(person=person)


class Grant(models.Model):
    """A role that the house gave a person, over a scope, for a time.

    Attributes:
        person: who has it.
        role: a code of roles.yaml with `by: grant`.
        scope_kind: how far it reaches.
        scope_id: of what: a country's alpha-3 code, an id; empty for all.
        since: first day.
        until: last day; None while open.
        granted_by: who gave it; None for the command line, or a person erased since.
    """

    class ScopeKind(models.TextChoices):
        """How far a grant reaches."""

        ALL = "all", _("everything")
        COUNTRY = "country", _("a country")
        NETWORK = "network", _("a network")
        INSTITUTION = "institution", _("an institution")
        BODY = "body", _("a body")

    person = models.ForeignKey(Person, models.CASCADE, related_name="grants")
    role = models.CharField(max_length=30)
    scope_kind = models.CharField(max_length=12, choices=ScopeKind, default=ScopeKind.ALL)
    scope_id = models.CharField(max_length=200, blank=True)
    since = models.DateField(default=today)
    until = models.DateField(null=True, blank=True)
    granted_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    history = HistoricalRecords(cascade_delete_history=True)
    objects = Grants.as_manager()

    class Meta:
        """The newest first; a scope names what it is a scope of."""

        ordering = ["-since", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(scope_kind="all", scope_id="") | (~Q(scope_kind="all") & ~Q(scope_id="")),
                name="grant_scope_names_a_thing",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} ({self.role}, {self.scope})"

    @property
    def scope(self) -> str:
        """The scope as one word: `all`, `country:SEN`."""
        return self.scope_kind if self.scope_kind == self.ScopeKind.ALL else f"{self.scope_kind}:{self.scope_id}"

    def end(self, on: date | None = None) -> None:
        """End the grant: a day before, so that it holds no more today; and save it."""
        self.until = (on or today()) - timedelta(days=1)
        self.save(update_fields=["until"])

    def as_told(self) -> dict[str, Any]:
        """Return what the journal keeps of it: no name."""
        return {
            "role": self.role,
            "scope": self.scope,
            "since": self.since.isoformat(),
            "until": self.until.isoformat() if self.until else "",
        }


class Invitation(models.Model):
    """A word to someone: come in, as this. Only the hash of its token is kept.

    Attributes:
        email: who is invited.
        role: what they will be: any role of roles.yaml that is given by mandate or grant.
        institution: for whom they will speak, for a role by mandate; else empty.
        scope: `all`, `country:SEN` ... for a role by grant; what a mandate covers, for one by mandate.
        language: language of the invitation.
        token_hash: SHA-256 of the token.
        expires_at: when it ends.
        invited_by: who sent it; None for the command line.
        accepted_at: when an account was made with it.
        revoked_at: when it was taken back.
    """

    email = models.EmailField(max_length=254)
    role = models.CharField(max_length=30)
    institution = models.CharField(max_length=200, blank=True)
    scope = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=8, default="en")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    invited_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    accepted_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        """The newest first."""

        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.email} ({self.role})"

    @property
    def is_open(self) -> bool:
        """True while it can be taken up."""
        return self.accepted_at is None and self.revoked_at is None and self.expires_at > timezone.now()


class Succession(models.Model):
    """One institution became another: renamed, merged or split; mandates and words stay where they were given.

    Attributes:
        predecessor: id of the institution that was.
        successor: id of the institution that came.
        kind: how.
        on: day or less of it (ISO 8601), as precise as known.
        source: address of the page that says so.
        note: anything else, in a sentence.
    """

    class Kind(models.TextChoices):
        """How one became another."""

        RENAMED = "renamed", _("renamed")
        MERGED = "merged", _("merged into")
        SPLIT = "split", _("split off as")

    predecessor = models.CharField(max_length=200)
    successor = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=Kind)
    on = models.CharField(max_length=10, blank=True)
    source = models.URLField(blank=True)
    note = models.TextField(blank=True)

    class Meta:
        """In order of time; the same passage is told once."""

        ordering = ["on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor"], name="succession_told_once"),
            models.CheckConstraint(condition=~Q(predecessor=models.F("successor")), name="succession_of_another"),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor} ({self.kind})"


def successors(id: str, kinds: Collection[str] = tuple(Succession.Kind)) -> list[str]:
    """Return the institutions that an institution became, the last ones only; itself when it is still there.

    Args:
        id: of the institution that may be gone.
        kinds: which passages count; a mandate follows a change of name and nothing else.
    """
    pairs = list(Succession.objects.filter(kind__in=kinds).values_list("predecessor", "successor"))
    found: dict[str, None] = {}
    seen: set[str] = set()
    waiting = [id]
    while waiting:
        present = waiting.pop(0)
        if present in seen:
            continue
        seen.add(present)
        later = [successor for predecessor, successor in pairs if predecessor == present]
        waiting += later
        if not later:
            found[present] = None
    return list(found)
