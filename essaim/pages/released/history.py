"""What happened to a thing from release to release, as the timeline shows it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext

from essaim.pages.released.values import site_address
from essaim.pages.released.words import EVENTS


def events(document: Mapping[str, Any]) -> list[dict[str, str]]:
    """Return the events of a document, newest first, with the page of each release."""
    return [_event(told) for told in document["history"]]


def _event(told: Mapping[str, Any]) -> dict[str, str]:
    details = told["details"]
    former = details.get("from") or details.get("split_from") or ""
    return {
        "date": told["release"][:10],
        "title": str(EVENTS.get(told["event"], told["event"])),
        "address": site_address(f"/releases/{told['release']}"),
        "text": gettext("release {number}").format(number=told["release"])
        + (f" · {details.get('title', '')} ({former})" if former else ""),
    }
