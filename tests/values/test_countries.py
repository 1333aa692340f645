"""Any usual spelling of a country gives its code, and what could be two countries gives none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from essaim.errors import RecordError
from essaim.values import countries

IVORY_COAST = """CIV|civ|CI|ci|384|Ivory Coast|ivory  coast|IVORY COAST|The Ivory Coast|Cote d'Ivoire|Côte d'Ivoire|
Côte d’Ivoire|COTE D IVOIRE|Cote-d'Ivoire|Cote dIvoire|côte d‘ivoire|R.C.I.|RCI|Republic of Côte d'Ivoire|
République de Côte d’Ivoire|Costa de Marfil|COSTA DE MARFIL|Costa do Marfim|Costa d’Avorio|Elfenbeinküste|
Elfenbeinkueste|Ivoorkust|Elfenbenskusten|Norsunluurannikko|Wybrzeże Kości Słoniowej|Pobřeží slonoviny|
Elefántcsontpart|Coasta de Fildeș|Obala Bjelokosti|Slonokoščena obala|Кот-д’Ивуар|Кот-д’Івуар|
Ακτή Ελεφαντοστού|ساحل العاج|كوت ديفوار|科特迪瓦|象牙海岸|コートジボワール|코트디부아르|חוף השנהב|โกตดิวัวร์|
Fildişi Sahili"""
KINGDOM = """GBR|GB|UK|U.K.|u. k.|826|United Kingdom|the United Kingdom|UNITED KINGDOM|Great Britain|Britain|England|
Scotland|Wales|Northern Ireland|United Kingdom of Great Britain and Northern Ireland|Royaume-Uni|Royaume Uni|
Grande-Bretagne|Angleterre|Écosse|Pays de Galles|Reino Unido|Gran Bretaña|Inglaterra|Escocia|Regno Unito|
Vereinigtes Königreich|Großbritannien|Verenigd Koninkrijk|Groot-Brittannië|Storbritannien|Wielka Brytania|
Великобритания|英国|英國|イギリス|영국|المملكة المتحدة|بريطانيا|Birleşik Krallık"""


@pytest.mark.parametrize(("spellings", "code"), [(IVORY_COAST, "CIV"), (KINGDOM, "GBR")])
def test_forty_spellings_of_one_country_are_read(spellings: str, code: str) -> None:
    words = [word.strip() for word in spellings.replace("\n", "").split("|")]
    assert len(words) >= 40
    assert {word: countries.parse(word) for word in words} == dict.fromkeys(words, code)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Guinea", "GIN"),
        ("Guinea-Bissau", "GNB"),
        ("Equatorial Guinea", "GNQ"),
        ("Niger", "NER"),
        ("Congo-Brazzaville", "COG"),
        ("D.R.C.", "COD"),
        ("Congo (the Democratic Republic of the)", "COD"),
        ("Korea, Republic of", "KOR"),
        ("Republic of Korea", "KOR"),
        ("Bolivia (Plurinational State of)", "BOL"),
        ("Trinidad & Tobago", "TTO"),
        ("St. Lucia", "LCA"),
        ("EE. UU.", "USA"),
        ("Burma", "MMR"),
        ("Upper Volta", "BFA"),
        ("Bỉ", "BEL"),
        ("EL", "GRC"),
        ("004", "AFG"),
    ],
)
def test_long_former_and_abbreviated_names_are_read(text: str, code: str) -> None:
    assert countries.parse(text) == code


@pytest.mark.parametrize("text", ["Congo", "Kongo", "Korea", "Corée", "Yugoslavia", "USSR", "Virgin Islands", "Europe", "EU"])
def test_what_names_several_countries_or_none_is_refused(text: str) -> None:
    with pytest.raises(RecordError, match="does not name one country of today"):
        countries.parse(text)


@pytest.mark.parametrize("text", ["Frence", "", " ", "(", "Exampleland", "N/A"])
def test_an_unknown_country_is_told(text: str) -> None:
    with pytest.raises(RecordError, match="unknown country"):
        countries.parse(text)


@given(st.one_of(st.text(max_size=40), st.sampled_from(countries.all_codes())))
def test_normalising_twice_is_normalising_once_and_nothing_else_is_raised(text: str) -> None:
    try:
        code = countries.parse(text)
    except RecordError:
        return
    assert countries.parse(code) == code


@pytest.mark.parametrize("language", ["en", "fr", "es", "pt", "ar", "ru", "zh", "ja", "ko", "de"])
def test_the_names_we_show_are_read_back(language: str) -> None:
    shared = {"COG", "MAF"}
    for code in set(countries.all_codes()) - shared:
        assert countries.parse(countries.name(code, language)) == code


def test_codes_and_names_are_given_for_a_country() -> None:
    assert (countries.alpha2("CIV"), countries.numeric("AFG")) == ("CI", "004")
    assert countries.name("DEU", "fr") == "Allemagne"
    assert countries.name("DEU", "fr-CA") == "Allemagne"
    assert countries.name("DEU", "qqq") == "Germany"
    with pytest.raises(RecordError):
        countries.alpha2("XXX")
