"""Texts that property tests draw: any text at all, and text made of the signs a kind of value is written with."""

from __future__ import annotations

from hypothesis import strategies as st

ANY_TEXT = st.text(max_size=60)


def of(signs: str, *pieces: str) -> st.SearchStrategy[str]:
    """Draw texts from given signs and pieces, so that many of them nearly are what they pretend to be."""
    return st.one_of(ANY_TEXT, st.lists(st.sampled_from([*signs, *pieces]), max_size=14).map("".join))
