"""Signed links: answer without an account, for one purpose and a time; only a hash of each is kept."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext

from essaim.config import configuration
from essaim.errors import ConfigurationError, EssaimError

if TYPE_CHECKING:
    from essaim.pages.registry import Words

DAYS = 14
RANDOM_BYTES = 24
SIGNATURE_BYTES = 12
SHAPE = re.compile(r"[A-Za-z0-9_-]{48}\Z", re.ASCII)


class LinkError(EssaimError):
    """A link does not open anything: it is wrong, expired, used or taken back (`code` says which)."""

    def __init__(self, code: str, what: str) -> None:
        """Keep the code for the page that explains."""
        super().__init__(what, next_step="Ask for a new link")
        self.code = code

    @property
    def explanation(self) -> str:
        """What happened, in the reader's language."""
        return {
            "expired": gettext("This link was good for a time, and the time is over."),
            "used": gettext("This link was good for one use, and it was used."),
            "revoked": gettext("This link was taken back."),
        }.get(
            self.code, gettext("This link is not one of ours, or a part of it is missing. Copy the whole address from the mail.")
        )


class SignedLink(models.Model):
    """A link that was given out.

    Attributes:
        purpose: what it opens, and nothing else: name of a registered purpose.
        about_kind, about_id: the thing it is about.
        details: what else the purpose needs, JSON-ready; no names, no addresses.
        token_hash: SHA-256 of the token; the token itself is in the mail alone.
        made_at, expires_at: when it was made, and until when it opens.
        used_at: when it was used; of a link for several uses, the last time.
        revoked_at: when it was taken back.
        is_single_use: True when it may be used once.
    """

    purpose = models.CharField(max_length=40)
    about_kind = models.CharField(max_length=40)
    about_id = models.CharField(max_length=200)
    details = models.JSONField(default=dict, blank=True)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    is_single_use = models.BooleanField(default=True)

    class Meta:
        """Found by what it is about when it is taken back."""

        indexes = [models.Index(fields=["purpose", "about_kind", "about_id"], name="link_about")]

    def __str__(self) -> str:
        return f"{self.purpose}: {self.about_kind} {self.about_id}"

    @property
    def about(self) -> tuple[str, str]:
        """The thing it is about, as (kind, id)."""
        return self.about_kind, self.about_id

    def check_open(self) -> None:
        """Raise LinkError when it opens nothing any more."""
        if self.revoked_at is not None:
            raise LinkError("revoked", "the link was taken back")
        if self.is_single_use and self.used_at is not None:
            raise LinkError("used", "the link was used")
        if self.expires_at <= timezone.now():
            raise LinkError("expired", "the link has expired")

    def use(self) -> None:
        """Use the link, in the transaction of what it lets a person do; of two who try at once, one gets through.

        Opening a page does not use a link: mail programs open links by themselves. Use it when the page's button was pressed.

        Raises:
            LinkError: it opens nothing any more.
        """
        now = timezone.now()
        unused = SignedLink.objects.filter(pk=self.pk, revoked_at__isnull=True, expires_at__gt=now)
        if self.is_single_use:
            unused = unused.filter(used_at__isnull=True)
        has_used = unused.update(used_at=now)
        self.refresh_from_db()
        if not has_used:
            self.check_open()
            raise LinkError("used", "the link was used")


@dataclass(frozen=True)
class Purpose:
    """What links of one kind are for.

    Attributes:
        name: short, as it stands in the address: `confirm-suggestion`.
        label: what the page of a link that opens nothing any more calls it: "Confirm a suggestion".
        answer: answers a request that came with a link that opens; GET shows, POST calls `link.use()` and acts.
    """

    name: str
    label: Words
    answer: Callable[[HttpRequest, SignedLink], HttpResponse]


_purposes: dict[str, Purpose] = {}


def register_purpose(purpose: Purpose) -> None:
    """Make a purpose known; a room does so once, in its `AppConfig.ready()`.

    Raises:
        ConfigurationError: the name is taken.
    """
    if _purposes.setdefault(purpose.name, purpose) != purpose:
        raise ConfigurationError("two purposes of links share a name", "desk", purpose.name, next_step="Choose another")


def purpose_of(name: str) -> Purpose | None:
    """Return a purpose, None when there is none of that name."""
    return _purposes.get(name)


def make(
    purpose: str,
    about: tuple[str, str],
    days: float = DAYS,
    single_use: bool = True,
    details: dict[str, Any] | None = None,
    language: str = "",
) -> str:
    """Make a link and return its whole address; it can never be shown again.

    Args:
        purpose: name of a registered purpose.
        about: (kind, id) of the thing.
        days: how long it opens.
        single_use: True when it may be used once.
        details: what else the purpose needs; no names, no addresses.
        language: of the page it opens; the present one when empty.

    Raises:
        ConfigurationError: no room registered the purpose.
    """
    if purpose not in _purposes:
        raise ConfigurationError("no such purpose of links", "desk", purpose, ", ".join(_purposes), "Register it in the room")
    token = new_token(purpose)
    SignedLink.objects.create(
        purpose=purpose,
        about_kind=about[0],
        about_id=str(about[1]),
        details=details or {},
        token_hash=hash_of(token),
        expires_at=timezone.now() + timedelta(days=days),
        is_single_use=single_use,
    )
    with translation.override(language or translation.get_language() or settings.LANGUAGE_CODE):
        return configuration().base_url + reverse("signed_link", args=[purpose, token])


def open_link(token: str, purpose: str) -> SignedLink:
    """Return the link of a token; it is not used by that.

    Args:
        token: as it stood in the address; anything at all may come.
        purpose: what it shall open. A token of another purpose is as wrong as any.

    Raises:
        LinkError: it is wrong, expired, used or taken back. A stranger's guess is only ever told "wrong".
    """
    wrong = LinkError("wrong", "this is no link of ours")
    if not SHAPE.match(token) or not any(hmac.compare_digest(token[32:], sign(token[:32], purpose, key)) for key in keys()):
        raise wrong
    link = SignedLink.objects.filter(token_hash=hash_of(token), purpose=purpose).first()
    if link is None:
        raise wrong
    link.check_open()
    return link


def revoke(purpose: str, about: tuple[str, str]) -> int:
    """Take back every link of a purpose about a thing; return how many would still have opened."""
    now = timezone.now()
    links = SignedLink.objects.filter(purpose=purpose, about_kind=about[0], about_id=str(about[1]), revoked_at__isnull=True)
    still_open = links.filter(expires_at__gt=now).exclude(is_single_use=True, used_at__isnull=False).count()
    links.update(revoked_at=now)
    return still_open


def forget_old(days: int = 30) -> int:
    """Delete links that expired some days ago; until then their page can say so."""
    return SignedLink.objects.filter(expires_at__lt=timezone.now() - timedelta(days=days)).delete()[0]


def new_token(purpose: str) -> str:
    """Return 192 random bits and a signature over them and the purpose, 48 signs that need no quoting in an address."""
    random = secrets.token_urlsafe(RANDOM_BYTES)
    return random + sign(random, purpose, settings.SECRET_KEY)


def sign(random: str, purpose: str, key: str) -> str:
    """Return the signature half of a token: a guess is refused before the database is asked."""
    whole = hmac.new(f"signed link\0{key}".encode(), f"{purpose}\0{random}".encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(whole[:SIGNATURE_BYTES]).decode()


def keys() -> list[str]:
    """Return the site's secret, and those that it had before."""
    return [settings.SECRET_KEY, *(str(key) for key in settings.SECRET_KEY_FALLBACKS)]


def hash_of(token: str) -> str:
    """Return what is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()
