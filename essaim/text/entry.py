"""The shapes of search: what goes into an index, what is asked of it, and what it answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

FACETS = ("kind", "country", "entity_type", "sector", "network", "source", "language")


@dataclass(frozen=True)
class Entry:
    """One thing in an index.

    Attributes:
        kind: organisation, work, instrument, norm, meeting, institution, country...
        id: lasting id (release) or record id (database kinds).
        titles: language -> title as shown; "und" when the language is unknown.
        names: (language, other name) or (language, other name, kind of name: acronym, former_name, alias). Without the
            third part a short word in capitals counts as an acronym.
        bodies: (language, text): abstract, own-word summary, priorities.
        facets: name of a facet (`FACETS`) -> codes; `kind` is added when it is not given.
        address: path on the site without the language, "/organisations/o...-ripess".
        longitude: degrees WGS 84.
        latitude: degrees WGS 84.
        weight: how well known the thing is; 1 is usual, more ranks higher.
    """

    kind: str
    id: str
    titles: Mapping[str, str]
    names: Sequence[tuple[str, ...]]
    bodies: Sequence[tuple[str, str]]
    facets: Mapping[str, Sequence[str]]
    address: str
    longitude: float | None = None
    latitude: float | None = None
    weight: float = 1.0


@dataclass(frozen=True)
class Query:
    """One question.

    Attributes:
        words: as a person typed them. "Quotes" make a phrase, a final * any ending; else every word must be found.
        language: of the person: titles and snippets are shown in it where they exist.
        filters: facet -> codes; any code of one facet, in every facet named. An empty list filters nothing.
        limit: hits wanted.
        offset: hits passed over.
        facets: those to be counted.
        as_typed: True while a person still types: the last word may also be the beginning of a longer one.
    """

    words: str = ""
    language: str = "en"
    filters: Mapping[str, Sequence[str]] = field(default_factory=dict)
    limit: int = 20
    offset: int = 0
    facets: Sequence[str] = FACETS
    as_typed: bool = False


@dataclass(frozen=True)
class Hit:
    """One thing found.

    Attributes:
        kind: of the thing.
        id: of the thing.
        title: in the person's language where it exists.
        title_language: of the title shown; "und" when unknown.
        address: path on the site without the language.
        score: comparable within one answer only.
        snippet: plain text, the piece of the body (or the other name) that was met; empty when there is no text.
        spans: (start, end) of the words met in the snippet, code points.
        why: name, acronym, former_name, body, typo: where the words were met.
        facets: facet -> codes.
    """

    kind: str
    id: str
    title: str
    title_language: str
    address: str
    score: float
    snippet: str = ""
    spans: Sequence[tuple[int, int]] = ()
    why: Sequence[str] = ()
    facets: Mapping[str, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Results:
    """An answer.

    Attributes:
        hits: the page asked for, best first.
        total: how many things were found in all, exact.
        facets: facet -> code -> count over all things found; a facet's own filter is left out of its counts.
        corrected: True when nothing had the words as typed, and words one or two signs away were taken.
        partial: True when nothing had all the words, and things with some of them are shown.
    """

    hits: Sequence[Hit]
    total: int
    facets: Mapping[str, Mapping[str, int]]
    corrected: bool = False
    partial: bool = False
