"""The API put together: its operations, its errors, its schema, its addresses."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path, re_path
from ninja import NinjaAPI

from essaim import __version__
from essaim.config import configuration
from essaim.pages.frame import LICENCE, LICENCE_ADDRESS
from essaim.web.api import from_release, from_site, problems
from essaim.web.api.open import opened, unknown

DESCRIPTION = (
    "Everything public on this installation of Essaim, for programs. Reading only, no key. Lists answer `{items, next, total}`; "
    "follow `next` to the end. Errors are problem details (RFC 9457). Every answer has an ETag. Values carry their sources and "
    "how sure they are; what is not known is left out, and that is not a no."
)

api = NinjaAPI(
    title="Essaim",
    version=__version__,
    description=DESCRIPTION,
    docs_url=None,
    urls_namespace="api",
    servers=[{"url": configuration().base_url}],
    openapi_extra={"info": {"license": {"name": LICENCE, "url": LICENCE_ADDRESS}}},
)
api.add_router("", from_release.router)
api.add_router("", from_site.router)
problems.teach(api)


def addresses() -> list[URLPattern | URLResolver]:
    """Return the addresses of the API, each open to all and answering 304 where it may."""
    patterns, app_name, namespace = api.urls
    for pattern in patterns:
        if pattern.callback is not None:
            pattern.callback = opened(pattern.callback)
    return [path("api/v1/", (patterns, app_name, namespace)), re_path(r"^api/v1/.*$", opened(unknown))]
