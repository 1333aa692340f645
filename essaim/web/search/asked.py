"""What a person asks of the search: words, filters and a page, read from an address and written back into one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.http import QueryDict
from django.utils.translation import get_language

from essaim.text import FACETS, Query

PER_PAGE = 20
MOST_SIGNS = 500
MOST_CODES = 50
"""Codes of one filter that are regarded; an address with more was not written by a person."""


@dataclass(frozen=True)
class Asked:
    """One question, as an address holds it.

    Attributes:
        words: as typed.
        filters: facet -> codes, without empty ones.
        page: from 1.
    """

    words: str = ""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    page: int = 1

    @property
    def is_empty(self) -> bool:
        """True when nothing is asked: neither words nor filters."""
        return not self.words and not self.filters

    def query(self, limit: int, offset: int = 0, facets: tuple[str, ...] = FACETS) -> Query:
        """Return the question as an index takes it, in the reader's language."""
        return Query(self.words, get_language() or "en", self.filters, limit, offset, facets)

    def only(self, kind: str) -> Asked:
        """Return the same question about one kind."""
        return Asked(self.words, {**self.filters, "kind": (kind,)}, self.page)

    def without(self, name: str, code: str) -> Asked:
        """Return the question with one filter less, from its first page."""
        left = {facet: tuple(one for one in codes if (facet, one) != (name, code)) for facet, codes in self.filters.items()}
        return Asked(self.words, {facet: codes for facet, codes in left.items() if codes})

    def address(self) -> str:
        """Return the query string, with its question mark; `?` alone for the empty question, so that it may be a link."""
        written = QueryDict(mutable=True)
        if self.words:
            written["q"] = self.words
        for name in FACETS:
            if codes := self.filters.get(name):
                written.setlist(name, list(codes))
        if self.page > 1:
            written["page"] = str(self.page)
        return f"?{written.urlencode()}"


def read_asked(given: QueryDict) -> Asked:
    """Read a question from the query of an address; what cannot be read is passed over, never an error."""
    filters = {}
    for name in FACETS:
        codes = tuple(dict.fromkeys(code for code in given.getlist(name) if code.strip()))[:MOST_CODES]
        if codes:
            filters[name] = codes
    return Asked(given.get("q", "").strip()[:MOST_SIGNS], filters, read_page(given))


def read_page(given: QueryDict) -> int:
    """Read the number of a page; 1 for anything that is no number of a page."""
    text = given.get("page", "")
    return max(1, int(text)) if text.isascii() and text.isdecimal() and len(text) < 8 else 1
