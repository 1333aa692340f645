"""Lasting ids: the same everywhere, checked, and made again on a collision."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from essaim.model.lasting_id import ALPHABET, check_sign, is_lasting_id, lasting_id


def test_the_id_of_a_record_key_never_changes() -> None:
    assert lasting_id("o", "organisations:ripess") == "oavbx1ss1g0s"


@given(st.text(min_size=1))
def test_every_id_made_is_well_formed(key: str) -> None:
    assert is_lasting_id(lasting_id("o", key))


def test_a_collision_makes_another_id() -> None:
    assert lasting_id("o", "a:1", 2) != lasting_id("o", "a:1")


SIGNS = st.text(alphabet=ALPHABET, min_size=10, max_size=10)


@given(SIGNS, st.integers(0, 9), st.sampled_from(ALPHABET))
def test_one_wrong_sign_is_found(signs: str, at: int, sign: str) -> None:
    changed = signs[:at] + sign + signs[at + 1 :]
    assert (check_sign(changed) == check_sign(signs)) == (changed == signs)


@given(SIGNS, st.integers(0, 9), st.integers(0, 9))
def test_two_signs_that_changed_places_are_found(signs: str, one: int, other: int) -> None:
    swapped = list(signs)
    swapped[one], swapped[other] = swapped[other], swapped[one]
    assert (check_sign("".join(swapped)) == check_sign(signs)) == ("".join(swapped) == signs)
