"""The networks above an organisation and the members below it, each link with dates, role, doubt and source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from essaim.pages.released.notes import note_html
from essaim.pages.released.sources import Evidence, evidence
from essaim.pages.released.values import join, site_address
from essaim.pages.released.words import code_label, period, seen
from essaim.pages.wording import certainty

if TYPE_CHECKING:
    from essaim.release import Release

Document = Mapping[str, Any]
MEMBERS_PER_PAGE = 50
HIGHEST = 4


@dataclass(frozen=True)
class Organisation:
    """An organisation as a link: titles by language and site address."""

    id: str
    titles: Mapping[str, str]
    address: str


@dataclass(frozen=True)
class Link:
    """One membership.

    Attributes:
        role: in the reader's words.
        when: since, until, or when it was seen.
        certainty: sourced or unverified.
        note: the source's caution, ready to stand on the page.
        sources: numbers in the page's list.
        evidence: pages that show it, where the page does not number its source.
    """

    role: str
    when: str
    certainty: str
    note: str
    sources: tuple[int, ...] = ()
    evidence: tuple[Evidence, ...] = ()

    @property
    def qualified(self) -> str:
        """What qualifies the link, in one line."""
        doubt = certainty(self.certainty) if self.certainty != "sourced" else ""
        return join([part for part in (doubt, self.when, self.note) if part])


@dataclass(frozen=True)
class Tie:
    """Another organisation with every link to it, and for networks those reached through it."""

    organisation: Organisation
    links: tuple[Link, ...]
    beyond: tuple[Organisation, ...] = ()
    countries: tuple[str, ...] = ()


def organisation_link(other: Mapping[str, Any]) -> Organisation:
    """Return what a document or a membership says of another organisation, as a link."""
    return Organisation(other["id"], other["titles"], site_address(f"/organisations/{other['id']}-{other['slug']}"))


def networks_above(document: Document, release: Release) -> list[Tie]:
    """Return the networks an organisation is in, with the networks these are in."""
    told = [membership for membership in document["memberships"] if membership["direction"] == "in"]
    above = _Above(release)
    return [Tie(organisation_link(other), links, above.beyond(other["id"], document["id"])) for other, links in _grouped(told)]


def members_below(document: Document, release: Release, page: int) -> tuple[list[Tie], int]:
    """Return one page of members, each with its countries, and how many memberships there are."""
    told, total = release.members(document["id"], (page - 1) * MEMBERS_PER_PAGE, MEMBERS_PER_PAGE)
    pages = {one["id"]: one for one in release.pages("organisation", [member["other"]["id"] for member in told])}
    return [
        Tie(organisation_link(other), links, (), countries_of(pages.get(other["id"]))) for other, links in _grouped(told)
    ], total


def countries_of(document: Document | None) -> tuple[str, ...]:
    """Return the countries that sources name for an organisation."""
    values = document["values"].get("country", ()) if document else ()
    return tuple(dict.fromkeys(value["value"] for value in values))


def _grouped(told: Sequence[Mapping[str, Any]]) -> Iterable[tuple[Mapping[str, Any], tuple[Link, ...]]]:
    for _, group in groupby(told, key=lambda membership: str(membership["other"]["id"])):
        links = list(group)
        yield links[0]["other"], tuple(_link(membership) for membership in links)


def _link(told: Mapping[str, Any]) -> Link:
    when = period(told["since"], told["until"])
    if not when and told["seen"]:
        when = seen(told["seen"])
    pages = () if told["sources"] else tuple(evidence(page) for page in told["source"]["evidence"])
    return Link(
        code_label("roles", told["role"]), when, told["certainty"], note_html(told["note"]), tuple(told["sources"]), pages
    )


class _Above:
    """Looks up what is above networks, level by level, each document once."""

    def __init__(self, release: Release) -> None:
        self._release = release
        self._known: dict[str, Document] = {}

    def beyond(self, network_id: str, start: str) -> tuple[Organisation, ...]:
        """Return the networks above a network, nearest first, without the one we came from; cycles end the climb."""
        seen, level, found = {network_id, start}, [network_id], []
        for _ in range(HIGHEST):
            others = [
                told["other"] for id in level for told in self._document(id).get("memberships", ()) if told["direction"] == "in"
            ]
            fresh = {other["id"]: other for other in others if other["id"] not in seen}
            if not fresh:
                break
            seen |= fresh.keys()
            found += [organisation_link(other) for other in fresh.values()]
            level = list(fresh)
        return tuple(found)

    def _document(self, id: str) -> Document:
        if id not in self._known:
            self._known[id] = self._release.page("organisation", id) or {}
        return self._known[id]
