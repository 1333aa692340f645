"""The fields of the index, and how an entry is laid into them."""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

import tantivy

from essaim.text.analyse import Token, analyse
from essaim.text.entry import FACETS, Entry
from essaim.text.fold import fold
from essaim.text.lemmas import LANGUAGES, language_of_field

GAP = "\u241f"
"""Stands between two texts of one field, so that no phrase runs from one into the other."""
SURFACE, WHOLE, RANK, BOOST, SHOWN = "surface", "whole", "rank", "boost", "shown"

Forms = dict[str, dict[str, set[str]]]
"""Language of a field -> folded word -> its lemmas, for the words whose lemma is another: the words met while building."""


def title_field(language: str) -> str:
    """Return the field of lemmas of titles and other names in a language of `LANGUAGES`."""
    return f"title_{language}"


def body_field(language: str) -> str:
    """Return the field of lemmas of bodies in a language of `LANGUAGES`."""
    return f"body_{language}"


def facet_field(name: str) -> str:
    """Return the field that holds a facet's codes as they are."""
    return f"facet_{name}"


def schema() -> tantivy.Schema:
    """Return the index's schema.

    One field a language holds lemmas, cut at spaces because the text comes analysed; `surface` holds the folded words of
    all names for prefixes and typing mistakes, `whole` each name as one term, `shown` what a hit displays.
    """
    builder = tantivy.SchemaBuilder()
    for language in LANGUAGES:
        builder.add_text_field(title_field(language), tokenizer_name="whitespace")
        builder.add_text_field(body_field(language), tokenizer_name="whitespace")
    builder.add_text_field(SURFACE, tokenizer_name="whitespace")
    builder.add_text_field(WHOLE, tokenizer_name="raw", index_option="basic")
    for name in FACETS:
        builder.add_text_field(facet_field(name), fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field(RANK, fast=True)
    builder.add_float_field(BOOST, fast=True)
    builder.add_bytes_field(SHOWN, stored=True)
    return builder.build()


def lay_out(entry: Entry, forms: Forms) -> dict[str, Any]:
    """Return the fields of an entry, rank and boost excepted; the lemmas met are added to `forms`."""
    fields: dict[str, list[str]] = defaultdict(list)
    for language, name in _all_names(entry):
        tokens = analyse(name, language)
        if tokens:
            fields[title_field(_learn(tokens, language, forms))].append(" ".join(token.text for token in tokens))
            fields[SURFACE].append(" ".join(token.surface for token in tokens))
    whole = list(dict.fromkeys(fields[SURFACE]))
    for language, body in entry.bodies:
        tokens = analyse(body, language)
        fields[body_field(_learn(tokens, language, forms))].append(_body(tokens))
    laid: dict[str, Any] = {name: f" {GAP} ".join(texts) for name, texts in fields.items()}
    for name, codes in facets_of(entry).items():
        if name in FACETS:
            laid[facet_field(name)] = list(dict.fromkeys(codes))
    return laid | {WHOLE: whole, SHOWN: json.dumps(_shown(entry), ensure_ascii=False)}


def facets_of(entry: Entry) -> dict[str, list[str]]:
    """Return an entry's facets with its kind among them."""
    return {"kind": [entry.kind]} | {name: list(codes) for name, codes in entry.facets.items()}


def sort_key(entry: Entry) -> tuple[float, str, str]:
    """Return what puts entries in the order of an empty query: by weight, then by title, then by id."""
    return -_weight(entry), fold(entry.titles.get("en") or next(iter(entry.titles.values()), "")), entry.id


def boost(weight: float, rank: int, count: int) -> float:
    """Return the stored boost that makes a score grow gently with weight, and breaks ties by rank.

    The engine multiplies a score by log2(2 + boost); the factor wanted is 1 + 0.15 log2(1 + weight) + a thousandth at most.
    """
    factor = 1 + 0.15 * math.log2(1 + weight) + 0.001 * (1 - rank / max(1, count))
    return float(2 ** min(factor, 64.0) - 2)


def _weight(entry: Entry) -> float:
    return min(max(0.0, entry.weight), 1e12) if math.isfinite(entry.weight) else 0.0


def _all_names(entry: Entry) -> Iterator[tuple[str, str]]:
    yield from entry.titles.items()
    for name in entry.names:
        yield name[0], name[1]


def _learn(tokens: Iterable[Token], language: str, forms: Forms) -> str:
    field = language_of_field(language)
    known = forms.setdefault(field, {})
    for token in tokens:
        if token.text != token.surface:
            known.setdefault(token.surface, set()).add(token.text)
    return field


def _body(tokens: list[Token]) -> str:
    """Return the lemmas of a body in order, then the words that are not their own lemma, so that both are found."""
    lemmas = [token.text for token in tokens]
    others = dict.fromkeys(token.surface for token in tokens if token.surface != token.text)
    return " ".join([*lemmas, GAP, *others]) if others else " ".join(lemmas)


def _shown(entry: Entry) -> dict[str, Any]:
    return {
        "kind": entry.kind,
        "id": entry.id,
        "titles": dict(entry.titles),
        "names": [list(name) for name in entry.names],
        "bodies": [list(body) for body in entry.bodies],
        "facets": facets_of(entry),
        "address": entry.address,
    }
