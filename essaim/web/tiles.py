"""The map's tiles: all organisations from the release's archive, filtered ones computed; and the counts by country."""

from __future__ import annotations

import gzip
import hashlib
from collections import Counter
from collections.abc import Callable
from functools import lru_cache, wraps
from pathlib import Path
from typing import Any

import numpy as np
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from numpy.typing import NDArray

from essaim.config import configuration
from essaim.formats.pmtiles_archive import ArchiveReader, compressed
from essaim.formats.tiles import tile
from essaim.pages.served import served_release
from essaim.release import Release, layout, open_release
from essaim.text import FACETS
from essaim.web.api.lines import codes
from essaim.web.search.asked import Asked, read_asked

MEDIA = "application/vnd.mapbox-vector-tile"
Key = tuple[str, str, str, tuple[tuple[str, tuple[str, ...]], ...]]
"""Release number, language of the words, words, filters: what decides a filtered view."""
View = Callable[..., HttpResponse]


def of_release(view: View) -> Callable[..., HttpResponseBase]:
    """Hand the served release to a view, and answer 304 by release and address before anything is computed."""

    @require_safe
    @wraps(view)
    def served(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        release = served_release()
        if release is None:
            return HttpResponse(status=204)
        asked = hashlib.sha256(f"{request.get_full_path()} {get_language()}".encode()).hexdigest()[:12]
        tag = f'"{release.number}-{asked}"'
        response = get_conditional_response(request, etag=tag) or view(request, release, **kwargs)
        response.headers["ETag"] = tag
        # The address is the same for every release: a copy is good for a minute, and then asked about by its tag.
        response.headers["Cache-Control"] = "public, max-age=60"
        return response

    return served


@of_release
def current(request: HttpRequest, release: Release, z: int, x: int, y: int) -> HttpResponse:
    """Answer with a tile of all organisations, as it lies in the archive."""
    archive = _archive(str(release.folder))
    content = archive.tile(z, x, y)
    return _tile(request, content if archive.is_compressed or not content else compressed(content))


@of_release
def filtered(request: HttpRequest, release: Release, z: int, x: int, y: int) -> HttpResponse:
    """Answer with a tile of the organisations that a search finds."""
    content = tile(release.points(), z, x, y, _chosen(_key(release, request)))
    response = _tile(request, compressed(content) if content else None)
    patch_vary_headers(response, ["Accept-Language"])
    return response


@of_release
def counts(request: HttpRequest, release: Release) -> HttpResponse:
    """Answer with counts by country for the same filters.

    `countries` counts what is known to its country only, which the map draws as circles; `all` counts every organisation of a
    country; `placed` has a point; `nowhere` names no country and has no point.
    """
    response = JsonResponse(_counts(_key(release, request)))
    patch_vary_headers(response, ["Accept-Language"])
    return response


def _tile(request: HttpRequest, packed: bytes | None) -> HttpResponse:
    if not packed or not (plain := gzip.decompress(packed)):
        return HttpResponse(status=204)
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        response = HttpResponse(packed, content_type=MEDIA)
        response.headers["Content-Encoding"] = "gzip"
    else:
        response = HttpResponse(plain, content_type=MEDIA)
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


def _key(release: Release, request: HttpRequest) -> Key:
    # On the map there are organisations only: a filter of kind says nothing there.
    asked = read_asked(request.GET)
    filters = tuple((name, asked.filters[name]) for name in FACETS if name != "kind" and name in asked.filters)
    return release.number, get_language() or "en", asked.words, filters


def _release(number: str) -> Release:
    served = served_release()
    return served if served and served.number == number else open_release(configuration().releases, number)


@lru_cache(maxsize=256)
def _found(key: Key) -> tuple[str, ...]:
    """Return the ids of the organisations that a search finds."""
    number, _language, words, filters = key
    question = Asked(words, dict(filters)).only("organisation")
    return tuple(_release(number).index().ids(question.query(1)))


@lru_cache(maxsize=256)
def _chosen(key: Key) -> NDArray[np.bool_]:
    return _release(key[0]).points().among(_found(key))


@lru_cache(maxsize=256)
def _counts(key: Key) -> dict[str, Any]:
    countries, ids = _countries(key[0]), _found(key)
    placed = set(_release(key[0]).points().ids)
    everywhere = Counter(code for id in ids for code in countries.get(id, ()))
    loose = [id for id in ids if id not in placed]
    known_to_country = Counter(code for id in loose for code in countries.get(id, ()))
    return {
        "countries": dict(sorted(known_to_country.items())),
        "all": dict(sorted(everywhere.items())),
        "total": len(ids),
        "placed": sum(1 for id in ids if id in placed),
        "nowhere": sum(1 for id in loose if not countries.get(id)),
        "release": key[0],
    }


@lru_cache(maxsize=2)
def _countries(number: str) -> dict[str, list[str]]:
    """Return the countries of every organisation of a release; one pass over its documents, kept."""
    return {document["id"]: codes(document, "country") for document in _release(number).every("organisation")}


@lru_cache(maxsize=2)
def _archive(folder: str) -> ArchiveReader:
    return ArchiveReader(Path(folder) / layout.TILES)
