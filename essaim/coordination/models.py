"""Meetings of the task force, who else took part, and what is known of how it works."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from essaim.pages.facts import PackagedThing
from essaim.pages.own_words import Said


class Meeting(PackagedThing):
    """A meeting, symposium, plenary or public event.

    Attributes:
        number: its number in its own series, where a source gives one.
        kind: founding, plenary, regular, technical_symposium, special, conference, side_event or retreat.
        date: first day, as precise as known (ISO 8601); empty when no source says.
        date_end: last day, where it lasted longer.
        date_published: day of the news, kept apart where the day of the meeting itself is not known.
        city: town it was held in.
        country: alpha-3 code.
        form: in_person, virtual, hybrid or empty when not known.
        status: `announced` when only an announcement was seen.
    """

    class Kind(models.TextChoices):
        """What a meeting was."""

        FOUNDING = "founding", _("founding meeting")
        PLENARY = "plenary", _("plenary")
        REGULAR = "regular", _("regular meeting")
        TECHNICAL_SYMPOSIUM = "technical_symposium", _("technical symposium")
        SPECIAL = "special", _("special meeting")
        CONFERENCE = "conference", _("conference")
        SIDE_EVENT = "side_event", _("side event")
        RETREAT = "retreat", _("retreat")

    number = models.PositiveIntegerField(null=True)
    kind = models.CharField(max_length=40, choices=Kind)
    date = models.CharField(max_length=10, blank=True)
    date_end = models.CharField(max_length=10, blank=True)
    date_published = models.CharField(max_length=10, blank=True)
    city = models.CharField(max_length=100, blank=True)
    country = models.CharField(max_length=3, blank=True)
    form = models.CharField(max_length=10, blank=True)
    status = models.CharField(max_length=20, blank=True)

    @property
    def titled(self) -> Said:
        """Its name; one without a name of its own goes by its kind and number."""
        if self.titles:
            return super().titled
        kind = str(self.get_kind_display())
        words = gettext("{kind} no. {number}").format(kind=kind, number=self.number) if self.number else kind
        return Said(words[:1].upper() + words[1:], "")

    @property
    def known_by(self) -> str:
        """The date to order it by: its own, else that of the news."""
        return self.date or self.date_published


class OtherParty(PackagedThing):
    """Somebody who took part and is no entry of members.yaml, or is one under another name.

    Attributes:
        what: what it is, in our words.
        ref: id of the institution or organisation it is, where known.
        country: alpha-3 code.
    """

    what = models.TextField()
    ref = models.CharField(max_length=100, blank=True)
    country = models.CharField(max_length=3, blank=True)


class Remark(PackagedThing):
    """One sentence about how the task force works, in our words, with its source."""

    text = models.TextField()
