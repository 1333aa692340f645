"""Where the pages stand: the small world's release, an invented site index beside it, or nothing yet."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from essaim.config import configuration
from essaim.text import Entry, build_index


def invented_norm(number: int, title: str) -> Entry:
    """Return an entry of the site's index that no packaged file holds."""
    return Entry(
        kind="norm",
        id=f"invented-{number}",
        titles={"en": title, "fr": f"Recommandation inventée {number}"},
        names=[("und", f"EX/{number}", "acronym")],
        bodies=[("en", "What the example network asks of co-operatives.")],
        facets={"source": ["norms"], "language": ["en", "fr"]},
        address=f"/norms/invented-{number}",
    )


@pytest.fixture
def site_index(tmp_path: Path) -> Iterator[None]:
    """Put an invented index in the place of the site's, and take it away again."""
    place = configuration().site_index
    build_index(
        [invented_norm(1, "Invented recommendation on gardens"), invented_norm(2, "Invented resolution")], tmp_path / "index"
    )
    aside = place.with_name("site-index-aside")
    if place.is_symlink() or place.exists():
        place.rename(aside)
    place.symlink_to(tmp_path / "index", target_is_directory=True)
    yield
    place.unlink()
    if aside.is_symlink() or aside.exists():
        aside.rename(place)


@pytest.fixture
def before_the_first_release() -> Iterator[None]:
    """Take the link to the served release away for a while."""
    link = configuration().releases / "current"
    aside = link.with_name("current-aside")
    if link.is_symlink():
        link.rename(aside)
    yield
    if aside.is_symlink():
        aside.rename(link)
