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
        'oavbx1ss1g0s'
    """
    text = record_key if attempt == 1 else f"{record_key}#{attempt}"
    number = int.from_bytes(hashlib.sha256(text.encode("utf-8")).digest()[:7], "big") >> 6
    signs = "".join(ALPHABET[(number >> shift) & 31] for shift in range(45, -1, -5))
    return letter + signs + check_sign(signs)


def check_sign(signs: str) -> str:
    """Return the check sign of base-32 signs: their polynomial over the field of 32 elements, at x.

    It finds every single wrong sign and every two signs that changed places, and stays in the alphabet (docs/adr/001).

    Example:
        >>> check_sign("avbx1ss1g0") == check_sign("vabx1ss1g0")
        False
    """
    value = 0
    for sign in signs:
        value = _times_x(value) ^ ALPHABET.index(sign)
    return ALPHABET[_times_x(value)]


def _times_x(value: int) -> int:
    """Multiply an element of the field by x, modulo x^5 + x^2 + 1."""
    doubled = value << 1
    return doubled ^ 0b100101 if doubled & 0b100000 else doubled


def is_lasting_id(text: str) -> bool:
    """Tell whether a text is a well-formed lasting id with a right check sign."""
    if len(text) != 12 or not text[0].isalpha() or any(sign not in ALPHABET for sign in text[1:]):
        return False
    return check_sign(text[1:11]) == text[11]
