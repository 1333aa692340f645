from __future__ import annotations

import resource
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from essaim.errors import ReleaseError
from essaim.text import FACETS, Entry, Index, Query, build_index
from essaim.text.schema import facets_of

from .sample_entries import ENTRIES

_CODES = {name: sorted({code for entry in ENTRIES for code in facets_of(entry).get(name, [])}) for name in FACETS}
_FILTERS = st.fixed_dictionaries(
    {},
    optional={name: st.lists(st.sampled_from([*codes, "no such code"]), max_size=3) for name, codes in _CODES.items()},
)


def first(index: Index, words: str, language: str = "en") -> str:
    return index.search(Query(words, language)).hits[0].id


def naive(filters: dict[str, list[str]], spared: str = "") -> list[Entry]:
    chosen = {name: set(codes) for name, codes in filters.items() if codes and name != spared}
    return [entry for entry in ENTRIES if all(codes & set(facets_of(entry).get(name, [])) for name, codes in chosen.items())]


@pytest.mark.parametrize(
    ("words", "language", "found"),
    [
        ("networks", "en", "o-network"),
        ("RESEAU", "fr", "o-network"),
        ("economies imaginaires", "fr", "o-fr"),
        ("economie", "es", "o-fr"),
        ("servicio economico", "es", "o-es"),
        ("associacoes", "pt", "o-pt"),
        ("تعاونيات", "en", "o-ar"),
        ("合作社", "en", "w-zh"),
        ("社", "zh", "w-zh"),
        ("aelfgifu strasse", "en", "w-und"),
        ("cooperative handbook", "en", "w-und"),
        ("law mutual", "en", "w-law"),
        ("ripxss", "en", "m-spare"),
        ("the of laws", "en", "w-law"),
    ],
)
def test_a_thing_is_found_in_any_language_and_form(index: Index, words: str, language: str, found: str) -> None:
    results = index.search(Query(words, language))
    assert results.hits[0].id == found
    assert not results.corrected


def test_a_title_ranks_above_a_body(index: Index) -> None:
    ids = [hit.id for hit in index.search(Query("solidarity enterprises")).hits]
    assert ids == ["o-network", "o-mention"]


def test_an_acronym_and_an_old_name_come_first_and_say_why(index: Index) -> None:
    acronym = index.search(Query("ense")).hits[0]
    assert (acronym.id, list(acronym.why), acronym.snippet) == ("o-network", ["acronym"], "ENSE")
    old = index.search(Query("ancienne federation imaginaire")).hits[0]
    assert (old.id, list(old.why)) == ("o-network", ["former_name"])


def test_quotes_keep_the_order_of_words(index: Index) -> None:
    assert index.search(Query('"invented assembly"')).total == 1
    assert index.search(Query('"assembly invented"')).total == 0


def test_a_star_and_an_unfinished_word_find_longer_words(index: Index) -> None:
    assert first(index, "bee* house") == "o-mention"
    assert first(index, "inventor") == "o-pt"
    assert {hit.id for hit in index.suggest("house of b", "en", 5)} == {"o-mention"}
    assert index.suggest("  ", "en", 5) == []


def test_a_typing_mistake_is_forgiven_only_when_nothing_is_written_so(index: Index) -> None:
    mistaken = index.search(Query("solidrity"))
    assert mistaken.corrected
    assert mistaken.hits[0].id == "o-network"
    assert "typo" in mistaken.hits[0].why
    assert not index.search(Query("solidarity")).corrected


def test_all_words_are_wanted_and_some_are_enough_when_none_has_all(index: Index) -> None:
    assert not index.search(Query("house bees")).partial
    loose = index.search(Query("assembly beekeepers"))
    assert loose.partial
    assert {hit.id for hit in loose.hits} == {"m-spare", "o-network"}


def test_a_filter_does_not_change_what_the_words_mean(index: Index) -> None:
    narrowed = index.search(Query("solidarity enterprises", filters={"country": ["BRA"]}))
    assert (narrowed.total, narrowed.partial, narrowed.corrected) == (0, False, False)


def test_a_snippet_shows_the_place_and_marks_the_words(index: Index) -> None:
    hit = index.search(Query("baker beekeeping beekeeper")).hits[0]
    assert "body" in hit.why
    assert len(hit.snippet) <= 222
    assert {hit.snippet[start:end] for start, end in hit.spans} == {"beekeepers", "bakers"}


def test_titles_are_shown_in_the_language_of_the_person(index: Index) -> None:
    hit = index.search(Query("ense", "fr")).hits[0]
    assert (hit.title, hit.title_language) == ("Réseau exemplaire des entreprises solidaires", "fr")
    assert index.search(Query("ense", "es")).hits[0].title_language == "en"


def test_more_weight_ranks_higher_among_equals(index: Index) -> None:
    hits = index.search(Query("exampleland workshop number", limit=30)).hits
    weights = {entry.id: entry.weight for entry in ENTRIES}
    ranked = [weights[hit.id] for hit in hits if hit.id.startswith("n")]
    assert ranked == sorted(ranked, reverse=True)


def test_no_words_give_everything_by_weight_then_title(index: Index) -> None:
    found = index.search(Query(limit=100))
    expected = sorted(ENTRIES, key=lambda entry: (-entry.weight, next(iter(entry.titles.values())).casefold()))
    latin = [entry.id for entry in expected if next(iter(entry.titles.values())).isascii()]
    assert [hit.id for hit in found.hits if hit.id in latin] == latin
    assert found.total == len(found.hits) == len(ENTRIES)


def test_pages_join_to_the_whole(index: Index) -> None:
    whole = [hit.id for hit in index.search(Query("exampleland", limit=100)).hits]
    pages = [hit.id for start in range(0, 40, 7) for hit in index.search(Query("exampleland", limit=7, offset=start)).hits]
    assert pages == whole
    assert index.ids(Query("exampleland", limit=1)) == whole
    assert index.search(Query(limit=10**12, offset=10**12)).hits == []


@given(st.text(max_size=60) | st.text(alphabet="sol id*\"'-«»()[]:^~+\\/|合社ا\ud800\x00", max_size=30), st.booleans())
@settings(deadline=None)
def test_no_text_makes_a_search_fail(index: Index, words: str, as_typed: bool) -> None:
    results = index.search(Query(words, "fr", as_typed=as_typed))
    assert results.total >= len(results.hits)
    assert len(index.ids(Query(words, "fr", as_typed=as_typed))) == results.total
    for hit in results.hits:
        assert all(0 <= start < end <= len(hit.snippet) for start, end in hit.spans)


@given(_FILTERS)
@settings(deadline=None)
def test_filters_and_counts_equal_those_of_a_plain_loop(index: Index, filters: dict[str, list[str]]) -> None:
    results = index.search(Query(filters=filters, limit=100))
    assert sorted(hit.id for hit in results.hits) == sorted(entry.id for entry in naive(filters))
    assert results.total == len(naive(filters))
    for name in FACETS:
        counts = Counter(code for entry in naive(filters, spared=name) for code in set(facets_of(entry).get(name, [])))
        assert results.facets[name] == counts


@given(_FILTERS)
@settings(deadline=None, max_examples=30)
def test_filters_narrow_the_words_found(index: Index, filters: dict[str, list[str]]) -> None:
    everything = {entry.id for entry in ENTRIES if entry.id.startswith("n")}
    expected = everything & {entry.id for entry in naive(filters)}
    assert set(index.ids(Query("workshop number", filters=filters))) == expected


def test_an_unknown_facet_matches_nothing_and_counts_nothing(index: Index) -> None:
    results = index.search(Query(filters={"colour": ["red"]}, facets=("colour", "kind")))
    assert (results.total, results.facets) == (0, {"colour": {}, "kind": {}})


def test_an_empty_index_answers(tmp_path: Path) -> None:
    assert build_index([], tmp_path / "index") == 0
    empty = Index.open(tmp_path / "index")
    assert empty.search(Query("anything")).total == empty.search(Query()).total == 0
    assert empty.ids(Query()) == []


def test_a_rebuilt_index_replaces_the_old_one_which_open_readers_keep(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    build_index(ENTRIES[:1], folder)
    before = Index.open(folder)
    build_index([replace(ENTRIES[0], id="new"), ENTRIES[1]], folder)
    assert before.ids(Query()) == ["o-network"]
    assert Index.open(folder).ids(Query()) == ["new", "o-mention"]
    assert [path.name for path in tmp_path.iterdir()] == ["index"]


def test_a_failed_build_leaves_the_old_index(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    build_index(ENTRIES[:2], folder)

    def broken() -> Entry:
        raise OSError("the disk is full")

    with pytest.raises(OSError, match="disk is full"):
        build_index((broken() for _ in range(1)), folder)
    assert len(Index.open(folder)) == 2
    assert [path.name for path in tmp_path.iterdir()] == ["index"]


def test_a_full_disk_is_told_as_such_and_leaves_the_old_index(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    build_index(ENTRIES[:2], folder)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (200, limits[1]))
    try:
        with pytest.raises(OSError, match="cannot be written"):
            build_index([], folder)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert len(Index.open(folder)) == 2
    assert [path.name for path in tmp_path.iterdir()] == ["index"]


def test_half_a_surrogate_pair_in_a_name_is_survived(tmp_path: Path) -> None:
    entry = Entry("work", "w1", {"en": "Broken \ud83d title"}, [], [], {"country": ["\udfff"]}, "/w1")
    build_index([entry], tmp_path / "index")
    assert Index.open(tmp_path / "index").search(Query("broken title")).hits[0].title == "Broken ? title"


def test_a_missing_index_names_the_next_step(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="essaim build"):
        Index.open(tmp_path / "nothing")


def test_many_threads_get_the_same_answer(index: Index) -> None:
    questions = ["networks", "合作社", "solidrity", "", "bee*"] * 8
    alone = [index.ids(Query(words)) for words in questions]
    with ThreadPoolExecutor(8) as threads:
        together = list(threads.map(lambda words: index.ids(Query(words)), questions))
    assert together == alone
