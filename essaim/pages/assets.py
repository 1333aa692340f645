"""The files of the front-end build, found by the names the templates use."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from essaim.errors import ConfigurationError

FOLDER = "essaim"


def tags(entry: str) -> SafeString:
    """Return the style sheets, module preloads and module script of one entry of the build.

    Args:
        entry: name of an entry of `frontend/vite.config.js`: `main`, `map`.

    Raises:
        ConfigurationError: the front end was not built, or has no such entry.
    """
    styles, modules, script = _files(entry)
    return SafeString(
        format_html_join("\n", '<link rel="stylesheet" href="{}">', ((address(name),) for name in styles))
        + format_html_join("", '\n<link rel="modulepreload" href="{}">', ((address(name),) for name in modules))
        + (format_html('\n<script type="module" src="{}"></script>', address(script)) if script else "")
    )


def address(name: str) -> str:
    """Return the address of a built file, named as the manifest names it (`assets/main-x1y2z3.css`)."""
    return static(f"{FOLDER}/{name}")


def built_json(name: str) -> Any:
    """Read a JSON file of the build, such as `outline.json`.

    Raises:
        ConfigurationError: the front end was not built.
    """
    return _read(name, _stamp(name))


def source_address(source: str) -> str:
    """Return the address of a file that the build hashed, by its path in `frontend/`.

    Raises:
        ConfigurationError: the front end was not built, or holds no such file.
    """
    manifest = built_json("manifest.json")
    if source not in manifest:
        raise ConfigurationError("the front-end build has no such file", where="manifest.json", found=source)
    return address(manifest[source]["file"])


def _files(entry: str) -> tuple[list[str], list[str], str]:
    manifest: dict[str, dict[str, Any]] = built_json("manifest.json")
    key = next((key for key, chunk in manifest.items() if chunk.get("isEntry") and chunk.get("name") == entry), None)
    if key is None:
        raise ConfigurationError("the front-end build has no such entry", where="manifest.json", found=entry)
    seen: dict[str, None] = {}
    _walk(manifest, key, seen)
    chunks = [manifest[name] for name in seen]
    styles = list(dict.fromkeys(style for chunk in reversed(chunks) for style in chunk.get("css", ())))
    modules = [chunk["file"] for chunk in chunks[1:] if chunk["file"].endswith(".js")]
    return styles, modules, manifest[key]["file"]


def _walk(manifest: dict[str, dict[str, Any]], key: str, seen: dict[str, None]) -> None:
    if key not in seen:
        seen[key] = None
        for name in manifest[key].get("imports", ()):
            _walk(manifest, name, seen)


def _stamp(name: str) -> tuple[str, int]:
    found = finders.find(f"{FOLDER}/{name}")
    if not found:
        raise ConfigurationError(
            "the front end is not built", where=f"{FOLDER}/{name}", next_step="Run `make setup`, or `python hatch_build.py`"
        )
    return str(found), Path(str(found)).stat().st_mtime_ns if settings.DEBUG else 0


@lru_cache(maxsize=8)
def _read(name: str, stamp: tuple[str, int]) -> Any:
    return json.loads(Path(stamp[0]).read_text("utf-8"))
