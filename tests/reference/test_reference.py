"""The packaged lists are whole: labelled in three languages, without doubles, in step with the facts they come from."""

from __future__ import annotations

from collections import Counter

import pycountry
import pytest
from hypothesis import given
from hypothesis import strategies as st

from essaim import reference
from essaim.reference.load import read_yaml
from essaim.values.folding import fold


@pytest.mark.parametrize("name", reference.LISTS)
def test_every_code_has_its_label_in_three_languages(name: str) -> None:
    for code, entry in reference.codes(name).items():
        for language in ("en", "fr", "es"):
            assert entry.get(language), f"{name} {code} lacks {language}"
    assert len(read_yaml(name)["codes"]) == len(reference.codes(name))


def test_labels_fall_back_to_english_and_then_to_the_code() -> None:
    assert reference.label("entity_types", "cooperative", "fr") == "Coopérative"
    assert reference.label("entity_types", "cooperative", "es-MX") == "Cooperativa"
    assert reference.label("entity_types", "cooperative", "ja") == "Cooperative"
    assert reference.label("entity_types", "nonsense", "fr") == "nonsense"
    with pytest.raises(KeyError):
        reference.codes("hosts")


def test_the_entity_types_are_those_of_the_un_definition() -> None:
    un = next(entry for entry in reference.definitions() if entry["id"] == "ILC-UN-SSE")
    ours = [code for code, entry in reference.codes("entity_types").items() if entry["is_in_definition"]]
    assert ours == [entry["id"] for entry in un["entity_types"]]


def test_the_sectors_are_the_21_sections_of_isic() -> None:
    assert "".join(reference.codes("sectors")) == "ABCDEFGHIJKLMNOPQRSTU"


def test_every_legal_form_maps_to_an_entity_type() -> None:
    for country in reference.legal_forms():
        for form in country.get("forms", ()):
            assert form["maps_to"] in reference.codes("entity_types"), (country["country"], form)


def test_the_facts_are_there() -> None:
    assert len(reference.lexicon()) == 151
    assert reference.iati_codes()["sectors"]
    assert len(reference.identifier_schemes()) == len({entry["code"] for entry in reference.identifier_schemes()})


def test_every_country_but_two_stands_in_one_region() -> None:
    stated = Counter(
        country
        for region in read_yaml("un_regions")["regions"]
        for part in region["subregions"]
        for country in part["countries"].split()
    )
    assert set(stated.values()) == {1}
    assert {country.alpha_3 for country in pycountry.countries} - set(stated) == {"ATA", "TWN"}
    assert set(stated) <= {country.alpha_3 for country in pycountry.countries}


def test_regions_are_named_and_counted() -> None:
    assert reference.region_of("SEN") == reference.Region("002", "011")
    assert reference.region_of("TWN") is None
    assert reference.region_name("011", "fr") == "Afrique occidentale"
    assert reference.region_name("999") == "999"
    assert "SEN" in reference.countries_in("002")
    assert reference.countries_in("999") == []


def test_words_of_names_are_text_that_folds_to_something() -> None:
    table = reference.legal_form_words()
    words = [
        word
        for entry in table["classes"].values()
        for part in ("words", "endings", "suffixes", "substrings")
        for listed in entry.get(part, {}).values()
        for word in listed
    ]
    words += [word for listed in table["markers"].values() for word in listed] + table["linking_words"]
    assert len(words) > 250
    assert all(isinstance(word, str) and fold(word) for word in words)
    types = {entry["entity_type"] for entry in table["classes"].values()}
    assert types - {""} <= set(reference.codes("entity_types"))


@pytest.mark.parametrize(
    ("url", "host", "is_shown"),
    [
        ("https://example.org/page", "", True),
        ("https://example.org/page", "copy_site", False),
        ("https://www.scribd.com/doc/1", "", False),
        ("https://es.scribd.com/doc/1", "", False),
        ("https://notscribd.com/doc/1", "", True),
        ("http://213.219.61.110/x", "", False),
        ("javascript:alert(1)", "", False),
        ("http://[broken", "", False),
        ("", "", False),
    ],
)
def test_copies_and_odd_addresses_are_no_readers_links(url: str, host: str, is_shown: bool) -> None:
    assert reference.is_readers_link(url, host) is is_shown


def test_every_listed_host_is_refused_by_name_and_below() -> None:
    for host in reference.copy_hosts():
        assert not reference.is_readers_link(f"https://{host}/a")
        assert not reference.is_readers_link(f"https://sub.{host}/a")


@given(st.text(max_size=60))
def test_no_address_breaks_the_question(url: str) -> None:
    assert reference.is_readers_link(url) in (True, False)
