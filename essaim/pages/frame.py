"""What stands around every page: languages, canonical address, rooms, the served release."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, pgettext_lazy

from essaim.config import configuration
from essaim.pages.served import served_release

LICENCE = "CC BY 4.0"
LICENCE_ADDRESS = "https://creativecommons.org/licenses/by/4.0/"
ROOMS = (
    ("recognition", pgettext_lazy("a room", "Recognition"), "organisations/"),
    ("knowledge", pgettext_lazy("a room", "Knowledge"), "works/"),
    ("policy", pgettext_lazy("a room", "Policy"), "instruments/"),
    ("coordination", pgettext_lazy("a room", "Coordination"), "meetings/"),
    ("countries", pgettext_lazy("a room", "Countries"), "countries/"),
)


@dataclass(frozen=True)
class Tongue:
    """One language of the interface, as the switch and the alternates show it.

    Attributes:
        code: BCP 47 code.
        name: the language's name in itself.
        address: path and query of this same page in that language.
        canonical: full address of this same page in that language, without the query.
        is_current: True for the language of the page.
    """

    code: str
    name: str
    address: str
    canonical: str
    is_current: bool


@dataclass(frozen=True)
class Room:
    """One door of the main navigation."""

    name: str
    label: str
    address: str
    is_current: bool


def tongues(request: HttpRequest) -> list[Tongue]:
    """Return every language of the interface with this page's address in it."""
    present = get_language() or settings.LANGUAGE_CODE
    rest = path_without_language(request.path)
    query = request.META.get("QUERY_STRING", "")
    base = configuration().base_url
    return [
        Tongue(code, name, f"/{code}{rest}" + (f"?{query}" if query else ""), f"{base}/{code}{rest}", code == present)
        for code, name in settings.LANGUAGES
    ]


def path_without_language(path: str) -> str:
    """Return a path without the language in front: `/fr/map/` gives `/map/`, `/health` stays."""
    first, _, rest = path.lstrip("/").partition("/")
    return f"/{rest}" if first in dict(settings.LANGUAGES) else path


def rooms(request: HttpRequest) -> list[Room]:
    """Return the rooms of the navigation; the present one is told by its address."""
    language = get_language() or settings.LANGUAGE_CODE
    path = request.path
    return [Room(name, str(label), f"/{language}/{rest}", path.startswith(f"/{language}/{rest}")) for name, label, rest in ROOMS]


def release_line() -> dict[str, Any] | None:
    """Return number and source count of the served release for the foot of the page; None before the first build."""
    release = served_release()
    if release is None:
        return None
    return {"number": release.number, "sources": len(release.manifest.get("sources", ()))}


def frame(request: HttpRequest) -> dict[str, Any]:
    """Give every template the frame (a Django context processor); costs nothing where it is not used."""
    return {
        "tongues": SimpleLazyObject(lambda: tongues(request)),
        "rooms": SimpleLazyObject(lambda: rooms(request)),
        "served": SimpleLazyObject(release_line),
        "canonical": configuration().base_url + request.path,
        "licence": {"name": LICENCE, "address": LICENCE_ADDRESS},
    }
