"""What a person asks for: the words of a query, cleaned, and the test whether a word of a text answers them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from rapidfuzz.distance import OSA

from essaim.text.analyse import Token, analyse
from essaim.text.lemmas import OTHER

MOST_SIGNS = 500
MOST_UNITS = 24
_PARTS = re.compile(r"[\"“”„«](?P<phrase>[^\"“”„«»]*)[\"“”„»]|(?P<loose>[^\"“”„«»]+)|.", re.DOTALL)
_LEAST_FUZZY = 3
_LONG = 8
_SLIGHT_WORDS = """
    the of and for in to a an on at by with from or as
    le la les de des du et en au aux un une par pour sur dans
    el los las del y con o os do da dos das e em na para com um uma
    der und den dem fur von im il lo gli di della dei per
"""
_SLIGHT = frozenset(_SLIGHT_WORDS.split())


@dataclass(frozen=True)
class Unit:
    """One thing a match must have: a word, a phrase, or the beginning of a word.

    Attributes:
        words: (folded word, word as written) in order; more than one make a phrase.
        is_prefix: True when the last word may go on.
        is_slight: True for articles and the like, which are passed over when anything else was asked.
    """

    words: tuple[tuple[str, str], ...]
    is_prefix: bool = False
    is_slight: bool = False

    @property
    def surface(self) -> str:
        """The folded words, with spaces."""
        return " ".join(word for word, _ in self.words)

    @property
    def distance(self) -> int:
        """How many signs a typing mistake may change: none for phrases and the shortest words, 2 from 8 letters on."""
        word = self.words[0][0]
        if len(self.words) > 1 or len(word) < _LEAST_FUZZY or not word.isalpha():
            return 0
        return 2 if len(word) >= _LONG else 1


def units_of(words: str, *, as_typed: bool = False) -> list[Unit]:
    """Read what a person typed; any text is allowed, the longest are cut.

    Args:
        words: with "quotes" for a phrase and a final * for any ending.
        as_typed: True when the last word may still be going on.

    Returns:
        The units in order; empty when there is no word in the text.
    """
    units: list[Unit] = []
    for part in _PARTS.finditer(words[:MOST_SIGNS]):
        if part["phrase"]:
            tokens = analyse(part["phrase"], OTHER)
            if tokens:
                units.append(Unit(tuple(_pair(token, part["phrase"]) for token in tokens)))
        elif part["loose"]:
            units.extend(_loose(part["loose"]))
    units = units[:MOST_UNITS]
    if as_typed and units and words[-1:].isalnum():
        units[-1] = replace(units[-1], is_prefix=True, is_slight=False)
    return units


def weighty(units: Sequence[Unit]) -> list[Unit]:
    """Return the units without the slight words, or all when they are all slight."""
    return [unit for unit in units if not unit.is_slight] or list(units)


def _loose(text: str) -> list[Unit]:
    groups: list[list[Token]] = []
    for token in analyse(text, OTHER):
        if token.follows and groups:
            groups[-1].append(token)
        else:
            groups.append([token])
    return [_unit(group, text) for group in groups]


def _unit(group: Sequence[Token], text: str) -> Unit:
    pairs = tuple(_pair(token, text) for token in group)
    is_sign = len(pairs) == 1 and len(pairs[0][0]) == 1 and pairs[0][0] > "\u0e00"
    is_slight = len(pairs) == 1 and pairs[0][0] in _SLIGHT and not (pairs[0][1].isupper() and len(pairs[0][1]) > 1)
    return Unit(pairs, is_prefix=is_sign or text[group[-1].end :][:1] == "*", is_slight=is_slight)


def _pair(token: Token, text: str) -> tuple[str, str]:
    return token.surface, text[token.start : token.end]


@dataclass(frozen=True)
class Wanted:
    """Which words of a text answer a query, for marking them.

    Attributes:
        surfaces: folded words asked for.
        lemmas: language of a field -> lemmas asked for.
        beginnings: beginnings of words asked for.
        near: (folded word, greatest distance) where a typing mistake was forgiven.
        forms: language -> folded word -> lemmas, of the index.
    """

    surfaces: frozenset[str] = frozenset()
    lemmas: Mapping[str, frozenset[str]] = field(default_factory=dict)
    beginnings: tuple[str, ...] = ()
    near: tuple[tuple[str, int], ...] = ()
    forms: Mapping[str, Mapping[str, Sequence[str]]] = field(default_factory=dict)

    def spans(self, text: str, language: str) -> list[tuple[int, int]]:
        """Return (start, end) of the words of a text that answer, code points, overlapping ones joined."""
        found: list[tuple[int, int]] = []
        for token in analyse(text, OTHER):
            if not self._has(token.surface, language):
                continue
            if found and token.start < found[-1][1]:
                found[-1] = found[-1][0], token.end
            else:
                found.append((token.start, token.end))
        return found

    def _has(self, surface: str, language: str) -> bool:
        if surface in self.surfaces or surface.startswith(self.beginnings):
            return True
        lemmas = self.lemmas.get(language)
        if lemmas and any(lemma in lemmas for lemma in self.forms.get(language, {}).get(surface, (surface,))):
            return True
        return any(OSA.distance(word, surface, score_cutoff=most) <= most for word, most in self.near)
