"""What a release changed against the one before, as lines that lead to the things themselves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext, gettext_lazy

from essaim.pages.released.values import site_address
from essaim.web.search.labels import kind_label, room_of

if TYPE_CHECKING:
    from essaim.pages.registry import Words

EVENTS: dict[str, Words] = {
    "new": gettext_lazy("New"),
    "changed": gettext_lazy("Changed"),
    "merged": gettext_lazy("Merged"),
    "split": gettext_lazy("Split"),
    "gone": gettext_lazy("Gone"),
}
PATHS = {"organisation": "organisations", "work": "works"}


def counted(diff: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return each event with its label and how many things it met, in the order of a reader's interest."""
    return [{"event": event, "label": label, "count": diff["counts"].get(event, 0)} for event, label in EVENTS.items()]


def lines(diff: Mapping[str, Any], event: str, offset: int, limit: int) -> list[dict[str, str]]:
    """Return some of the things that an event met, as the component `hit` shows them."""
    return [_line(event, item) for item in diff[event][offset : offset + limit]]


def _line(event: str, item: Mapping[str, str]) -> dict[str, Any]:
    return {
        "title": item["title"] or item["id"],
        "address": thing_address(item["kind"], item["id"]),
        "kind_label": kind_label(item["kind"]),
        "room": room_of(item["kind"]),
        "facts": [],
        "why_text": _told(event, item),
    }


def _told(event: str, item: Mapping[str, str]) -> str:
    if event == "merged":
        return gettext("its address now leads to {id}").format(id=item["into"])
    if event == "split":
        return gettext("was a part of {id}").format(id=item["split_from"])
    return ""


def thing_address(kind: str, id: str) -> str:
    """Return the address of a thing of a release; a former one leads on to what it became."""
    return site_address(f"/{PATHS.get(kind, kind)}/{id}")
