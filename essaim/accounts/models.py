"""What accounts keep: institutions with offices and counts here; persons, standing and journal in modules of their own."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from essaim.accounts.chain import JournalEntry
from essaim.accounts.people import Person, Pseudonym
from essaim.accounts.standing import Grant, Invitation, Mandate, Succession
from essaim.pages.facts import PackagedThing

__all__ = [
    "Grant",
    "Institution",
    "Invitation",
    "JournalEntry",
    "Mandate",
    "MembershipCount",
    "Office",
    "Person",
    "Pseudonym",
    "Succession",
]


class PackagedInstitutions(models.Manager["Institution"]):
    """Institutions that the packaged facts brought: all that a later package may change or drop."""

    def get_queryset(self) -> models.QuerySet[Institution]:
        """Leave out those that people added."""
        return super().get_queryset().filter(package_version__gt=0)


class Institution(PackagedThing):
    """A body that takes part in the task force; all are of equal rank.

    One that people added (a ministry, a national partner) has package version 0, and no package changes it.

    Attributes:
        record_key: `members:RIPESS`; the pipeline reads the same file, so the release knows the organisation by it.
        acronym: the acronym, or the short word that stands for one.
        acronyms: acronyms by language, where they differ.
        type: member, observer or partner.
        since: from when, as precise as known (ISO 8601); empty when no source says.
        since_kind: `since`, `at_latest` (it took part by then) or empty.
        last_seen: the latest date at which a source names it; empty when none does.
        is_founder: True when it was there at the founding.
        former_names: earlier names, as the file writes them.
        website: its own site.
    """

    class Type(models.TextChoices):
        """How a body takes part."""

        MEMBER = "member"
        OBSERVER = "observer"
        PARTNER = "partner"

    record_key = models.CharField(max_length=200, unique=True)
    acronym = models.CharField(max_length=60)
    acronyms = models.JSONField(default=dict)
    type = models.CharField(max_length=10, choices=Type)
    since = models.CharField(max_length=10, blank=True)
    since_kind = models.CharField(max_length=10, blank=True)
    last_seen = models.CharField(max_length=10, blank=True)
    is_founder = models.BooleanField(default=False)
    former_names = models.JSONField(default=list)
    website = models.URLField(blank=True)
    objects = models.Manager["Institution"]()
    packaged: ClassVar[models.Manager[Institution]] = PackagedInstitutions()

    class Meta(PackagedThing.Meta):
        """A package is compared with packaged institutions alone: it goes by the default manager."""

        default_manager_name = "packaged"


class Office(PackagedThing):
    """An office of the task force, as a source names it at a date.

    Attributes:
        role: code of the office.
        institution: id of the institution that held it.
        person: name of the person in it, where the source names them; public, for the mandate is.
        at: date at which the source shows it (not the date of taking office).
    """

    role = models.CharField(max_length=40)
    institution = models.ForeignKey(Institution, models.CASCADE, related_name="offices")
    person = models.CharField(max_length=200, blank=True)
    at = models.CharField(max_length=10)


class MembershipCount(PackagedThing):
    """How many members and observers a source counts at a date; None where it does not say."""

    date = models.CharField(max_length=10)
    members = models.PositiveIntegerField(null=True)
    observers = models.PositiveIntegerField(null=True)
    agencies_at_founding = models.PositiveIntegerField(null=True)
