"""The proof by a file: `/.well-known/essaim-<token>.txt` on the organisation's website, fetched politely."""

from __future__ import annotations

import ipaddress
import socket
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings

from essaim.config import configuration
from essaim.desk.claims import Claim, websites
from essaim.errors import EssaimError
from essaim.formats.fetch import Courtesy, Fetcher

MOST_BYTES = 4096
MOST_PLACES = 4


def file_path(one: Claim) -> str:
    """Return the path of the file on the website."""
    return f"/.well-known/essaim-{one.token}.txt"


def places(one: Claim) -> list[str]:
    """Return where the file may lie: on the sites that the sources name, with and without `www.`, https before http."""
    found: dict[str, None] = {}
    for website in websites(one.subject) if one.subject else ():
        host = urlsplit(website).netloc
        bare = host.removeprefix("www.")
        for name in (host, bare, f"www.{bare}"):
            found.setdefault(f"https://{name}{file_path(one)}")
        found.setdefault(f"http://{host}{file_path(one)}")
    return list(found)[:MOST_PLACES]


def is_file_there(one: Claim) -> bool:
    """Ask the organisation's website for the file; what cannot be had is not there.

    No redirect is followed, and no address within a private network is asked: the answer would tell a stranger about it.
    """
    if configuration().offline:
        return False
    courtesy = Courtesy(
        contact=configuration().base_url,
        timeout_s=6,
        longest_s=10,
        longest_wait_s=1,
        retries=0,
        redirects=0,
        max_bytes=MOST_BYTES,
    )
    with Fetcher(courtesy) as fetcher, tempfile.TemporaryDirectory(prefix="essaim-claim-") as folder:
        return any(_holds(fetcher, place, one.token, Path(folder) / "file") for place in places(one))


def _holds(fetcher: Fetcher, place: str, token: str, into: Path) -> bool:
    address = _to_ask(place)
    if not address:
        return False
    try:
        fetcher.fetch(address, into)
    except EssaimError:
        return False
    return token in into.read_bytes().decode("utf-8", "replace").split()


def _to_ask(place: str) -> str:
    """Return the address to ask, empty for one that must not be asked; a test may put a server of its own in a host's place."""
    parts = urlsplit(place)
    instead = getattr(settings, "CLAIM_FILE_ORIGINS", {}).get(parts.netloc)
    if instead is not None:
        return f"{instead}{parts.path}"
    return place if is_public(parts.hostname or "") else ""


def is_public(host: str) -> bool:
    """Tell whether every address of a host is on the public internet."""
    try:
        found = {told[4][0] for told in socket.getaddrinfo(host, 443, type=socket.SOCK_STREAM)}
    except (OSError, UnicodeError):
        return False
    return bool(found) and all(ipaddress.ip_address(str(one).partition("%")[0]).is_global for one in found)
