"""Countries: any usual spelling in some seventy languages becomes an ISO 3166-1 alpha-3 code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from essaim.errors import RecordError
from essaim.reference import country_words, language_words
from essaim.values.folding import fold

_JOINING = frozenset({"and", "et", "y", "e", "und", "og", "och", "en", "i"})
_SHORT = {"st": "saint", "ste": "saint", "rep": "republic", "dem": "democratic", "is": "islands", "fed": "federated"}
# A code may have dots; "N/A" is no code of Namibia.
_CODE = re.compile(r"[\s.]*(?:[A-Za-z0-9][\s.]*){1,3}")
_EXPECTED = "an ISO 3166-1 code or a country's name in a usual spelling"


def parse(text: str) -> str:
    """Return the ISO 3166-1 alpha-3 code of a country.

    Args:
        text: alpha-2, alpha-3 or numeric code, or a name: official, common, former, abbreviated, in many languages;
            case, accents, dots and articles do not matter. Spelling mistakes do.

    Raises:
        RecordError: no country has this spelling, or several have ("Congo", "Korea", "Yugoslavia").
    """
    return _parse(text)


@lru_cache(maxsize=4096)
def _parse(text: str) -> str:
    for key in _keys(text):
        if key in _refused():
            meanings = _refused()[key]
            expected = f"one of {', '.join(meanings)}" if meanings else "one country"
            raise RecordError("this does not name one country of today", found=text, expected=expected)
        found = (_codes().get(key) if _CODE.fullmatch(text) else None) or _spellings().get(key)
        if found:
            return found
    raise RecordError("unknown country", found=text, expected=_EXPECTED)


def _keys(text: str) -> Iterator[str]:
    """Yield the forms in which a spelling is looked up: whole, then without a leading article."""
    words = _words(text)
    yield "".join(words)
    if len(words) > 1 and words[0] in country_words()["articles"]:
        yield "".join(words[1:])
    yield from _bracketed(text)


def _bracketed(text: str) -> Iterator[str]:
    """Yield "of Y X" for "X (of Y)" and "X, of Y", as code lists write long names."""
    match = re.fullmatch(r"\s*([^(,]+?)\s*[(,]\s*([^),]+)\)?\s*", text)
    if match:
        yield "".join(_words(f"{match[2]} {match[1]}"))


def _words(text: str) -> list[str]:
    words = [_SHORT.get(word, word) for word in fold(text).split()]
    return [word for word in words if word not in _JOINING] if len(words) > 2 else words


@cache
def _refused() -> dict[str, list[str]]:
    return {
        "".join(_words(spelling)): entry["may_mean"] for entry in country_words()["refused"] for spelling in entry["spellings"]
    }


@cache
def _codes() -> dict[str, str]:
    """Return every code in lower case and its country. Only texts in plain letters are codes: Vietnamese "Bỉ" is Belgium."""
    import pycountry

    codes = {}
    for country in pycountry.countries:
        for code in (country.alpha_2, country.alpha_3, country.numeric, str(int(country.numeric))):
            codes[code.lower()] = country.alpha_3
    return codes


@cache
def _spellings() -> dict[str, str]:
    """Return every key of a name and its country: our own words first, then ISO's names, then CLDR's that are not shared."""
    known = dict(_keyed(_own_words()))
    for key, alpha3 in _keyed(_names_of_iso()):
        known.setdefault(key, alpha3)
    of_cldr: dict[str, set[str]] = {}
    for key, alpha3 in _keyed(_names_of_cldr()):
        of_cldr.setdefault(key, set()).add(alpha3)
    known |= {key: meanings.pop() for key, meanings in of_cldr.items() if key not in known and len(meanings) == 1}
    known.pop("", None)
    return known


def _keyed(spellings: Iterator[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    for spelling, alpha3 in spellings:
        for key in ("".join(_words(spelling)), *_bracketed(spelling)):
            yield key, alpha3


def _own_words() -> Iterator[tuple[str, str]]:
    for alpha3, spellings in country_words()["spellings"].items():
        yield from ((spelling, alpha3) for spelling in spellings)


def _names_of_iso() -> Iterator[tuple[str, str]]:
    import pycountry

    for country in pycountry.countries:
        for attribute in ("name", "common_name", "official_name"):
            if hasattr(country, attribute):
                yield getattr(country, attribute), country.alpha_3


def _names_of_cldr() -> Iterator[tuple[str, str]]:
    from babel import Locale

    for language in language_words()["countries_named_in"]:
        territories = Locale.parse(language).territories
        yield from ((territories[code], alpha3) for alpha3, code in _alpha2().items() if code in territories)


@cache
def _alpha2() -> dict[str, str]:
    import pycountry

    return {country.alpha_3: country.alpha_2 for country in pycountry.countries}


@cache
def _numeric() -> dict[str, str]:
    import pycountry

    return {country.alpha_3: country.numeric for country in pycountry.countries}


def all_codes() -> list[str]:
    """Return every ISO 3166-1 alpha-3 code, sorted."""
    return sorted(_alpha2())


def alpha2(alpha3: str) -> str:
    """Return the two-letter code of an alpha-3 code.

    Raises:
        RecordError: there is no such alpha-3 code.
    """
    return _look_up(_alpha2(), alpha3)


def numeric(alpha3: str) -> str:
    """Return the three digits of an alpha-3 code ("004" for Afghanistan).

    Raises:
        RecordError: there is no such alpha-3 code.
    """
    return _look_up(_numeric(), alpha3)


def _look_up(table: dict[str, str], alpha3: str) -> str:
    if alpha3 not in table:
        raise RecordError("unknown country code", found=alpha3, expected="an ISO 3166-1 alpha-3 code")
    return table[alpha3]


@lru_cache(maxsize=4096)
def name(alpha3: str, language: str = "en") -> str:
    """Return the name of a country in a language (CLDR), English where CLDR has none, else the code itself."""
    from babel import Locale, UnknownLocaleError

    code = _alpha2().get(alpha3, "")
    for tag in (language, language.split("-")[0], "en"):
        try:
            found = Locale.parse(tag.replace("-", "_")).territories.get(code)
        except (UnknownLocaleError, ValueError):
            continue
        if found:
            return str(found)
    return alpha3
