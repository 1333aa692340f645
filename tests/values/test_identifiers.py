"""Identifiers are a value in a scheme, in canonical form, with the check digits' word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from essaim.errors import RecordError
from essaim.reference import identifier_schemes
from essaim.values.identifiers import parse, scheme_code
from tests.values.hypothesis_texts import of


@pytest.mark.parametrize(
    ("text", "scheme", "canonical", "checksum", "shown"),
    [
        ("0809.673.153", "be_enterprise_number", "BE-BCE_KBO-0809673153", "right", "0809.673.153"),
        ("BE 0809.673.153", "kbo", "BE-BCE_KBO-0809673153", "right", "0809.673.153"),
        ("809673153", "BE-BCE_KBO", "BE-BCE_KBO-0809673153", "right", "0809.673.153"),
        ("0809.673.154", "BE-BCE_KBO", "BE-BCE_KBO-0809673154", "wrong", "0809.673.154"),
        ("552 100 554", "siren", "FR-SIREN-552100554", "right", "552 100 554"),
        ("552100555", "siren", "FR-SIREN-552100555", "wrong", "552 100 555"),
        ("73282932000074", "siret", "FR-SIRET-73282932000074", "right", "732 829 320 00074"),
        ("w751234567", "rna", "FR-RNA-W751234567", "none known", "W751234567"),
        ("6335184", "GB-COH", "GB-COH-06335184", "none known", "06335184"),
        ("11.222.333/0001-81", "cnpj", "BR-CNPJ-11222333000181", "right", "11.222.333/0001-81"),
        ("1009908", "cnpj_root", "BR-CNPJ_ROOT-01009908", "none known", "01009908"),
        ("030413726", "US-EIN", "US-EIN-030413726", "none known", "03-0413726"),
        ("502854227", "pt-nif", "PT-NIPPC-502854227", "right", "502 854 227"),
        ("https://ror.org/05dxps055", "ror", "XI-ROR-05dxps055", "right", "05dxps055"),
        ("05dxps056", "ror", "XI-ROR-05dxps056", "wrong", "05dxps056"),
        ("https://www.wikidata.org/wiki/Q42", "wikidata", "XI-WIKIDATA-Q42", "none known", "Q42"),
        ("3819438251-87", "eu_transparency_register", "XI-EUTR-3819438251-87", "none known", "3819438251-87"),
        ("BE0809673153", "vat", "XI-VAT-BE0809673153", "right", "BE0809673153"),
        ("12 34", "US-NCUA", "US-NCUA-12 34", "none known", "12 34"),
    ],
)
def test_values_are_brought_to_one_form_and_checked(text: str, scheme: str, canonical: str, checksum: str, shown: str) -> None:
    identifier = parse(text, scheme)
    assert (str(identifier), identifier.checksum, identifier.display) == (canonical, checksum, shown)


@pytest.mark.parametrize(
    ("text", "scheme"), [("", "siren"), ("  ", "US-NCUA"), ("-", "siren"), ("abc", "siren"), ("12", "siret")]
)
def test_an_empty_or_misshapen_value_is_refused(text: str, scheme: str) -> None:
    with pytest.raises(RecordError):
        parse(text, scheme)


def test_unknown_schemes_and_schemes_of_persons_are_refused() -> None:
    with pytest.raises(RecordError, match="unknown scheme"):
        scheme_code("nonsense")
    with pytest.raises(RecordError, match="names persons"):
        parse("0000-0000-0000-0000", "ORCID")


def test_some_schemes_have_a_page_for_each_identifier() -> None:
    assert parse("Q42", "wikidata").url == "https://www.wikidata.org/wiki/Q42"
    assert parse("552100554", "siren").url == ""


@given(
    of("0123456789 .-/ABEQWqr", "BE", "Q42", "0809673153", "552100554"),
    st.sampled_from([*(entry["code"] for entry in identifier_schemes()), "US-NCUA"]),
)
def test_normalising_twice_is_normalising_once_and_nothing_else_is_raised(text: str, scheme: str) -> None:
    try:
        identifier = parse(text, scheme)
    except RecordError:
        return
    assert identifier.value
    assert parse(identifier.value, identifier.scheme) == identifier
    assert parse(identifier.display, identifier.scheme) == identifier
