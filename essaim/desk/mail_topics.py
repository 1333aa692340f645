"""Topics of mail: what a letter is about, whether one can do without it, and how often it comes unless told otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from essaim.errors import ConfigurationError

if TYPE_CHECKING:
    from essaim.pages.registry import Words


class HowOften(models.TextChoices):
    """How often mail about a topic comes."""

    AT_ONCE = "at_once", _("at once, one by one")
    DAILY = "daily", _("once a day, gathered")
    WEEKLY = "weekly", _("once a week, gathered")
    NEVER = "never", _("never")


@dataclass(frozen=True)
class Topic:
    """What letters can be about.

    Attributes:
        name: short, as letters and choices keep it: `suggestions`.
        label: as a person reads it: "What became of what you suggested".
        how_often: unless the person chose otherwise.
        is_asked_for: True for an answer to what the person did a moment ago (a link to confirm): it always comes, at once, and
            cannot be stopped.
        needs_account: True for a topic that comes to persons with an account alone; no one else is asked about it.
    """

    name: str
    label: Words
    how_often: HowOften = HowOften.AT_ONCE
    is_asked_for: bool = False
    needs_account: bool = False


_topics: dict[str, Topic] = {}


def register_topic(topic: Topic) -> None:
    """Make a topic known; a room does so once, in its `AppConfig.ready()`.

    Raises:
        ConfigurationError: the name is taken.
    """
    if _topics.setdefault(topic.name, topic) != topic:
        raise ConfigurationError("two topics of mail share a name", "desk", topic.name, next_step="Choose another")


def topics() -> list[Topic]:
    """Return every topic, in the order of registration."""
    return list(_topics.values())


def topic_of(name: str) -> Topic:
    """Return a topic.

    Raises:
        ConfigurationError: no room registered it.
    """
    if name not in _topics:
        raise ConfigurationError("no such topic of mail", "desk", name, ", ".join(_topics), "Register it in the room")
    return _topics[name]
