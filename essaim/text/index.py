"""An open index: it answers queries with hits, exact totals and facet counts."""

from __future__ import annotations

import json
import mmap
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

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
        reading, has_words = self._read(query)
        if has_words and reading is None:
            return Results((), 0, {name: {} for name in query.facets})
        words = reading.query if reading else tantivy.Query.all_query()
        filters = self._reader.filters(query.filters)
        found = self._page(words, filters, query, is_ranked=reading is not None)
        corrected = reading is not None and reading.corrected
        return Results(
            hits=[self._hit(score, at, query, reading, corrected=corrected) for score, at in found.hits],
            total=int(found.count),  # type: ignore[attr-defined]
            facets=self._counts(words, filters, query.facets),
            corrected=corrected,
            partial=reading is not None and reading.partial,
        )

    def ids(self, query: Query) -> list[str]:
        """Return the ids of all that a query finds, best first; limit and offset are not regarded."""
        reading, has_words = self._read(query)
        if not len(self) or (has_words and reading is None):
            return []
        words = reading.query if reading else tantivy.Query.all_query()
        whole = Query(limit=len(self))
        found = self._page(words, self._reader.filters(query.filters), whole, is_ranked=reading is not None)
        ranks = self._searcher.fast_field_values(RANK, [at for _, at in found.hits])
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

    def _read(self, query: Query) -> tuple[Reading | None, bool]:
        """Return the strictest reading that finds anything in the whole index, and whether there were words at all."""
        has_words = False
        for reading in self._reader.readings(query.words, query.language, as_typed=query.as_typed):
            has_words = True
            if self._searcher.search(reading.query, 1, count=False).hits:
                return reading, True
        return None, has_words or bool(query.words.strip())

    def _page(
        self, words: tantivy.Query, filters: Mapping[str, tantivy.Query], query: Query, *, is_ranked: bool
    ) -> tantivy.SearchResult:
        offset = min(max(0, query.offset), len(self))
        limit = max(1, min(query.limit, len(self) - offset))
        asked = _filtered(words, filters.values())
        if is_ranked:
            found = self._searcher.search(asked, limit, offset=offset, weight_by_field=BOOST)
        else:
            found = self._searcher.search(asked, limit, offset=offset, order_by_field=RANK, order=Order.Asc)
        return found

    def _hit(self, score: float, at: tantivy.DocAddress, query: Query, reading: Reading | None, *, corrected: bool) -> Hit:
        shown = json.loads(self._searcher.doc(at)[SHOWN][0])
        wanted: Wanted | None = reading.wanted if reading else None
        return show(shown, float(score) if reading else 0.0, query.language, wanted, corrected=corrected)

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
