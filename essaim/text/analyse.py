"""Analysis: a text becomes tokens that meet across case, accents, inflection, elision and script, with their places."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from essaim.text.fold import fold
from essaim.text.lemmas import is_arabic, language_of_field, lemma, without_article

_MARKS = (
    r"\u00ad\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed"
    r"\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963\u0981-\u0983\u09bc-\u09cd\u09d7\u0a01-\u0a03\u0a3c-\u0a51"
    r"\u0a81-\u0a83\u0abc-\u0acd\u0b01-\u0b03\u0b3c-\u0b57\u0b82\u0bbe-\u0bcd\u0c00-\u0c04\u0c3e-\u0c56\u0c81-\u0c83"
    r"\u0cbc-\u0cd6\u0d00-\u0d03\u0d3b-\u0d4d\u0d81-\u0d83\u0dca-\u0ddf\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1"
    r"\u0eb4-\u0ecd\u0f71-\u0f84\u102b-\u103e\u135d-\u135f\u17b4-\u17d3\u1ab0-\u1aff\u1dc0-\u1dff\u200c\u200d\u3099\u309a"
    r"\ufe20-\ufe2f"
)
_LETTERS = rf"(?:[^\W_]|[{_MARKS}])+"
_APOSTROPHES = "'’‘ʼʻ`´′"
_HYPHENS = "‐‑-"
_CHUNK = re.compile(
    rf"(?P<dotted>(?<![^\W_])(?:[^\W\d_]\.){{2,}}(?:[^\W\d_](?![^\W_]))?)|{_LETTERS}(?:[{_APOSTROPHES}{_HYPHENS}]{_LETTERS})*"
)
_BETWEEN_HYPHENS = re.compile(rf"[^{_HYPHENS}]+")
_BETWEEN_APOSTROPHES = re.compile(rf"[^{_APOSTROPHES}]+")
_UNSPACED = (
    r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    r"\uac00-\ud7af\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
)
"""Scripts read by overlapping pairs: Han, kana and hangul, and those written without spaces (Thai, Lao, Khmer, Burmese)."""
_RUN = re.compile(rf"[{_UNSPACED}]+|[^{_UNSPACED}]+")
_IS_UNSPACED = re.compile(rf"[{_UNSPACED}]")
_JOINED = frozenset(["co", "re", "pre", "inter", "intra", "micro", "multi", "anti", "sub", "trans", "non", "e"])
"""Parts before a hyphen that are often written solid: co-operative is cooperative, e-mail is email."""
_ELIDED_WORDS = "l d j m t s c n qu jusqu lorsqu puisqu quoiqu dell all dall nell sull coll quell quest sant gl un"
_ELISIONS = frozenset(_ELIDED_WORDS.split())
_CONTRACTIONS = frozenset(["s", "t", "d", "m", "re", "ve", "ll"])


class Token(NamedTuple):
    """One word of a text.

    Attributes:
        text: the folded lemma, what is compared.
        start: place of its first code point in the original text.
        end: place after its last code point.
        surface: the folded word as it stands, for prefixes, typing mistakes and exact names.
        follows: True when it overlaps the token before it (pairs of an unspaced script): only together they are a word.
    """

    text: str
    start: int
    end: int
    surface: str = ""
    follows: bool = False


def analyse(text: str, language: str) -> list[Token]:
    """Cut a text into tokens.

    The cut does not depend on the language; the lemma does. Elided articles are dropped (l'économie), co-operative is
    cooperative, R.I.P.E.S.S. is ripess, Chinese, Japanese, Korean and Thai are read by pairs of signs.

    Args:
        text: any text.
        language: BCP 47 tag of the text; `und` when unknown.

    Returns:
        Tokens in the order of the text; offsets count code points of `text`.

    Example:
        >>> [token.text for token in analyse("L'économie des co-opératives", "fr")]
        ['economie', 'un', 'cooperative']
    """
    field = language_of_field(language)
    tokens: list[Token] = []
    for start, end, is_dotted in _words(text):
        written = text[start:end]
        if is_dotted:
            written = written.replace(".", "")
        if not written.isascii() and _IS_UNSPACED.search(written):
            tokens.extend(_by_runs(written, start, field))
        elif token := _token(written, start, end, field):
            tokens.append(token)
    return tokens


def _words(text: str) -> Iterator[tuple[int, int, bool]]:
    """Yield (start, end, is dotted) of the words of a text."""
    for chunk in _CHUNK.finditer(text):
        if chunk["dotted"]:
            yield chunk.start(), chunk.end(), True
        elif chunk[0].isascii() and chunk[0].isalnum():
            yield chunk.start(), chunk.end(), False
        else:
            for start, end in _parts(chunk[0]):
                yield chunk.start() + start, chunk.start() + end, False


def _parts(chunk: str) -> Iterator[tuple[int, int]]:
    """Yield the words of a chunk held together by hyphens and apostrophes."""
    pieces = [match.span() for match in _BETWEEN_HYPHENS.finditer(chunk)]
    while pieces:
        start, end = pieces.pop(0)
        if pieces and fold(chunk[start:end]) in _JOINED:
            end = pieces.pop(0)[1]
        yield _without_elision(chunk, start, end)


def _without_elision(chunk: str, start: int, end: int) -> tuple[int, int]:
    """Narrow a piece to its word: women's is women, l'économie is économie, O'Brien stays whole."""
    pieces = [match.span() for match in _BETWEEN_APOSTROPHES.finditer(chunk, start, end)]
    if len(pieces) > 1 and fold(chunk[slice(*pieces[-1])]) in _CONTRACTIONS and pieces[0][1] - pieces[0][0] > 1:
        pieces.pop()
    if len(pieces) > 1 and fold(chunk[slice(*pieces[0])]) in _ELISIONS:
        pieces.pop(0)
    return pieces[0][0], pieces[-1][1]


_JOINTS = str.maketrans("", "", _APOSTROPHES + _HYPHENS)


@lru_cache(maxsize=200_000)
def _forms(written: str, field: str) -> tuple[str, str]:
    """Return the lemma and the folded word of a word; empty when nothing of it is left."""
    written = written.translate(_JOINTS)
    surface = "".join(fold(written).split())
    if is_arabic(surface):
        surface = without_article(surface)
    return surface and ("".join(lemma(written, field).split()) or surface), surface


def _token(written: str, start: int, end: int, field: str) -> Token | None:
    text, surface = _forms(written, field)
    return Token(text, start, end, surface) if text else None


def _by_runs(written: str, start: int, field: str) -> Iterator[Token]:
    """Yield the tokens of a word in which an unspaced script stands, alone or beside Latin letters or digits."""
    for run in _RUN.finditer(written):
        begin = start + run.start()
        if not _IS_UNSPACED.match(run[0]):
            token = _token(run[0], begin, begin + len(run[0]), field)
            if token:
                yield token
            continue
        width = min(2, len(run[0]))
        for place in range(len(run[0]) - width + 1):
            pair = "".join(fold(run[0][place : place + width]).split())
            if pair:
                yield Token(pair, begin + place, begin + place + width, pair, place > 0)
