"""What matching reads in a name: its words without its legal form, the arm it speaks of, its initials."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

import yaml

from essaim.values.name_parts import name_parts
from essaim.values.names import linking_words, tokens


@dataclass(frozen=True)
class Wording:
    """One name, read.

    Attributes:
        full: every word, folded, in order.
        words: the words that carry weight, without legal form, in order; never empty when `full` is not.
        legal_class: association, cooperative...; empty when the name shows none.
        arms: foundation, friends, branch, africa...: what sets an arm of an organisation apart from it.
        initials: the word its first letters make, of all words and of those that carry weight.
    """

    full: tuple[str, ...]
    words: tuple[str, ...]
    legal_class: str
    arms: frozenset[str]
    initials: frozenset[str]


@cache
def _vocabulary() -> dict[str, Any]:
    text = files("essaim.pipeline.match").joinpath("vocabulary.yaml").read_text("utf-8")
    return dict(yaml.safe_load(text))


@cache
def _arms() -> dict[str, str]:
    return {word: arm for arm, words in _vocabulary()["arms"].items() for word in words}


@cache
def _short_forms() -> frozenset[str]:
    return frozenset(_vocabulary()["short_forms"])


@lru_cache(maxsize=200_000)
def read(name: str) -> Wording:
    """Read one name as a source wrote it."""
    full, parts = tuple(tokens(name)), name_parts(name)
    core = _without_short_forms(tuple(parts.core.split()))
    words = _weighty(core) or core or full
    arms = frozenset(parts.markers) | {_arms()[word] for word in full if word in _arms()}
    return Wording(full, words, parts.legal_class, arms, _initials(full, words))


def _without_short_forms(words: tuple[str, ...]) -> tuple[str, ...]:
    while len(words) > 1 and words[-1] in _short_forms():
        words = words[:-1]
    while len(words) > 1 and words[0] in _short_forms():
        words = words[1:]
    return words


def _weighty(core: tuple[str, ...]) -> tuple[str, ...]:
    """Drop small words, and lone letters (s of women's) where two words remain without them."""
    words = tuple(word for word in core if word not in linking_words())
    longer = tuple(word for word in words if len(word) > 1 or word.isdigit() or not word.isascii())
    return longer if len(longer) > 1 else words


def _initials(full: tuple[str, ...], words: tuple[str, ...]) -> frozenset[str]:
    ways = (full, words, tuple(word for word in full if word not in linking_words()))
    return frozenset("".join(word[0] for word in way) for way in ways if len(way) >= 3)
