from __future__ import annotations

from essaim.text import Hit, Results, merge


def answer(*ids: str, total: int = 0, corrected: bool = False, partial: bool = False) -> Results:
    hits = [Hit("work", one, one.upper(), "en", f"/{one}", 1.0) for one in ids]
    count = total or len(ids)
    return Results(hits, count, {"kind": {"work": count}} if count else {"kind": {}}, corrected, partial)


def test_answers_are_interleaved_by_rank_and_counts_added() -> None:
    merged = merge([answer("a", "b", "c", total=9), answer("x", "y")], limit=4, offset=0)
    assert [hit.id for hit in merged.hits] == ["a", "x", "b", "y"]
    assert (merged.total, merged.facets) == (11, {"kind": {"work": 11}})


def test_a_page_goes_on_where_the_last_one_ended() -> None:
    answers = [answer("a", "b", "c"), answer("x", "y")]
    pages = [hit.id for start in (0, 2, 4) for hit in merge(answers, 2, start).hits]
    assert pages == [hit.id for hit in merge(answers, 10, 0).hits]


def test_the_order_of_answers_does_not_matter() -> None:
    one, other = answer("a", "b"), answer("x", "y", "z")
    assert merge([one, other], 9, 0) == merge([other, one], 9, 0)


def test_a_corrected_answer_is_left_out_beside_an_exact_one() -> None:
    merged = merge([answer("a"), answer("x", corrected=True), answer("p", partial=True)], 9, 0)
    assert [hit.id for hit in merged.hits] == ["a"]
    assert (merged.total, merged.corrected, merged.partial) == (1, False, False)


def test_nothing_found_anywhere_is_an_empty_answer() -> None:
    merged = merge([answer(), answer()], 9, 0)
    assert (merged.hits, merged.total, merged.facets) == ([], 0, {"kind": {}})


def test_an_index_left_without_hits_by_a_filter_still_counts_its_kinds() -> None:
    narrowed = Results((), 0, {"kind": {"meeting": 4}})
    assert merge([answer("a"), narrowed], 9, 0).facets == {"kind": {"meeting": 4, "work": 1}}
