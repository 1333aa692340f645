"""What search engines are told: which addresses there are, in which languages, and which are not for them."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.views.decorators.http import require_safe

from essaim.config import configuration
from essaim.pages.assets import source_address
from essaim.pages.registry import kinds
from essaim.pages.served import served_release
from essaim.web.changes import PATHS

PER_FILE = 10_000
"""Addresses in one file; with three languages each a file stays far under the 50 000 and 50 MB that crawlers take."""
FIXED = (
    "/",
    "/search/",
    "/map/",
    "/organisations/",
    "/works/",
    "/sources/",
    "/releases/",
    "/about-the-data/",
    "/api/",
    "/privacy/",
    "/accessibility/",
    "/attribution/",
)
XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
NAMESPACES = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"'


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Say what crawlers may ask for: pages yes, endless filtered views and machines' doors no."""
    closed = [
        f"/{code}/{path}"
        for code, _name in settings.LANGUAGES
        for path in ("search/?", "search/suggest", "map/list", "map/?", "styleguide/")
    ]
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in [*closed, "/tiles/", "/map/counts"]), ""]
    lines.append(f"Sitemap: {configuration().base_url}/sitemap.xml")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """List the files of addresses: the fixed pages with the database's things, then those of each kind of the release."""
    release = served_release()
    names = ["site"]
    for kind in PATHS if release else ():
        total = release.listing(kind, 0, 0)[1] if release else 0
        names += [f"{kind}-{part}" for part in range(1, -(-total // PER_FILE) + 1)]
    base = configuration().base_url
    body = "".join(f"<sitemap><loc>{escape(f'{base}/sitemap-{name}.xml')}</loc></sitemap>\n" for name in names)
    return _xml(f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{body}</sitemapindex>\n')


@require_safe
def sitemap_part(request: HttpRequest, name: str) -> HttpResponse:
    """List addresses, each in every language with the others beside it.

    Raises:
        Http404: there is no such part.
    """
    kind, _, part = name.partition("-")
    if name == "site":
        paths = [*FIXED, *site_paths()]
    elif kind in PATHS and part.isdecimal() and 0 < int(part) < 100_000:
        paths = list(released_paths(kind, int(part)))
    else:
        paths = []
    if not paths:
        raise Http404(f"no part {name}")
    return _xml(f"<urlset {NAMESPACES}>\n{''.join(map(_urls, paths))}</urlset>\n")


def site_paths() -> Iterator[str]:
    """Yield the path, without language, of every list and every thing of the database."""
    for kind in kinds():
        yield f"{kind.address('').rstrip('/')}/"
        for entry in kind.search_entries():
            yield entry.address


def released_paths(kind: str, part: int) -> Iterator[str]:
    """Yield the paths, without language, of one part of a kind of the release."""
    release = served_release()
    for page in release.listing(kind, (part - 1) * PER_FILE, PER_FILE)[0] if release else ():
        yield f"/{PATHS[kind]}/{page['id']}-{page['slug']}"


def _urls(path: str) -> str:
    base = configuration().base_url
    codes = [code for code, _name in settings.LANGUAGES]
    others = "".join(
        f'<xhtml:link rel="alternate" hreflang="{code}" href={quoteattr(f"{base}/{code}{path}")}/>' for code in codes
    )
    return "".join(f"<url><loc>{escape(f'{base}/{code}{path}')}</loc>{others}</url>\n" for code in codes)


def _xml(body: str) -> HttpResponse:
    return HttpResponse(XML + body, content_type="application/xml; charset=utf-8")


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Lead those who ask for a picture by its old name to the one there is."""
    return HttpResponsePermanentRedirect(source_address("images/swarm.svg"))
