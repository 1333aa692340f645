"""Showing a hit: its title in the person's language, the piece of text that was met, and why it is there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from essaim.text.entry import Hit
from essaim.text.lemmas import language_of_field
from essaim.text.wanted import Wanted

_WIDTH = 220
"""Length of a snippet, code points."""
_LEAD = 60
"""How much text stands before the first word met."""
_SPACES = str.maketrans("\n\r\t\u2028\u2029\x0b\x0c", "       ")
_LONGEST_ACRONYM = 12
_CODES = ("name", "acronym", "former_name", "body")
_Spans = list[tuple[int, int]]


def show(shown: Mapping[str, Any], score: float, language: str, wanted: Wanted | None, *, corrected: bool) -> Hit:
    """Make a hit of what the index keeps of an entry.

    Args:
        shown: kind, id, titles, names, bodies, facets, address as the entry had them.
        score: of the hit.
        language: of the person.
        wanted: the words met; None when no words were asked for.
        corrected: True when typing mistakes were forgiven.
    """
    title_language, title = _preferred(list(shown["titles"].items()), language) or ("und", "")
    why, (snippet, spans) = _reasons(shown, title, language, wanted or Wanted())
    if corrected and why:
        why.append("typo")
    return Hit(
        kind=shown["kind"],
        id=shown["id"],
        title=title,
        title_language=title_language,
        address=shown["address"],
        score=score,
        snippet=snippet,
        spans=tuple(spans),
        why=tuple(why),
        facets={name: tuple(codes) for name, codes in shown["facets"].items()},
    )


def kind_of_name(name: Sequence[str]) -> str:
    """Return why-code of an entry's other name: as its third part says, or by its looks.

    Example:
        >>> kind_of_name(["en", "ICA"]), kind_of_name(["fr", "Ancien réseau", "former_name"])
        ('acronym', 'former_name')
    """
    if len(name) > 2:
        return name[2] if name[2] in ("acronym", "former_name") else "name"
    is_short = len(name[1]) <= _LONGEST_ACRONYM and " " not in name[1].strip()
    return "acronym" if is_short and sum(sign.isupper() for sign in name[1]) >= 2 else "name"


def _preferred(texts: Sequence[Sequence[str]], language: str) -> tuple[str, str] | None:
    """Return (language, text) in the person's language, else in English, else of unknown language, else the first."""
    by_language = {of: text for of, text, *_ in reversed(texts)}
    for wish in (language, language.split("-", 1)[0], "en", "und"):
        if wish in by_language:
            return wish, by_language[wish]
    return (texts[0][0], texts[0][1]) if texts else None


def _reasons(shown: Mapping[str, Any], title: str, language: str, wanted: Wanted) -> tuple[list[str], tuple[str, _Spans]]:
    """Return the why-codes and the snippet with its spans."""
    titles = [(text, spans) for of, text in shown["titles"].items() if (spans := _spans(text, of, wanted))]
    names = [(name, spans) for name in shown["names"] if (spans := _spans(name[1], name[0], wanted))]
    bodies = [(of, body, _spans(body, of, wanted)) for of, body in shown["bodies"]]
    met = [body for body in bodies if body[2]]
    why = {kind_of_name(name) for name, _ in names} | ({"name"} if titles else set()) | ({"body"} if met else set())
    order = [code for code in _CODES if code in why]
    named = titles + [(name[1], spans) for name, spans in names]
    if named and not met and all(text != title for text, _ in titles):
        return order, named[0]
    best = _preferred([(of, body) for of, body, _ in met or bodies], language)
    at = next((spans for of, body, spans in met or bodies if best == (of, body)), [])
    return order, _window(best[1], at) if best else ("", [])


def _spans(text: str, language: str, wanted: Wanted) -> _Spans:
    return wanted.spans(text, language_of_field(language)) if wanted.surfaces else []


def _window(body: str, spans: _Spans) -> tuple[str, _Spans]:
    """Cut the piece of a body around the words met, at spaces, with an ellipsis where text is left out."""
    text = body.translate(_SPACES)
    if len(text) <= _WIDTH:
        return text, spans
    first = _densest(spans)
    start = 0 if first < _LEAD else _next_space(text, first - _LEAD, first)
    end = min(len(text), start + _WIDTH)
    if end < len(text):
        end = max(text.rfind(" ", first, end), start + _WIDTH // 2) if " " in text[first:end] else end
    before, after = "…" if start else "", "…" if end < len(text) else ""
    shift = len(before) - start
    inside = [(begin + shift, stop + shift) for begin, stop in spans if begin >= start and stop <= end]
    return before + text[start:end] + after, inside


def _densest(spans: _Spans) -> int:
    """Return the place of the word met from which the most others are near."""
    begins = [begin for begin, _ in spans]
    reach = _WIDTH - _LEAD
    return max(begins, key=lambda begin: (sum(begin <= other < begin + reach for other in begins), -begin), default=0)


def _next_space(text: str, place: int, limit: int) -> int:
    found = text.find(" ", place, limit)
    return found + 1 if found >= 0 else place
