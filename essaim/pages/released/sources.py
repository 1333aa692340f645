"""The numbered sources of a page, and how the page is cited."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from django.utils.translation import gettext

from essaim.config import configuration
from essaim.pages.released.values import choose_title, site_address
from essaim.pages.wording import choose, precise_date
from essaim.reference import is_readers_link

if TYPE_CHECKING:
    from essaim.release import Release

MORE_EVIDENCE = 3


@dataclass(frozen=True)
class Evidence:
    """A page on which the source saw it; one that is not shown is told, not linked."""

    url: str
    label: str
    is_shown: bool


@dataclass(frozen=True)
class Source:
    """One numbered source of a page.

    Attributes:
        number: what the raised numbers of values point to.
        title: of the source.
        address: its page on this site; empty before the release that first has it.
        record_id: the record in it.
        position: where the record stands in what was gathered.
        licence: identifier of the licence.
        licence_address: where the licence stands, if known.
        gathered: the day the bytes were gathered, ISO 8601.
        evidence: pages on which the source saw it.
    """

    number: int
    title: str
    address: str
    record_id: str
    position: str
    licence: str
    licence_address: str
    gathered: str
    evidence: tuple[Evidence, ...]

    @property
    def first_evidence(self) -> tuple[Evidence, ...]:
        """The pages shown at once."""
        return self.evidence[:MORE_EVIDENCE]

    @property
    def more_evidence(self) -> tuple[Evidence, ...]:
        """The pages behind a switch."""
        return self.evidence[MORE_EVIDENCE:]


def numbered(document: Mapping[str, Any], release: Release) -> list[Source]:
    """Return the sources of a page document, in the order of their numbers."""
    licences = {source["id"]: source["licence"].get("url", "") for source in release.sources()}
    return [
        _source(source, licences.get(source["source_id"], ""), source["source_id"] in licences) for source in document["sources"]
    ]


def _source(source: Mapping[str, Any], licence_address: str, is_published: bool) -> Source:
    return Source(
        number=source["number"],
        title=choose_title(source["source_title"]),
        address=site_address(f"/sources/{source['source_id']}") if is_published else "",
        record_id=source["record_id"],
        position=source["position"],
        licence=source["licence"],
        licence_address=licence_address,
        gathered=source["gathered"],
        evidence=tuple(evidence(seen) for seen in source["evidence"]),
    )


def evidence(seen: Mapping[str, Any]) -> Evidence:
    """Return a page of evidence with a short name: its host, and the file or last part of its path."""
    url = seen["url"]
    parts = urlsplit(url)
    steps = [step for step in parts.path.split("/") if step]
    host = parts.netloc.removeprefix("www.")
    tail = shorten(unquote(steps[-1])) if steps else ""
    label = "/".join([host, *(["…"] if len(steps) > 1 else []), *([tail] if tail else [])])
    return Evidence(url, label or url, bool(seen["is_shown"]) and is_readers_link(url))


def shorten(text: str, most: int = 26) -> str:
    """Cut a text to a length, with a sign where it was cut."""
    return text if len(text) <= most else text[: most - 1].rstrip("-_ ") + "…"


def machine_address(kind: str, id: str) -> str:
    """Return the lasting address of a thing, which answers people and machines alike."""
    return f"{configuration().base_url}/id/{kind}/{id}"


def citation(document: Mapping[str, Any], release: Release) -> str:
    """Return how the page is cited: title, where, which release and day, lasting address, licence."""
    return gettext("“{title}”, in Essaim, release {number}, {date}. {address} (facts under {licence})").format(
        title=choose(document["titles"])[1],
        number=release.number,
        date=precise_date(release.number[:10]),
        address=machine_address(document["kind"], document["id"]),
        licence="CC BY 4.0",
    )
