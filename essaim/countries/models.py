"""Countries: figures with their scope, priorities, institutions, partners and reviews, each with its source."""

from __future__ import annotations

from django.db import models
from django.utils.translation import get_language

from essaim.pages.facts import PackagedThing
from essaim.pages.own_words import Said
from essaim.pages.wording import country_name


class Country(PackagedThing):
    """A country; its id is its ISO 3166-1 alpha-3 code.

    Attributes:
        official_languages: ISO 639 codes; empty means not said here.
        laws: ids of instruments, as the file lists them.
    """

    official_languages = models.JSONField(default=list)
    laws = models.JSONField(default=list)

    @property
    def titled(self) -> Said:
        """Its name in the reader's language (CLDR)."""
        return Said(country_name(self.id), get_language() or "en")


class CountryFact(PackagedThing):
    """What is known of one country: base of the tables below."""

    class Meta(PackagedThing.Meta):
        """Each kind of fact has its own table."""

        abstract = True

    country = models.ForeignKey(Country, models.CASCADE)


class Figure(CountryFact):
    """A published figure; never compared with another that counts otherwise.

    Attributes:
        indicator: code of what is counted.
        value: as published; a number, or a range as text.
        unit: unit as published, in our words.
        year: a year, or two as `2014/2015`; empty when the page did not show it.
        scope: what is counted, in our words.
        publisher: who published it.
        is_doubtful: True when it must not be shown without its note.
    """

    indicator = models.CharField(max_length=60)
    value = models.JSONField()
    unit = models.CharField(max_length=80)
    year = models.CharField(max_length=9, blank=True)
    scope = models.TextField(blank=True)
    publisher = models.CharField(max_length=200)
    is_doubtful = models.BooleanField(default=False)


class Priority(CountryFact):
    """What a country says comes first, in our words.

    Attributes:
        priority: in our English words.
        document: the plan, strategy or statement that says so.
        year: its year, where known.
        instrument: id of the instrument that is this document, where known.
    """

    priority = models.TextField()
    document = models.CharField(max_length=300)
    year = models.CharField(max_length=4, blank=True)
    instrument = models.CharField(max_length=200, blank=True)


class PublicBody(CountryFact):
    """A ministry, agency, council, register or statistics office that has to do with the SSE.

    Attributes:
        kind: code of what it is.
        role: what it does, in our English words.
        instrument: id of the instrument about it, where known.
    """

    kind = models.CharField(max_length=40)
    role = models.TextField()
    instrument = models.CharField(max_length=200, blank=True)


class Partner(CountryFact):
    """A consultation body, network or apex body.

    Attributes:
        kind: what it is, in our words.
    """

    kind = models.CharField(max_length=100)


class Review(CountryFact):
    """A Voluntary National Review.

    Attributes:
        year: of the High-Level Political Forum.
        basis: presented, expected or volunteered.
    """

    year = models.PositiveSmallIntegerField()
    basis = models.CharField(max_length=20)
