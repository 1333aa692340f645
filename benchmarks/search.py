"""Our search beside SQLite FTS5 on the same invented organisations, in one run: `python benchmarks/search.py --rows 100000`."""

from __future__ import annotations

import argparse
import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import islice
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from essaim.text import FACETS, Entry, Index, Query, build_index
from essaim.text.analyse import analyse

_SYLLABLES = [first + last for first in "bdklmnrt" for last in "aeiou"]
_ENGLISH = "cooperative association mutual network farmers women bank solidarity housing bakery school energy health union"
_FRENCH = "coopérative association mutuelle réseau paysans femmes épargne solidarité habitat boulangerie école énergie"
_SPANISH = "cooperativa asociación mutual red campesinos mujeres ahorro solidaridad vivienda panadería escuela energía"
_COMMON = {"en": _ENGLISH.split(), "fr": _FRENCH.split(), "es": _SPANISH.split()}
_COUNTRIES = ("FRA", "ESP", "SEN", "BRA", "CHN", "MEX", "ITA", "KEN", "IND", "BEL", "CAN", "PER")
_TYPES = ("cooperative", "association", "mutual", "foundation", "social_enterprise")


def organisations(rows: int, seed: int = 1) -> Iterator[Entry]:
    """Yield invented organisations: two common words, two of many by Zipf's law, a body of twelve words."""
    chance = random.Random(seed)
    invented = ["".join(chance.choices(_SYLLABLES, k=chance.randint(2, 4))) for _ in range(max(1000, rows // 20))]
    for number in range(rows):
        language = chance.choice(("en", "fr", "es"))
        words = [*chance.sample(_COMMON[language], 2), *(_rare(chance, invented) for _ in range(2))]
        body = " ".join(chance.choice(_COMMON[language]) if chance.random() < 0.2 else _rare(chance, invented) for _ in range(12))
        facets = {"country": [chance.choice(_COUNTRIES)], "entity_type": [chance.choice(_TYPES)], "source": ["invented"]}
        title = " ".join(words).capitalize()
        yield Entry("organisation", f"o{number}", {language: title}, [], [(language, body)], facets, f"/organisations/o{number}")


def _rare(chance: random.Random, words: Sequence[str]) -> str:
    """Return one of many words, the n-th about 1/n as often as the first, as words are in a language (Zipf)."""
    return words[int(len(words) ** chance.random()) - 1]


def build_fts5(entries: Iterator[Entry], path: Path) -> sqlite3.Connection:
    """Lay the same names and bodies into FTS5 with its tokenizer that folds accents."""
    database = sqlite3.connect(path)
    database.execute("create virtual table entry using fts5(title, body, tokenize='unicode61 remove_diacritics 2')")
    texts = ((next(iter(entry.titles.values())), entry.bodies[0][1]) for entry in entries)
    database.executemany("insert into entry values (?, ?)", texts)
    database.execute("insert into entry(entry) values ('optimize')")
    database.commit()
    return database


def ask_fts5(database: sqlite3.Connection, words: Sequence[str], joint: str) -> int:
    """Ask as a page needs it: the total, and the 20 best by BM25 with titles weighing more."""
    match = f" {joint} ".join(f'"{word}"' for word in words)
    total = database.execute("select count(*) from entry where entry match ?", (match,)).fetchone()[0]
    database.execute(
        "select rowid, title, body from entry where entry match ? order by bm25(entry, 3, 1) limit 20", (match,)
    ).fetchall()
    return int(total)


def ask_essaim(index: Index, words: Sequence[str], facets: Sequence[str]) -> int:
    """Ask as a page does: readings tried in turn, the exact total, 20 hits with snippets, facets if wanted."""
    return index.search(Query(" ".join(words), facets=facets)).total


def triples(rows: int, number: int, *, together: bool) -> list[list[str]]:
    """Return three words each: of one title and body (so that all are found together), or of three."""
    texts = [f"{next(iter(entry.titles.values()))} {entry.bodies[0][1]}" for entry in islice(organisations(rows), 3000)]
    chance = random.Random(2)
    words = [sorted({token.surface for token in analyse(text, "und")}) for text in texts]
    if together:
        return [chance.sample(of, 3) for of in chance.sample(words, number)]
    return [[chance.choice(of) for of in chance.sample(words, 3)] for _ in range(number)]


def measure(ask: Callable[[Sequence[str]], int], questions: Sequence[Sequence[str]]) -> tuple[float, float, int]:
    """Return the median time of a question in ms by the clock and by the processor, and how many things were found in all."""
    times, found = [], 0
    for words in questions:
        start, worked = time.perf_counter(), time.process_time()
        found += ask(words)
        times.append((1000 * (time.perf_counter() - start), 1000 * (time.process_time() - worked)))
    clock, processor = zip(*times, strict=True)
    return statistics.median(clock), statistics.median(processor), found


def main() -> None:
    """Build both, ask both in turns, print medians and their ratio.

    The words of an OR never stand together, so that our index, which wants all words, comes to its reading of some.
    """
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--questions", type=int, default=60)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        start = time.process_time()
        build_index(organisations(options.rows), Path(folder) / "index")
        print(f"build: essaim {time.process_time() - start:.1f} CPU s", end="")
        start = time.process_time()
        database = build_fts5(organisations(options.rows), Path(folder) / "fts.sqlite")
        print(f", FTS5 {time.process_time() - start:.1f} CPU s, {options.rows} organisations")
        compare(Index.open(Path(folder) / "index"), database, options)
        database.close()


def compare(index: Index, database: sqlite3.Connection, options: argparse.Namespace) -> None:
    """Ask both the same questions in turns and print what is seen."""
    together = triples(options.rows, options.questions, together=True)
    apart = triples(options.rows, 5 * options.questions, together=False)
    apart = [words for words in apart if index.search(Query(" ".join(words))).partial][: options.questions]
    cases: list[tuple[str, str, tuple[str, ...], list[list[str]]]] = [
        ("3 words OR", "OR", (), apart),
        ("3 words OR, 7 facets counted", "OR", FACETS, apart),
        ("3 words AND", "AND", (), together),
        ("3 words AND, 7 facets counted", "AND", FACETS, together),
    ]
    for name, joint, facets, questions in cases:
        mine, theirs = partial(ask_essaim, index, facets=facets), partial(ask_fts5, database, joint=joint)
        pairs = [(measure(mine, questions), measure(theirs, questions)) for _ in range(options.rounds)]
        rounds = [f"{name}: p50"]
        for which, measured in enumerate(("by the clock", "by the processor")):
            mine_ms, their_ms = (statistics.median(pair[side][which] for pair in pairs) for side in (0, 1))
            ratio = statistics.median(pair[1][which] / pair[0][which] for pair in pairs)
            rounds.append(f"{measured} essaim {mine_ms:.2f} ms, FTS5 {their_ms:.2f} ms, ratio {ratio:.1f};")
        print(*rounds, f"found {pairs[0][0][2] // len(questions)} and {pairs[0][1][2] // len(questions)}", flush=True)


if __name__ == "__main__":
    main()
