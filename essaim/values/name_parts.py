"""What a name says beyond itself: its legal form, its marks of a part or a kin, and the core that is left."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from essaim.reference import legal_form_words
from essaim.values.folding import fold
from essaim.values.names import linking_words, tokens
from essaim.values.scripts import script

_UNSPACED = frozenset({"Hani", "Jpan", "Kore"})
Phrases = dict[str, list[tuple[tuple[str, ...], str]]]  # first word to (phrase, class), the longest first
Parts = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class NameParts:
    """What a name says.

    Attributes:
        core: its words without those of the legal form, folded; the whole name where nothing else is left.
        legal_class: class of `legal_form_words` (cooperative, association, company...), empty when the name tells none.
        entity_type: entity type of the UN definition for that class, empty for none.
        markers: what marks a part or a kin of a body, sorted: foundation, friends, branch, federation...
        script: ISO 15924 code of most letters.
    """

    core: str
    legal_class: str
    entity_type: str
    markers: tuple[str, ...]
    script: str


@lru_cache(maxsize=65536)
def name_parts(name: str) -> NameParts:
    """Read a name.

    An SSE form wins over a company's sign beside it ("X Cooperative Ltd"), a closer form over a mere "society", a head
    over its complement ("Association of Cooperatives" is an association), a word at the end over one within, and else
    the first word wins.
    """
    words = tokens(name)
    spans = _legal_spans(words)
    found = [*(_found(span, words) for span in spans), *_glued(words)]
    legal_class = min(found)[4] if found else ""
    return NameParts(
        core=_core(words, spans) or " ".join(words),
        legal_class=legal_class,
        entity_type=_words().entity_types.get(legal_class, ""),
        markers=_markers(words),
        script=script(name),
    )


def core(name: str) -> str:
    """Return a name without the words of its legal form, folded."""
    return name_parts(name).core


def legal_class(name: str) -> str:
    """Return the class of legal form a name tells, empty when it tells none."""
    return name_parts(name).legal_class


def markers(name: str) -> tuple[str, ...]:
    """Return what marks a part or a kin of a body in a name, sorted."""
    return name_parts(name).markers


Span = tuple[int, int, str]  # start, length, class
Found = tuple[bool, int, bool, int, str]  # is a complement, how far it stands back, is not last, place, class
_BACKGROUND = frozenset({"company", "public_body"})


def _legal_spans(words: list[str]) -> list[Span]:
    for length in (3, 2, 1):
        name = _words().endings.get(tuple(words[-length:])) if len(words) > length else None
        if name:
            start = len(words) - length
            return [*_spans(words[:start], _words().phrases), (start, length, name)]
    return _spans(words, _words().phrases)


def _found(span: Span, words: list[str]) -> Found:
    start, length, name = span
    is_last = start + length == len(words)
    stands_back = 2 if name in _BACKGROUND else int(tuple(words[start : start + length]) in _words().generic)
    return (_is_complement(words, start), stands_back, not is_last, start, name)


def _is_complement(words: list[str], start: int) -> bool:
    """Tell whether a form stands after "of": "association of cooperatives" says what it is about, not what it is."""
    if tuple(words[start:]) in _words().endings:
        return False
    if start > 1 and words[start - 1] in linking_words():
        return True
    heads = _spans(words[:start], _words().phrases)
    return bool(heads) and any(word in linking_words() for word in words[heads[0][0] + heads[0][1] : start])


def _spans(words: list[str], phrases: Phrases) -> list[Span]:
    """Return where phrases stand (start, length, class), the longest first at each place, without overlap."""
    spans: list[Span] = []
    start = 0
    while start < len(words):
        for phrase, name in phrases.get(words[start], ()):
            if tuple(words[start : start + len(phrase)]) == phrase:
                spans.append((start, len(phrase), name))
                start += len(phrase)
                break
        else:
            start += 1
    return spans


def _glued(words: list[str]) -> list[Found]:
    """Return the classes told by ends of compounds and, in scripts without spaces, by parts of words."""
    ends = [
        (False, 0, True, place, name)
        for place, word in enumerate(words)
        for suffix, name in _words().suffixes
        if word.endswith(suffix) and len(word) > len(suffix)
    ]
    inside = [
        (False, 2 * (name in _BACKGROUND), True, place, name)
        for place, word in enumerate(words)
        for part, name in _words().substrings
        if not word.isascii() and part in word
    ]
    return ends + inside


def _core(words: list[str], spans: list[Span]) -> str:
    """Return the words left when forms at either edge are gone; a form within the name is part of it."""
    starts = {start: start + length for start, length, _ in spans}
    ends = {start + length: start for start, length, _ in spans if not _is_complement(words, start)}
    low, high, before = 0, len(words), (-1, -1)
    while low < high and before != (low, high):
        before = (low, high)
        low = low + 1 if words[low] in linking_words() else starts.get(low, low)
        high = high - 1 if high > low and words[high - 1] in linking_words() else ends.get(high, high)
    return " ".join(part for part in map(_without_parts, words[low:high]) if part)


def _without_parts(word: str) -> str:
    if not word.isascii():
        for part, _ in _words().substrings:
            word = word.replace(part, "")
    return word


def _markers(words: list[str]) -> tuple[str, ...]:
    spaced = {name for _, _, name in _spans(words, _words().markers)}
    glued = {name for part, name in _words().marker_parts for word in words if not word.isascii() and part in word}
    return tuple(sorted(spaced | glued))


@dataclass(frozen=True)
class _Words:
    phrases: Phrases
    endings: dict[tuple[str, ...], str]
    generic: frozenset[tuple[str, ...]]
    suffixes: Parts
    substrings: Parts
    markers: Phrases
    marker_parts: Parts
    entity_types: dict[str, str]


@cache
def _words() -> _Words:
    table = legal_form_words()
    classes: dict[str, Any] = table["classes"]
    marks = [(word, mark) for mark, words in table["markers"].items() for word in words]
    return _Words(
        phrases=_phrases(_entries(classes, "words")),
        endings={tuple(tokens(word)): name for word, name in reversed(_entries(classes, "endings"))},
        generic=frozenset(tuple(tokens(word)) for entry in classes.values() for word in entry.get("generic", ())),
        suffixes=_parts(_entries(classes, "suffixes")),
        substrings=_parts(_entries(classes, "substrings")),
        markers=_phrases(entry for entry in marks if script(entry[0]) not in _UNSPACED),
        marker_parts=_parts(entry for entry in marks if script(entry[0]) in _UNSPACED),
        entity_types={name: entry["entity_type"] for name, entry in classes.items()},
    )


def _entries(classes: dict[str, Any], part: str) -> list[tuple[str, str]]:
    return [(word, name) for name, entry in classes.items() for words in entry.get(part, {}).values() for word in words]


def _phrases(entries: Iterable[tuple[str, str]]) -> Phrases:
    known = {tuple(tokens(word)): name for word, name in reversed(list(entries))}
    phrases: Phrases = {}
    for phrase in sorted(known, key=lambda phrase: (-len(phrase), phrase)):
        phrases.setdefault(phrase[0], []).append((phrase, known[phrase]))
    return phrases


def _parts(entries: Iterable[tuple[str, str]]) -> Parts:
    folded = {fold(word): name for word, name in reversed(list(entries))}
    return tuple(sorted(folded.items(), key=lambda entry: (-len(entry[0]), entry[0])))
