"""Web addresses in one form, and the domain by which an organisation can be known."""

from __future__ import annotations

import ipaddress
import re
from contextlib import suppress
from functools import cache, lru_cache
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urlsplit, urlunsplit

from essaim.errors import RecordError
from essaim.reference import shared_hosts

if TYPE_CHECKING:
    from tldextract import TLDExtract

_TRACKING = re.compile(r"(utm_\w*|fbclid|gclid|dclid|msclkid|mc_[ce]id|igshid|yclid|_ga|_hs\w*|mkt_tok|ref_src)", re.IGNORECASE)
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:(?!\d)")
_DEFAULT_PORTS = {"http": 80, "https": 443}
_HOST = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)+")
_LONGEST = 2000
_KEPT_SIGNS = "/:@!$&'()*+,;=~-._?[]"
_EXPECTED = "a web address such as https://example.org"


def parse(text: str) -> str:
    """Return a web address in one form: scheme, lower-case host in ASCII, no tracking, no place within the page, no final slash.

    Args:
        text: an http or https address, or one without scheme ("www.example.org/about", taken as https).

    Raises:
        RecordError: no web address (mail, other schemes, no domain, a local or invalid host).
    """
    return _parse(text.strip())


@lru_cache(maxsize=65536)
def _parse(text: str) -> str:
    if not text or len(text) > _LONGEST or re.search(r"[\s<>\"\\^`{|}]", text):
        raise RecordError("this is not a web address", found=text[:_LONGEST], expected=_EXPECTED)
    full = text if _SCHEME.match(text) else f"https://{text.removeprefix('//')}"
    try:
        parts = urlsplit(full)
        port = parts.port
        host = _host(parts.hostname or "")
        userinfo = parts.username or parts.password
    except ValueError:
        host, port, userinfo = "", None, None
    if not host or userinfo or parts.scheme.lower() not in _DEFAULT_PORTS:
        raise RecordError("this is not a web address", found=text, expected=_EXPECTED)
    scheme = parts.scheme.lower()
    place = host if port in (None, _DEFAULT_PORTS[scheme]) else f"{host}:{port}"
    return urlunsplit((scheme, place, _escaped(parts.path.rstrip("/")), _query(parts.query), _fragment(parts.fragment)))


def _host(name: str) -> str:
    """Return a host in ASCII and lower case, empty when it cannot be one on the public web."""
    import idna

    name = name.rstrip(".").lower()
    if not name.isascii():
        try:
            name = idna.encode(name, uts46=True).decode("ascii")
        except idna.IDNAError:
            return ""
    if _is_address(name):
        return name if ipaddress.ip_address(name).is_global and "." in name else ""
    return name if len(name) <= 253 and _HOST.fullmatch(name) and not name.rpartition(".")[2].isdigit() else ""


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _escaped(text: str) -> str:
    """Escape what needs it, once; what is escaped stays so ("%2F" is not a path's end)."""
    parts = re.split(r"(%[0-9a-fA-F]{2})", text)
    return "".join(part.upper() if place % 2 else quote(part, safe=_KEPT_SIGNS) for place, part in enumerate(parts))


def _query(query: str) -> str:
    kept = [part for part in query.split("&") if part and not _TRACKING.fullmatch(part.partition("=")[0])]
    return _escaped("&".join(kept))


def _fragment(fragment: str) -> str:
    """Keep a fragment that is the address of a page on a single-page site ("#/about", "#!about"); drop the others."""
    return _escaped(fragment) if fragment.startswith(("/", "!")) else ""


@cache
def _extractor() -> TLDExtract:
    import tldextract

    # The list of suffixes that comes with the library: no request, nothing written to disk.
    return tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None, include_psl_private_domains=True)


@lru_cache(maxsize=65536)
def registrable_domain(url: str) -> str:
    """Return the domain somebody registered ("example.co.uk"), empty for a bare number or an unknown suffix.

    Raises:
        RecordError: this is not a web address.
    """
    host = urlsplit(parse(url)).hostname or ""
    return "" if _is_address(host) else str(_extractor().extract_str(host).top_domain_under_public_suffix)


def is_shared(url: str) -> bool:
    """Tell whether an address is a page on a site that many bodies share (social networks, free hosting).

    Raises:
        RecordError: this is not a web address.
    """
    host = urlsplit(parse(url)).hostname or ""
    labels = host.split(".")
    return any(".".join(labels[start:]) in shared_hosts() for start in range(len(labels)))


def domain_key(url: str) -> str:
    """Return what an organisation can be known by: its registrable domain; empty where it only has a page on another's.

    Raises:
        RecordError: this is not a web address.
    """
    return "" if is_shared(url) else registrable_domain(url)


def display(url: str) -> str:
    """Return an address as people read it: without scheme and `www.`, escapes undone, the host in its own script."""
    import idna

    parts = urlsplit(url)
    host = parts.netloc.removeprefix("www.")
    with suppress(idna.IDNAError, UnicodeError):
        host = idna.decode(host) if "xn--" in host else host
    return host + unquote(parts.path) + (f"?{parts.query}" if parts.query else "")
