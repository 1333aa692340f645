"""How often one may suggest: counted by address and by network in a small table, without asking anyone else."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.db import models
from django.utils import timezone

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
LIMITS = {
    "address": ((HOUR, 6), (DAY, 20)),
    "network": ((HOUR, 30), (DAY, 100)),
    "person": ((HOUR, 120),),
    "claim": ((HOUR, 20),),
}
"""How many in which time, for one e-mail address, network, person with an account, claim."""
SALT = "a form was opened"
QUICKEST = timedelta(seconds=2)
"""No one reads and fills a form in less."""
OPEN_FOR = DAY


class Attempt(models.Model):
    """One form that was sent; whose it was cannot be read from it.

    Attributes:
        of: keyed hash of what is counted: an address, a network, a person.
        at: when.
    """

    of = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        """Counted by what it is of, and since when."""

        indexes = [models.Index(fields=["of", "at"], name="attempt_of")]

    def __str__(self) -> str:
        return f"{self.of[:8]} {self.at:%Y-%m-%d %H:%M}"


def is_too_often(**of: str) -> bool:
    """Tell whether a further form would be too much; if not, count it.

    Args:
        of: name of a limit (`address`, `network`, `person`, `claim`) to what it is counted by; empty ones are passed over.
    """
    counted = {name: hash_of(name, text) for name, text in of.items() if text}
    now = timezone.now()
    for name, hash in counted.items():
        for span, most in LIMITS[name]:
            if Attempt.objects.filter(of=hash, at__gt=now - span).count() >= most:
                return True
    Attempt.objects.bulk_create([Attempt(of=hash) for hash in counted.values()])
    return False


def network_of(address: str) -> str:
    """Return the network that an address is in: /24 for IPv4, /48 for IPv6; empty when it is none."""
    try:
        read = ipaddress.ip_address(address)
    except ValueError:
        return ""
    return str(ipaddress.ip_network(f"{read}/{24 if read.version == 4 else 48}", strict=False))


def hash_of(name: str, text: str) -> str:
    """Return what is kept of what is counted."""
    key = f"attempt\0{settings.SECRET_KEY}".encode()
    return hmac.new(key, f"{name}\0{text.strip().lower()}".encode(), hashlib.sha256).hexdigest()


def stamp() -> str:
    """Return a signed note of the present moment, to be sent back with the form."""
    return signing.TimestampSigner(salt=SALT).sign("form")


def was_quick(stamped: str) -> bool:
    """Tell whether a form comes back sooner than anyone can fill it; one with a wrong or old note counts as just opened."""
    signer = signing.TimestampSigner(salt=SALT)
    try:
        signer.unsign(stamped, max_age=OPEN_FOR)
    except signing.BadSignature:
        return True
    try:
        signer.unsign(stamped, max_age=QUICKEST)
    except signing.SignatureExpired:
        return False
    return True


def again(stamped: str) -> str:
    """Return the note to send with a form that is asked for again: the one it had, or a new one where that was wrong or old."""
    try:
        signing.TimestampSigner(salt=SALT).unsign(stamped, max_age=OPEN_FOR)
    except signing.BadSignature:
        return stamp()
    return stamped


def forget_old() -> int:
    """Delete what is older than anything counts."""
    return Attempt.objects.filter(at__lt=timezone.now() - DAY).delete()[0]
