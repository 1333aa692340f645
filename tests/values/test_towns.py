"""Towns are found by any of their names in their country, and never made up."""

from __future__ import annotations

import pytest

from essaim.errors import RecordError
from essaim.values.towns import find_town


@pytest.mark.parametrize("name", ["Brussels", "BRUXELLES", "Brussel", "Brüssel", "بروكسل", "布鲁塞尔"])
def test_a_town_is_found_by_any_of_its_names(name: str) -> None:
    town = find_town(name, "BEL")
    assert town is not None
    assert (town.id, town.name, town.is_ambiguous) == (2800866, "Brussels", False)


def test_the_most_populous_answers_and_says_that_others_bear_the_name() -> None:
    town = find_town("Springfield", "USA")
    assert town is not None
    assert town.is_ambiguous
    assert town.population > 150_000


@pytest.mark.parametrize(
    ("name", "country", "found"),
    [("Lyon Cedex 03", "FRA", "Lyon"), ("Montréal, Québec", "CAN", "Montréal"), ("St Denis", "FRA", "Saint-Denis")],
)
def test_what_surrounds_a_town_is_seen_past(name: str, country: str, found: str) -> None:
    town = find_town(name, country)
    assert town is not None
    assert town.name == found


@pytest.mark.parametrize("name", ["Exempleville-sur-Rien", "", "123", "Brussels"])
def test_a_town_we_do_not_know_is_not_invented(name: str) -> None:
    assert find_town(name, "FRA") is None


def test_an_unknown_country_is_told() -> None:
    with pytest.raises(RecordError):
        find_town("Brussels", "XXX")
