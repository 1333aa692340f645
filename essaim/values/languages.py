"""Languages: any usual spelling becomes a BCP 47 tag."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from essaim.errors import RecordError
from essaim.reference import language_words
from essaim.values import countries
from essaim.values.folding import key

_TAG = re.compile(r"([A-Za-z]{2,3})(?:[-_]([A-Za-z]{4}))?(?:[-_]([A-Za-z]{2}|\d{3}))?(?:\.[\w-]+)?(?:@\w+)?")
_RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur", "yi", "ps", "sd", "ug", "ckb", "dv", "syr", "arc"})
_RIGHT_TO_LEFT_SCRIPTS = frozenset({"Arab", "Hebr", "Thaa", "Syrc", "Nkoo", "Adlm", "Rohg"})
_BETWEEN = re.compile(r"\s*(?:[,;/|+&\n]|\s[-–]\s|\band\b|\bet\b|\by\b|\be\b|\bund\b)\s*")
_BRACKETED = re.compile(r"\s*([^()]+?)\s*\(([^()]+)\)\s*")
_EXPECTED = "a language code or name, such as fr, fra or French"


def parse(text: str) -> str:
    """Return the BCP 47 tag of one language: its shortest code, the script and the region where they are said.

    Args:
        text: ISO 639 code of two or three letters, a tag or locale ("en_US", "zh-Hans"), or a name in many languages.

    Raises:
        RecordError: no language we know has this spelling.
    """
    return _parse(text)


@lru_cache(maxsize=4096)
def _parse(text: str) -> str:
    found = _known(text) or _with_region(text)
    if not found:
        raise RecordError("unknown language", found=text, expected=_EXPECTED)
    return found


def _known(text: str) -> str:
    return _from_tag(text.strip()) or _names().get(key(text), "")


def _with_region(text: str) -> str:
    """Read "Português (Brasil)": a language and, in brackets, the country whose usage it follows."""
    match = _BRACKETED.fullmatch(text)
    base = _known(match[1]) if match else ""
    if not match or not base or "-" in base:
        return ""
    try:
        return f"{base}-{countries.alpha2(countries.parse(match[2]))}"
    except RecordError:
        return ""


def parse_list(text: str) -> list[str]:
    """Return the tags of every language in a text ("en fr", "English, French"), each once, in the order they stand.

    Raises:
        RecordError: the text holds something that is no language.
    """
    whole = _known(text)
    if whole:
        return [whole]
    found: list[str] = []
    for part in _parts(text):
        tag = parse(part)
        if tag not in found:
            found.append(tag)
    if not found:
        raise RecordError("no language is named", found=text, expected=_EXPECTED)
    return found


def _parts(text: str) -> Iterator[str]:
    for part in filter(None, (part.strip() for part in _BETWEEN.split(text))):
        words = part.split()
        if len(words) > 1 and not _known(part) and all(_known(word) for word in words):
            yield from words
        else:
            yield part


def _from_tag(text: str) -> str:
    match = _TAG.fullmatch(text)
    if not match or not text.isascii():
        return ""
    code, script, region = match.groups()
    base = _base(code.lower())
    if not base or (script and not _is_script(script)) or (region and not _is_region(region)):
        return ""
    language, _, own_script = base.partition("-")
    script = script.title() if script else own_script
    region = (region or "").upper()
    return "-".join(part for part in (language, script, "GB" if region == "UK" else region) if part)


def _base(code: str) -> str:
    import pycountry

    replaced: dict[str, str] = language_words()["replaced"]
    if code in replaced:
        return replaced[code]
    field = "alpha_2" if len(code) == 2 else "alpha_3"
    found = pycountry.languages.get(**{field: code}) or pycountry.languages.get(bibliographic=code)
    if found is None:
        # ISO 639-5 keeps the codes of families such as Nahuatl (nah), which are tags of their own in BCP 47.
        family = pycountry.language_families.get(alpha_3=code)
        return str(family.alpha_3) if family is not None else ""
    short = str(getattr(found, "alpha_2", found.alpha_3))
    return replaced.get(short, short)


def _is_script(text: str) -> bool:
    import pycountry

    return pycountry.scripts.get(alpha_4=text.title()) is not None


def _is_region(text: str) -> bool:
    import pycountry

    return text.isdigit() or text.upper() == "UK" or pycountry.countries.get(alpha_2=text.upper()) is not None


@cache
def _names() -> dict[str, str]:
    """Return every key of a name and its tag: our own words first, the languages' own names, then CLDR's, then ISO's."""
    known = {key(name): tag for tag, names in language_words()["spellings"].items() for name in names}
    for name, tag in _listed_names():
        known.setdefault(key(name), tag)
    known.pop("", None)
    return known


def _listed_names() -> Iterator[tuple[str, str]]:
    import pycountry
    from babel import Locale
    from babel.localedata import locale_identifiers

    of_code = {code: tag for code in map(str, Locale.parse("en").languages) if len(code) < 4 and (tag := _from_tag(code))}
    for identifier in locale_identifiers():
        if identifier in of_code:
            yield Locale.parse(identifier).languages.get(identifier, ""), of_code[identifier]
    for named_in in language_words()["languages_named_in"]:
        names = Locale.parse(named_in).languages
        yield from ((names[code], tag) for code, tag in of_code.items() if code in names)
    for language in pycountry.languages:
        tag = _base(language.alpha_3)
        yield language.name, tag
        yield getattr(language, "inverted_name", ""), tag


@lru_cache(maxsize=4096)
def name(tag: str, language: str = "en") -> str:
    """Return the name of a language in a language, English where CLDR has none, else the tag itself."""
    from babel import Locale, UnknownLocaleError

    for shown_in in (language, language.split("-")[0], "en"):
        try:
            names = Locale.parse(shown_in.replace("-", "_")).languages
        except (UnknownLocaleError, ValueError):
            continue
        found = names.get(tag.replace("-", "_")) or names.get(tag.split("-")[0])
        if found:
            return str(found)
    return tag


def is_rtl(tag: str) -> bool:
    """Tell whether a language is written from right to left; a script in the tag settles it."""
    parts = tag.split("-")
    script = next((part.title() for part in parts[1:] if len(part) == 4), "")
    return script in _RIGHT_TO_LEFT_SCRIPTS if script else parts[0].lower() in _RIGHT_TO_LEFT
