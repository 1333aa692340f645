"""An open index: it answers queries with hits, exact totals and facet counts."""

from __future__ import annotations

import json
import mmap
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import tantivy
from tantivy import Occur, Order

from essaim.errors import ReleaseError
from essaim.text.build import ABOUT, FORMAT, FORMS, IDS
from essaim.text.entry import FACETS, Hit, Query, Results
from essaim.text.query import Reader, Reading
from essaim.text.schema import BOOST, RANK, SHOWN, facet_field
from essaim.text.show import show
from essaim.text.wanted import Wanted

_MOST_CODES = 60_000
"""Codes counted of one facet, under the engine's limit of buckets."""


class _Found(NamedTuple):
    """What a query found: the reading taken (None = there were no words), how many things, (score, place) of the page."""

    reading: Reading | None
    total: int
    hits: list[tuple[Any, tantivy.DocAddress]]


class Index:
    """An index opened for reading; any number of threads may ask it."""

    def __init__(self, folder: Path, index: tantivy.Index, about: Mapping[str, Any]) -> None:
        self._id_bytes, self._form_bytes = _mapped(folder / IDS), _mapped(folder / FORMS)
        self._searcher = index.searcher()
        self._schema = index.schema
        self._about = about

    @staticmethod
    def open(folder: Path) -> Index:
        """Open the index of a folder; cheap: files are mapped, word lists read at the first query.

        Raises:
            ReleaseError: there is no index, or one of another format.
        """
        next_step = "Run `essaim build` for a release's index, `essaim reindex` for the site's"
        try:
            about = json.loads((folder / ABOUT).read_bytes())
            if about["format"] != FORMAT:
                raise ReleaseError(
                    "the search index has another format", str(folder), str(about["format"]), str(FORMAT), next_step
                )
            return Index(folder, tantivy.Index.open(str(folder)), about)
        except (OSError, ValueError, KeyError) as error:
            raise ReleaseError("there is no search index", str(folder), str(error), next_step=next_step) from error

    def __len__(self) -> int:
        """Return how many entries the index has."""
        return int(self._about["count"])

    def search(self, query: Query) -> Results:
        """Answer a query; no text makes it fail, no words ask for everything, by weight and then by title.

        The reading of the words is chosen on the whole index, filters apart: choosing a filter never changes what the
        words mean.
        """
        filters = self._reader.filters(query.filters)
        found = self._find(query, filters, query.limit, query.offset)
        if found is None:
            return Results((), 0, {name: {} for name in query.facets})
        reading, total, hits = found
        wanted = reading.wanted if reading else None
        corrected = reading is not None and reading.corrected
        return Results(
            hits=[self._hit(score, at, query.language, wanted, corrected=corrected) for score, at in hits],
            total=total,
            facets=self._counts(reading.query if reading else tantivy.Query.all_query(), filters, query.facets),
            corrected=corrected,
            partial=reading is not None and reading.partial,
        )

    def ids(self, query: Query) -> list[str]:
        """Return the ids of all that a query finds, best first; limit and offset are not regarded."""
        found = self._find(query, self._reader.filters(query.filters), len(self), 0)
        ranks = self._searcher.fast_field_values(RANK, [at for _, at in found.hits] if found else [])
        return [self._ids[int(rank)] for rank in ranks if rank is not None]

    def suggest(self, words: str, language: str, limit: int) -> list[Hit]:
        """Return the best hits while a person types: the last word may be the beginning of a longer one."""
        if not words.strip():
            return []
        return list(self.search(Query(words, language, limit=limit, facets=(), as_typed=True)).hits)

    @cached_property
    def _ids(self) -> list[str]:
        ids: list[str] = json.loads(self._id_bytes[:])
        return ids

    @cached_property
    def _reader(self) -> Reader:
        forms = json.loads(self._form_bytes[:])
        return Reader(self._searcher, self._schema, self._about["languages"], forms)

    def _find(self, query: Query, filters: Mapping[str, tantivy.Query], limit: int, offset: int) -> _Found | None:
        """Take the strictest reading that finds anything in the whole index; None when there are words and none does."""
        has_words = bool(query.words.strip())
        if not has_words:
            return _Found(None, *self._page(None, filters, limit, offset))
        for reading in self._reader.readings(query.words, query.language, as_typed=query.as_typed):
            if filters and not self._searcher.search(reading.query, 1, count=False).hits:
                continue
            found = _Found(reading, *self._page(reading, filters, limit, offset))
            if found.total or filters:
                return found
        return None

    def _page(
        self, reading: Reading | None, filters: Mapping[str, tantivy.Query], limit: int, offset: int
    ) -> tuple[int, list[tuple[Any, tantivy.DocAddress]]]:
        """Return how many things are found, and (score, place) of those of one page."""
        start = min(max(0, offset), len(self))
        size = max(1, min(limit, len(self) - start))
        asked = _filtered(reading.query if reading else tantivy.Query.all_query(), filters.values())
        if reading:
            found = self._searcher.search(asked, size, offset=start, weight_by_field=BOOST)
        else:
            found = self._searcher.search(asked, size, offset=start, order_by_field=RANK, order=Order.Asc)
        return int(found.count), found.hits if limit > 0 else []  # type: ignore[attr-defined]

    def _hit(self, score: float, at: tantivy.DocAddress, language: str, wanted: Wanted | None, *, corrected: bool) -> Hit:
        shown = json.loads(self._searcher.doc(at)[SHOWN][0])
        return show(shown, float(score) if wanted else 0.0, language, wanted, corrected=corrected)

    def _counts(
        self, words: tantivy.Query, filters: Mapping[str, tantivy.Query], facets: Sequence[str]
    ) -> dict[str, dict[str, int]]:
        """Count the codes of facets, each without its own filter; those without a filter in one pass."""
        counts: dict[str, dict[str, int]] = {name: {} for name in facets}
        free = [name for name in facets if name in FACETS and name not in filters]
        for names in [free, *([name] for name in facets if name in filters and name in FACETS)]:
            others = [condition for name, condition in filters.items() if name not in names]
            counts.update(self._count(_filtered(words, others), names))
        return counts

    def _count(self, asked: tantivy.Query, names: Sequence[str]) -> Iterator[tuple[str, dict[str, int]]]:
        if not names:
            return
        wish = {name: {"terms": {"field": facet_field(name), "size": _MOST_CODES}} for name in names}
        for name, answer in self._searcher.aggregate(asked, wish).items():
            found = {bucket["key"]: int(bucket["doc_count"]) for bucket in answer["buckets"]}
            yield name, dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))


def _mapped(path: Path) -> mmap.mmap:
    """Map a file, so that its bytes stay ours when another index takes the folder."""
    with path.open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


def _filtered(words: tantivy.Query, filters: Any) -> tantivy.Query:
    clauses = [(Occur.Must, query) for query in (words, *filters)]
    return tantivy.Query.boolean_query(clauses) if len(clauses) > 1 else words
