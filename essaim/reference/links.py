"""Whether an address may be shown to a reader, or is only our evidence."""

from __future__ import annotations

from functools import cache
from urllib.parse import urlsplit

from essaim.reference.load import hosts

MARKS = ("copy_site", "unrelated_site", "old_mirror")


@cache
def copy_hosts() -> frozenset[str]:
    """Return every host that holds copies of others' pages, in lower case without `www.`."""
    return frozenset(host.lower().removeprefix("www.") for mark in MARKS for host in hosts()[mark])


def is_readers_link(url: str, host: str = "") -> bool:
    """Tell whether an address may be a link on a page.

    Args:
        url: the address of the evidence.
        host: the mark the entry itself carries (`copy_site`, `unrelated_site`, `old_mirror`), empty when none.

    Returns:
        False for a copy (by the entry's mark, or because the host or a domain above it is listed), and for what is
        not an http or https address.
    """
    try:
        parts = urlsplit(url.strip())
        name = (parts.hostname or "").rstrip(".")
    except ValueError:
        return False
    if host in MARKS or parts.scheme not in ("http", "https") or not name:
        return False
    labels = name.split(".")
    return not any(".".join(labels[start:]) in copy_hosts() for start in range(len(labels)))
