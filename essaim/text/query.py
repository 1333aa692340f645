"""Reading a query against an index: what the words could mean, from the strictest reading to the loosest."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice, product
from typing import NamedTuple

import tantivy
from tantivy import Occur

from essaim.text.entry import FACETS
from essaim.text.lemmas import LANGUAGES, language_of_script, lemma
from essaim.text.schema import SURFACE, WHOLE, body_field, facet_field, title_field
from essaim.text.wanted import Unit, Wanted, units_of, weighty

_WHOLE_NAME = 30.0
"""Bonus when the query is exactly one of a thing's names: acronyms and old names come first when they are typed."""
_IN_A_NAME = 4.0
"""Boost of a word met in a name, above what the same word in a body reaches in all but freak collections."""
_IN_A_BODY = 0.3
_TIE = 0.1
_MOST_PHRASES = 4


@dataclass(frozen=True)
class Reading:
    """One way to take a query.

    Attributes:
        query: for the engine, filters apart.
        wanted: which words of a text answer it.
        corrected: True when typing mistakes are forgiven.
        partial: True when some of the words are enough.
    """

    query: tantivy.Query
    wanted: Wanted
    corrected: bool = False
    partial: bool = False


class _Mended(NamedTuple):
    """A query that finds words near one word."""

    query: tantivy.Query
    word: str
    distance: int


class Reader:
    """Reads queries against one open index.

    Args:
        searcher: of the index.
        schema: of the index.
        languages: those that the index has texts in, of `LANGUAGES`.
        forms: language -> folded word -> lemmas met when the index was built; it makes accents optional and spares
            a reader the dictionaries.
    """

    def __init__(
        self,
        searcher: tantivy.Searcher,
        schema: tantivy.Schema,
        languages: Sequence[str],
        forms: Mapping[str, Mapping[str, Sequence[str]]],
    ) -> None:
        self._searcher = searcher
        self._schema = schema
        self._languages = [language for language in languages if language in LANGUAGES]
        self._forms = forms

    def readings(self, words: str, language: str, *, as_typed: bool) -> Iterator[Reading]:
        """Yield the readings of a query, strictest first; none when there is no word in it.

        All words; an unknown last one as a beginning; the unknown ones with typing mistakes; some of the words; the same
        with mistakes.
        """
        everything = units_of(words, as_typed=as_typed)
        units = weighty(everything)
        if not units:
            return
        whole = " ".join(unit.surface for unit in everything)
        exact = [self._unit(unit, language) for unit in units]
        yield self._reading(units, exact, language, whole)
        last = replace(units[-1], is_prefix=True)
        if exact[-1] is None and len(last.words) == 1:
            yield self._reading([*units[:-1], last], [*exact[:-1], self._unit(last, language)], language, whole)
        near = [None if known else self._near(unit) for unit, known in zip(units, exact, strict=True)]
        mended = [one.query if one is not None else other for one, other in zip(near, exact, strict=True)]
        forgiven = tuple((one.word, one.distance) for one in near if one is not None)
        if forgiven:
            yield self._reading(units, mended, language, whole, forgiven)
        if len(units) > 1 and any(exact):
            yield self._reading(units, exact, language, whole, is_partial=True)
        if len(units) > 1 and forgiven:
            yield self._reading(units, mended, language, whole, forgiven, is_partial=True)

    def filters(self, chosen: Mapping[str, Sequence[str]]) -> dict[str, tantivy.Query]:
        """Return facet -> the condition that one of the chosen codes is there; a facet without codes sets none."""
        conditions = {}
        for name, codes in chosen.items():
            known = [code.encode("utf-8", "replace").decode("utf-8") for code in codes]
            if known and name in FACETS:
                query = tantivy.Query.term_set_query(self._schema, facet_field(name), known)
                conditions[name] = tantivy.Query.const_score_query(query, 0.0)
            elif known:
                conditions[name] = tantivy.Query.empty_query()
        return conditions

    def _reading(
        self,
        units: Sequence[Unit],
        queries: Sequence[tantivy.Query | None],
        language: str,
        whole: str,
        near: tuple[tuple[str, int], ...] = (),
        *,
        is_partial: bool = False,
    ) -> Reading:
        query = _any(queries) if is_partial else _all(queries)
        if self._searcher.doc_freq(WHOLE, whole):
            named = tantivy.Query.const_score_query(self._term(WHOLE, whole), _WHOLE_NAME)
            query = tantivy.Query.boolean_query([(Occur.Must, query), (Occur.Should, named)])
        return Reading(query, self._wanted(units, near, language), bool(near), is_partial)

    def _wanted(self, units: Sequence[Unit], near: tuple[tuple[str, int], ...], language: str) -> Wanted:
        words = [pair for unit in units for pair in unit.words]
        return Wanted(
            surfaces=frozenset(surface for surface, _ in words),
            lemmas={
                of: frozenset(one for surface, written in words for one in self._lemmas(surface, written, of, language))
                for of in self._languages
            },
            beginnings=tuple(unit.words[-1][0] for unit in units if unit.is_prefix),
            near=near,
            forms=self._forms,
        )

    def _lemmas(self, surface: str, written: str, of: str, language: str) -> list[str]:
        """Return the terms under which a word may stand in the fields of a language: itself and its lemmas."""
        found = {surface: None} | dict.fromkeys(self._forms.get(of, {}).get(surface, ()))
        if of in (language, language_of_script(surface)):
            found[lemma(written, of)] = None
        return list(found)

    def _unit(self, unit: Unit, language: str) -> tantivy.Query | None:
        """Return the query of one unit; None when the index has nothing of it."""
        make = self._word if len(unit.words) == 1 else self._phrase
        titles: list[tantivy.Query] = []
        bodies: list[tantivy.Query] = []
        for of in self._languages:
            lemmas = [self._lemmas(surface, written, of, language) for surface, written in unit.words]
            titles.extend(make(title_field(of), lemmas))
            bodies.extend(make(body_field(of), lemmas))
        titles.extend(make(SURFACE, [[surface] for surface, _ in unit.words]))
        if not unit.is_prefix:
            return _ranked(titles, bodies)
        exact = _ranked(titles, bodies)
        beginning = self._everywhere(unit, self._starts)
        if exact is not None:
            return tantivy.Query.boolean_query([(Occur.Should, exact), (Occur.Should, beginning)])
        return beginning if self._searcher.search(beginning, 1, count=False).hits else None

    def _near(self, unit: Unit) -> _Mended | None:
        """Return the query that forgives typing mistakes in one word, as few as find anything; None when none may be."""
        for distance in range(1, unit.distance + 1):
            make = partial(self._starts, distance=distance, is_prefix=unit.is_prefix)
            query = self._everywhere(unit, make)
            if self._searcher.search(query, 1, count=False).hits:
                return _Mended(query, unit.surface, distance)
        return None

    def _everywhere(self, unit: Unit, make: Callable[[str, str], tantivy.Query]) -> tantivy.Query:
        word = unit.words[-1][0]
        titles = tantivy.Query.const_score_query(make(SURFACE, word), _IN_A_NAME)
        bodies = [make(body_field(of), word) for of in self._languages]
        return tantivy.Query.boolean_query([(Occur.Should, query) for query in (titles, *bodies)])

    def _starts(self, field: str, word: str, distance: int = 0, *, is_prefix: bool = True) -> tantivy.Query:
        return tantivy.Query.fuzzy_term_query(self._schema, field, word, distance=distance, prefix=is_prefix)

    def _term(self, field: str, term: str) -> tantivy.Query:
        return tantivy.Query.term_query(self._schema, field, term, "freq")

    def _word(self, field: str, lemmas: Sequence[Sequence[str]]) -> Iterator[tantivy.Query]:
        for term in lemmas[0]:
            if self._searcher.doc_freq(field, term):
                yield self._term(field, term)

    def _phrase(self, field: str, lemmas: Sequence[Sequence[str]]) -> Iterator[tantivy.Query]:
        for terms in islice(product(*(reversed(one) for one in lemmas)), _MOST_PHRASES):
            if all(self._searcher.doc_freq(field, term) for term in terms):
                yield tantivy.Query.phrase_query(self._schema, field, list(terms))


def _all(queries: Sequence[tantivy.Query | None]) -> tantivy.Query:
    return tantivy.Query.boolean_query([(Occur.Must, query or tantivy.Query.empty_query()) for query in queries])


def _any(queries: Sequence[tantivy.Query | None]) -> tantivy.Query:
    return tantivy.Query.boolean_query([(Occur.Should, query) for query in queries if query is not None])


def _ranked(titles: Sequence[tantivy.Query], bodies: Sequence[tantivy.Query]) -> tantivy.Query | None:
    """Join the places of one word so that one met in a name ranks above one met in a body."""
    if not titles and not bodies:
        return None
    named = [tantivy.Query.boost_query(query, _IN_A_NAME) for query in titles]
    mentioned = [tantivy.Query.boost_query(query, _IN_A_BODY) for query in bodies]
    return tantivy.Query.disjunction_max_query([*named, *mentioned], _TIE)
