"""Norms with their calls, national instruments, and national work under way."""

from __future__ import annotations

from django.db import models

from essaim.pages.facts import PackagedThing


class Norm(PackagedThing):
    """An international text: resolution, recommendation, declaration, strategy, plan.

    Attributes:
        symbol: symbol or number, where one is known.
        issuer: the body that made it.
        kind: as the file words it: resolution, recommendation...
        date: as precise as known (ISO 8601); empty when no source says.
        period_from: first year it covers.
        period_to: last year it covers.
        follows: id of the norm it continues.
    """

    symbol = models.CharField(max_length=60, blank=True)
    issuer = models.CharField(max_length=200)
    kind = models.CharField(max_length=60)
    date = models.CharField(max_length=10, blank=True)
    period_from = models.PositiveSmallIntegerField(null=True)
    period_to = models.PositiveSmallIntegerField(null=True)
    follows = models.CharField(max_length=200, blank=True)


class Call(PackagedThing):
    """What a piece of a norm asks of whom, in our own words.

    Attributes:
        norm: the norm.
        code: short code within the norm: `MS-1`.
        form: `call` (asks), `block` (a building block of a recommendation) or `element` (a part of a definition).
        addressee: code of who is asked; empty for elements of a definition.
        action: what is asked, in our English words.
        tags: codes of subjects.
        par: paragraph of the text, where known; may be unverified.
        due: until when, where the norm says so.
    """

    class Form(models.TextChoices):
        """What a numbered piece is."""

        CALL = "call"
        BLOCK = "block"
        ELEMENT = "element"

    norm = models.ForeignKey(Norm, models.CASCADE, related_name="calls")
    code = models.CharField(max_length=20)
    form = models.CharField(max_length=10, choices=Form)
    addressee = models.CharField(max_length=40, blank=True)
    action = models.TextField()
    tags = models.JSONField(default=list)
    par = models.CharField(max_length=20, blank=True)
    due = models.CharField(max_length=10, blank=True)


class Instrument(PackagedThing):
    """A law, bill, policy, strategy, institution, fund or programme of a country or region.

    Attributes:
        country: alpha-3 code; empty for regional instruments.
        region: body of several countries: OHADA, UEMOA...
        jurisdiction: province or region within the country.
        level: national, subnational or regional.
        kind: framework_law, sector_law, policy, strategy, institution, fund, programme or bill.
        date: day of the law as precise as known (ISO 8601); empty when no source says.
        passed_by_parliament: day of the vote.
        published: day of publication.
        in_force: day of entry into force.
        status: in_force, adopted, repealed, superseded, draft, announced; empty when no source says.
        parent: id of the instrument it carries out.
    """

    country = models.CharField(max_length=3, blank=True)
    region = models.CharField(max_length=60, blank=True)
    jurisdiction = models.CharField(max_length=100, blank=True)
    level = models.CharField(max_length=20)
    kind = models.CharField(max_length=40)
    date = models.CharField(max_length=10, blank=True)
    passed_by_parliament = models.CharField(max_length=10, blank=True)
    published = models.CharField(max_length=10, blank=True)
    in_force = models.CharField(max_length=10, blank=True)
    status = models.CharField(max_length=20, blank=True)
    parent = models.CharField(max_length=200, blank=True)


class Process(PackagedThing):
    """National work under way that is not yet law.

    Attributes:
        countries: alpha-3 codes.
        what: in our words.
        since: from when, where known.
        seen: when a source showed it, where known.
    """

    countries = models.JSONField(default=list)
    what = models.TextField()
    since = models.CharField(max_length=10, blank=True)
    seen = models.CharField(max_length=10, blank=True)


class Remark(PackagedThing):
    """One sentence about laws and figures of the world, in our words, with its source and its date where known."""

    text = models.TextField()
    at = models.CharField(max_length=10, blank=True)
