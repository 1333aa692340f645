"""What the codes of the filters are called in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext, gettext_lazy, pgettext_lazy

from essaim.pages.registry import kinds
from essaim.pages.released.values import choose_title
from essaim.pages.released.words import code_label
from essaim.pages.served import served_release
from essaim.pages.wording import choose, country_name, language_name

if TYPE_CHECKING:
    from essaim.pages.registry import Words

FACET_LABELS: dict[str, Words] = {
    "kind": pgettext_lazy("of thing", "Kind"),
    "country": gettext_lazy("Country"),
    "entity_type": gettext_lazy("Entity type"),
    "sector": gettext_lazy("Sector"),
    "network": gettext_lazy("Network"),
    "source": gettext_lazy("Source"),
    "language": gettext_lazy("Language"),
}
RELEASED_KINDS: dict[str, tuple[Words, str]] = {
    "organisation": (gettext_lazy("Organisation"), "recognition"),
    "work": (gettext_lazy("Work"), "knowledge"),
}
PACKAGED_SOURCES: dict[str, Words] = {
    "norms": gettext_lazy("International texts"),
    "laws": gettext_lazy("Laws and policies"),
    "meetings": gettext_lazy("Meetings"),
    "countries": gettext_lazy("Country facts"),
    "members": gettext_lazy("Members and observers"),
}
"""The packaged facts that the database holds; see `pages.registry.facts_folders`."""
ROOMS = {"accounts": "coordination"}
"""Rooms without a colour of their own, and whose they wear."""

Labels = Mapping[str, str]


def kind_label(name: str) -> str:
    """Return what one thing of a kind is called."""
    labels = {kind.name: kind.label for kind in kinds()} | {kind: label for kind, (label, _room) in RELEASED_KINDS.items()}
    return str(labels.get(name, name))


def room_of(name: str) -> str:
    """Return the room of a kind, for its colour; empty for an unknown one."""
    rooms = {kind.name: ROOMS.get(kind.room, kind.room) for kind in kinds()} | {
        kind: room for kind, (_label, room) in RELEASED_KINDS.items()
    }
    return rooms.get(name, "")


def labels(facet: str, codes: Iterable[str]) -> Labels:
    """Return code -> label of some codes of a facet; a code that nobody knows is called as it stands."""
    return _LABELS.get(facet, _one_by_one(str))(codes)


def _one_by_one(say: Callable[[str], str]) -> Callable[[Iterable[str]], Labels]:
    return lambda codes: {code: say(code) for code in codes}


def _language(code: str) -> str:
    name = language_name(code) if code not in ("", "und") else gettext("language not known")
    return name[:1].upper() + name[1:]


def _networks(codes: Iterable[str]) -> Labels:
    wanted = list(codes)
    release = served_release()
    found = (
        {page["id"]: choose(page["titles"])[1] for page in release.pages("organisation", wanted)} if release and wanted else {}
    )
    return {code: found.get(code, code) for code in wanted}


def _sources(codes: Iterable[str]) -> Labels:
    release = served_release()
    titles = {source["id"]: choose_title(source["title"]) for source in release.sources()} if release else {}
    packaged = {id: str(label) for id, label in PACKAGED_SOURCES.items()}
    return {code: titles.get(code) or packaged.get(code, code) for code in codes}


_LABELS: dict[str, Callable[[Iterable[str]], Labels]] = {
    "kind": _one_by_one(kind_label),
    "country": _one_by_one(country_name),
    "entity_type": _one_by_one(lambda code: code_label("entity_types", code)),
    "sector": _one_by_one(lambda code: code_label("sectors", code)),
    "network": _networks,
    "source": _sources,
    "language": _one_by_one(_language),
}
