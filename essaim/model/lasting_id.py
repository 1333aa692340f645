"""Lasting ids: a kind letter, ten Crockford base-32 signs of a hash, and a check sign."""

from __future__ import annotations

import hashlib

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
LETTERS = {"organisation": "o", "work": "w"}


def lasting_id(letter: str, record_key: str, attempt: int = 1) -> str:
    """Make the lasting id of a thing from the least record key of its first cluster.

    Args:
        letter: kind letter, for example `o`.
        record_key: the least record key in byte order.
        attempt: 1, or more when the id was taken by another thing (`#2` is then hashed too).

    Example:
        >>> lasting_id("o", "organisations:ripess")
        'oavbx1ss1g0n'
    """
    text = record_key if attempt == 1 else f"{record_key}#{attempt}"
    number = int.from_bytes(hashlib.sha256(text.encode("utf-8")).digest()[:7], "big") >> 6
    signs = "".join(ALPHABET[(number >> shift) & 31] for shift in range(45, -1, -5))
    return letter + signs + check_sign(signs)


def check_sign(signs: str) -> str:
    """Return the check sign of ten base-32 signs: their number modulo 31, the greatest prime below 32.

    Crockford's own modulus is 37, whose five further signs (`*~$=u`) are not at home in an address; a prime modulus
    still finds every wrong sign and every swap of neighbours.
    """
    number = 0
    for sign in signs:
        number = number * 32 + ALPHABET.index(sign)
    return ALPHABET[number % 31]


def is_lasting_id(text: str) -> bool:
    """Tell whether a text is a well-formed lasting id with a right check sign."""
    if len(text) != 12 or not text[0].isalpha() or any(sign not in ALPHABET for sign in text[1:]):
        return False
    return check_sign(text[1:11]) == text[11]
