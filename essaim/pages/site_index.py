"""The site's search index: every kind of the database, built whole and swapped in at once."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from django.conf import settings
from django.utils.translation import override

from essaim.pages.facts import PackagedThing
from essaim.pages.own_words import versions
from essaim.pages.registry import kind, kinds
from essaim.text import Entry, build_index


def entry(
    name: str,
    thing: PackagedThing,
    facets: Mapping[str, Sequence[str]],
    names: Sequence[tuple[str, ...]] = (),
    own_words: Iterable[str] = (),
) -> Entry:
    """Build the entry of a thing: its titles in every language, its other names, our own words with their translations.

    Args:
        name: name of its kind.
        thing: the thing.
        facets: facet to codes.
        names: see `text.Entry`.
        own_words: strings in our English words.
    """
    titles = titles_everywhere(thing)
    bodies = [version for text in own_words if text for version in versions(text)]
    spoken = {"language": sorted(set(titles) - {"und"})}
    return Entry(name, thing.id, titles, list(names), bodies, spoken | dict(facets), kind(name).address(thing.id))


def titles_everywhere(thing: PackagedThing) -> dict[str, str]:
    """Return a thing's titles with those that the site makes for each of its languages."""
    titles = dict(thing.titles)
    for code, _name in settings.LANGUAGES:
        with override(code):
            titled = thing.titled
        if titled.language in ("", code):
            titles.setdefault(code, titled.text)
    return titles


def entries() -> Iterator[Entry]:
    """Yield what the index holds of every kind."""
    for known in kinds():
        yield from known.search_entries()


def reindex(place: Path) -> int:
    """Build the index beside its place and swap it in by renaming a link; a reader sees the old one or the new one.

    Args:
        place: usually `configuration().site_index`.

    Returns:
        How many entries it holds.
    """
    place.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=f"{place.name}-", dir=place.parent))
    try:
        count = build_index(entries(), fresh)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise
    _point(place, fresh)
    _drop_others(place, fresh)
    return count


def _point(place: Path, fresh: Path) -> None:
    if place.exists() and not place.is_symlink():
        place.rename(place.with_name(f"{place.name}-{os.getpid()}-before"))
    link = place.with_name(f".{place.name}-{os.getpid()}")
    link.unlink(missing_ok=True)
    link.symlink_to(fresh.name, target_is_directory=True)
    link.replace(place)


def _drop_others(place: Path, kept: Path) -> None:
    for folder in place.parent.glob(f"{place.name}-*"):
        if folder.name != kept.name and folder.is_dir():
            shutil.rmtree(folder, ignore_errors=True)
