"""The typefaces of the site, unpacked for documents: the built front end holds them as WOFF, Typst reads them as TrueType."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import typst
from django.contrib.staticfiles import finders

from essaim.config import configuration
from essaim.desk.documents.woff import sfnt_of
from essaim.errors import ConfigurationError

NAMED = re.compile(
    r"(?P<family>noto-sans-arabic|noto-sans|source-serif-4)-(?P<script>[a-z-]+)-\d+-(?:normal|italic)-.{8}\.woff\Z"
)
FAMILIES = {"noto-sans": "Noto Sans", "noto-sans-arabic": "Noto Sans Arabic", "source-serif-4": "Source Serif"}
SCRIPTS = (
    "latin", "latin-ext", "vietnamese", "greek", "greek-ext", "cyrillic", "cyrillic-ext", "arabic", "devanagari", "symbols",
)  # fmt: skip
"""In the order in which a text's signs are looked for."""


@lru_cache(maxsize=1)
def typefaces() -> typst.Fonts:
    """Return the site's typefaces, and after them those of Typst and of the machine for scripts that the site has none for.

    Raises:
        ConfigurationError: the front end was not built.
    """
    return typst.Fonts(font_paths=[unpacked()])


def families(*names: str) -> list[str]:
    """Return the names under which the cuts of some families are known, in the order in which signs are looked for.

    The front end cuts each family by script, so that a browser fetches little; a document names every cut.
    """
    return [f"{name} {cut(script)}" for name in names for script in SCRIPTS if _is_of(name, script)]


def cut(script: str) -> str:
    """Return how a cut is called in a family's name; Typst drops endings such as `ext` as a style."""
    return script.replace("-ext", "2").capitalize()


def _is_of(name: str, script: str) -> bool:
    return (script in ("arabic", "symbols")) == (name == FAMILIES["noto-sans-arabic"])


def unpacked() -> Path:
    """Unpack the typefaces into the data folder, once, and return where they lie.

    Raises:
        ConfigurationError: the front end was not built.
    """
    folder = configuration().home / "typefaces"
    folder.mkdir(parents=True, exist_ok=True)
    wanted = {file.with_suffix(".ttf").name: (file, name) for file, name in built()}  # the build names files by content
    for old in folder.glob("*.ttf"):
        if old.name not in wanted:
            old.unlink(missing_ok=True)
    for target, (file, name) in wanted.items():
        if not (folder / target).exists():
            draft = folder / f".{target}"
            draft.write_bytes(sfnt_of(file.read_bytes(), name))
            draft.replace(folder / target)
    return folder


def built() -> list[tuple[Path, str]]:
    """Return the typefaces of the front-end build, each with the name of its cut.

    Raises:
        ConfigurationError: the front end was not built.
    """
    place = finders.find("essaim/assets")
    files = sorted(Path(str(place)).glob("*.woff")) if place else []
    found = [(file, match) for file in files if (match := NAMED.match(file.name))]
    named = [(file, FAMILIES[match["family"]], match["script"]) for file, match in found]
    kept = [(file, f"{family} {cut(script)}") for file, family, script in named if script in SCRIPTS and _is_of(family, script)]
    if not kept:
        step = "Run `make setup`, or `python hatch_build.py`"
        raise ConfigurationError("the front end is not built, and it holds the typefaces", "essaim/assets", next_step=step)
    return kept
