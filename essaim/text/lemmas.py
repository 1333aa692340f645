"""Lemmas: the form of a word under which its inflections meet, by the language of the text."""

from __future__ import annotations

from functools import lru_cache

import simplemma

from essaim.text.fold import fold

OTHER = "xx"
"""The field of texts whose language is unknown or has no field of its own."""
LANGUAGES = ("ar", "ca", "de", "en", "es", "fr", "it", "nl", "pt", "ru", "zh", OTHER)
_WITH_DICTIONARY = frozenset(("ca", "de", "en", "es", "fr", "it", "nl", "pt", "ru"))
_WITH_PLURAL_S = frozenset(("ca", "en", "es", "fr", "pt"))
_ARABIC_ARTICLES = ("وال", "بال", "كال", "فال", "ال", "لل")
_ARABIC_ENDINGS = ("ها", "ان", "ات", "ون", "ين", "يه", "ه", "ي")
_LEAST_ARABIC = 3


@lru_cache(maxsize=1000)
def language_of_field(language: str) -> str:
    """Return the language whose field holds texts in `language` (any BCP 47 tag).

    Example:
        >>> language_of_field("pt-BR"), language_of_field("und")
        ('pt', 'xx')
    """
    base = language.replace("_", "-").split("-", 1)[0].lower()
    return base if base in LANGUAGES else OTHER


def language_of_script(word: str) -> str:
    """Return the language that a word's script stands for in this index; empty for Latin and the others."""
    if is_arabic(word):
        return "ar"
    return "ru" if "\u0400" <= word[:1] <= "\u04ff" else ""


def is_arabic(word: str) -> bool:
    """Tell whether a word begins in the Arabic script."""
    return "\u0600" <= word[:1] <= "\u06ff"


def without_article(folded: str) -> str:
    """Take the Arabic article, with the particle written before it, off a folded word of enough letters."""
    for article in _ARABIC_ARTICLES:
        if folded.startswith(article) and len(folded) - len(article) >= _LEAST_ARABIC:
            return folded[len(article) :]
    return folded


@lru_cache(maxsize=50_000)
def lemma(word: str, language: str) -> str:
    """Return the folded lemma of one word.

    Args:
        word: as written, accents kept; a lemma is looked up before folding, because dictionaries have accents.
        language: one of `LANGUAGES`; those without a dictionary give the folded word itself.

    Source:
        Arabic endings: light stemming, L. Larkey, L. Ballesteros and M. Connell, "Light Stemming for Arabic Information
        Retrieval", 2007 (the variant called light10).
    """
    surface = fold(word)
    if language == "ar" and is_arabic(surface):
        return _light_arabic(without_article(surface))
    if language not in _WITH_DICTIONARY or not surface.isalpha():
        return surface
    found = simplemma.lemmatize(word.lower(), lang=language, low_memory=True)
    folded = "".join(fold(found).split())
    return _singular(folded, language) if folded == surface else folded


def _singular(folded: str, language: str) -> str:
    """Undo the regular plural of a word that the dictionary does not know, often because its accents were not typed."""
    if language == "fr" and folded.endswith("eaux"):
        return folded[:-1]
    if language == "pt" and folded.endswith("oes"):
        return folded[:-3] + "ao"
    is_plural = language in _WITH_PLURAL_S and len(folded) > 3 and folded[-1] == "s" and folded[-2] not in "sui"
    return folded[:-1] if is_plural else folded


def _light_arabic(word: str) -> str:
    for ending in _ARABIC_ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _LEAST_ARABIC:
            word = word[: -len(ending)]
    return word
