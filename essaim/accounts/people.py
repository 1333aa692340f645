"""Persons who sign in, and the pseudonyms under which the journal knows people."""

from __future__ import annotations

import secrets
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

KEY_BYTES = 12


def new_key() -> str:
    """Return a random pseudonym key: 16 signs, says nothing of whom it stands for."""
    return secrets.token_urlsafe(KEY_BYTES)


class People(BaseUserManager["Person"]):
    """The table of persons, in the words of the house."""

    def create_user(self, email: str, password: str | None = None, **columns: Any) -> Person:
        """Make a person; without a password, one that can only be set by a link."""
        person = self.model(email=email, **columns)
        person.set_password(password)
        person.save()
        return person

    def get_by_natural_key(self, username: str | None) -> Person:
        """Find a person by e-mail address in any case."""
        return self.get(email=(username or "").strip().lower())

    def open_accounts(self) -> models.QuerySet[Person]:
        """Return persons who may sign in."""
        return self.filter(is_active=True)


class Person(AbstractBaseUser):
    """A person with an account; no more is kept of anyone than what stands here.

    Attributes:
        email: the user name, in lower case.
        display_name: how the person wants to be called.
        language: language of mail and pages: en, fr or es.
        is_hidden_on_request: True keeps the name from every page that strangers see, even where a mandate is public.
        is_active: False for an account that was closed.
        erased_at: when the person was erased; name and address are then gone, and the row stands for nobody.
    """

    email = models.EmailField(_("E-mail address"), unique=True, max_length=254)
    display_name = models.CharField(_("Name"), max_length=120, blank=True)
    language = models.CharField(_("Language"), max_length=8, choices=settings.LANGUAGES, default="en")
    is_hidden_on_request = models.BooleanField(_("Do not show my name to the public"), default=False)
    is_active = models.BooleanField(default=True)
    erased_at = models.DateTimeField(null=True, editable=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = People()

    class Meta:
        """By name."""

        ordering = ["display_name", "email"]

    def __str__(self) -> str:
        return self.display_name or (str(_("an erased person")) if self.erased_at else self.email)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save with the address in lower case, so that one address is one person."""
        self.email = self.email.strip().lower()
        super().save(*args, **kwargs)


class Pseudonym(models.Model):
    """Who a key of the journal stands for: the one place where an act and a name meet.

    Attributes:
        key: what the journal and people's words carry instead of a name.
        person: the person with an account, if it is one.
        name: the name of someone without an account, as they gave it.
        email: the address of someone without an account, to tell them what became of their word.
        erased_at: when the name was taken out; the key then stands for nobody.
    """

    key = models.CharField(primary_key=True, max_length=32, default=new_key, editable=False)
    person = models.OneToOneField(Person, models.SET_NULL, null=True, related_name="pseudonym")
    name = models.CharField(max_length=120, blank=True)
    email = models.EmailField(max_length=254, blank=True)
    erased_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.person) if self.person else self.name or str(_("an erased person"))

    @property
    def is_erased(self) -> bool:
        """True when the key stands for nobody any more."""
        return self.erased_at is not None


def key_of(person: Person) -> str:
    """Return the pseudonym key of a person with an account, making it the first time."""
    return Pseudonym.objects.get_or_create(person=person)[0].key


def key_for(name: str, email: str = "") -> str:
    """Return a new pseudonym key for someone without an account; each word they send gets its own."""
    return Pseudonym.objects.create(name=name.strip(), email=email.strip().lower()).key
