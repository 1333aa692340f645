"""Parts of lists, and the release that a walk through one reads from, from its first part to its last."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse

from essaim.config import configuration
from essaim.errors import ReleaseError
from essaim.pages.served import served_release
from essaim.release import Release, is_number, open_release
from essaim.web.api.problems import Problem
from essaim.web.api.shapes import Paging


def release_of(number: str = "") -> Release:
    """Return the release asked for, or the served one.

    Raises:
        Problem: none was built yet, there is none of that number, or it is gone.
    """
    served = served_release()
    if served is None:
        raise Problem(503, "No release has been built on this installation yet. Whoever runs it can build one: essaim build")
    if not number or number == served.number:
        return served
    if not is_number(number):
        raise Problem(422, f"release: {number!r} is no release number. They look like {served.number}.")
    try:
        found = _opened(configuration().releases, number)
    except ReleaseError:
        raise Problem(
            410, f"Release {number} is not kept here. Start again without `release`; the served one is {served.number}."
        ) from None
    if not found.is_sealed:
        raise Problem(410, f"Release {number} was never served.")
    return found


@lru_cache(maxsize=4)
def _opened(folder: Path, number: str) -> Release:
    return open_release(folder, number)


def part(
    request: HttpRequest, items: Sequence[Any], total: int, paging: Paging, release: Release | None, **more: Any
) -> HttpResponse:
    """Answer with a part of a list and the address of the next part."""
    end = paging.offset + len(items)
    following = next_address(request, end, paging.limit, release) if items and end < total else None
    return data({"items": list(items), "next": following, "total": total, **more})


def next_address(request: HttpRequest, offset: int, limit: int, release: Release | None) -> str:
    """Return the full address of the part that begins at an offset; it names the release, so that the walk stays in it."""
    query = request.GET.copy()
    query["offset"], query["limit"] = str(offset), str(limit)
    if release is not None:
        query["release"] = release.number
    return f"{configuration().base_url}{request.path}?{query.urlencode()}"


def data(content: Mapping[str, Any]) -> HttpResponse:
    """Answer with JSON in UTF-8."""
    return HttpResponse(json.dumps(content, ensure_ascii=False), content_type="application/json")
