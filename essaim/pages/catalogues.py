"""The message catalogues: taken out of code and templates, checked for gaps, compiled, all without a gettext package.

`python -m essaim.pages.catalogues extract|compile|check [app...]`
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract as extract_messages
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

PACKAGE = Path(__file__).resolve().parent.parent
LANGUAGES = ("fr", "es")
# gettext's functions as Django names them; a number says which argument is the message, "1c" which is the context.
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
EMPTY_HEADERS = tuple(
    f'"{name}:'
    for name in (
        "POT-Creation-Date", "PO-Revision-Date", "Generated-By", "Last-Translator",
        "Project-Id-Version", "Report-Msgid-Bugs-To", "Language-Team",
    )
)  # fmt: skip
TEMPLATE_ENDINGS = {".html", ".txt"}

Key = tuple[str, str | None]


def compile_all(package: Path = PACKAGE) -> int:
    """Compile every .po that is newer than its .mo.

    Returns:
        How many were compiled.
    """
    done = 0
    for po in sorted(package.glob("*/locale/*/LC_MESSAGES/django.po")):
        mo = po.with_suffix(".mo")
        if mo.exists() and mo.stat().st_mtime_ns >= po.stat().st_mtime_ns:
            continue
        draft = mo.with_suffix(".mo-draft")
        with draft.open("wb") as opened:
            write_mo(opened, _read(po))
        draft.replace(mo)
        done += 1
    return done


def extract(apps: Iterable[str] = (), package: Path = PACKAGE) -> dict[str, int]:
    """Bring the catalogues up to what code and templates say; translations are kept, what is gone is dropped.

    Args:
        apps: names of apps; none means every app that has or needs a catalogue.
        package: the folder of the apps.

    Returns:
        App to number of messages.
    """
    counts = {}
    for app in _apps(apps, package):
        found = messages(app)
        if not found:
            continue
        for language in LANGUAGES:
            _update(app / "locale" / language / "LC_MESSAGES" / "django.po", language, found)
        counts[app.name] = len(found)
    return counts


def check_complete(apps: Iterable[str] = (), package: Path = PACKAGE) -> list[str]:
    """List every gap: a message that is missing, not translated, fuzzy, or no longer used, by app and language."""
    faults: list[str] = []
    for app in _apps(apps, package):
        found = messages(app)
        for language in LANGUAGES:
            po = app / "locale" / language / "LC_MESSAGES" / "django.po"
            held = {_key(message): message for message in _read(po) if message.id} if po.exists() else {}
            faults += [f"{app.name} {language}: {fault}" for fault in _faults(found, held)]
    return faults


def messages(app: Path) -> dict[Key, Message]:
    """Take the messages out of one app's Python files and templates, with where they stand."""
    found: dict[Key, Message] = {}
    for file, stream in _sources(app):
        for line, text, comments, context in extract_messages("python", stream, keywords=KEYWORDS, comment_tags=["Translators:"]):
            message = found.setdefault(_key_of(text, context), Message(text, context=context))
            message.locations.append((file.relative_to(app.parent).as_posix(), line))
            message.auto_comments += [comment for comment in comments if comment not in message.auto_comments]
    return found


def _sources(app: Path) -> Iterator[tuple[Path, io.BytesIO]]:
    # Imported here: compiling, which a build does, must not ask for Django.
    from django.conf import settings
    from django.utils.translation.template import templatize

    if not settings.configured:
        settings.configure()
    for file in sorted(app.rglob("*")):
        if file.suffix == ".py":
            yield file, io.BytesIO(file.read_bytes())
        elif file.suffix in TEMPLATE_ENDINGS and "templates" in file.parts:
            yield file, io.BytesIO(templatize(file.read_text("utf-8"), origin=str(file)).encode())


def _apps(names: Iterable[str], package: Path) -> list[Path]:
    chosen = list(names)
    every = sorted(folder for folder in package.iterdir() if (folder / "apps.py").exists())
    return [folder for folder in every if not chosen or folder.name in chosen]


def _update(po: Path, language: str, found: dict[Key, Message]) -> None:
    old = {_key(message): message for message in _read(po) if message.id} if po.exists() else {}
    fresh = Catalog(locale=language, project="Essaim", copyright_holder="the Essaim contributors", fuzzy=False)
    fresh.header_comment = "# Messages of Essaim. Made by `python -m essaim.pages.catalogues extract`; translated by hand."
    for key in sorted(found, key=lambda one: (one[0].casefold(), one[0], one[1] or "")):
        message = found[key]
        fresh.add(message.id, auto_comments=message.auto_comments, context=message.context)
        if key in old and isinstance(old[key].id, str) == isinstance(message.id, str):
            fresh.get(_first(message.id), message.context).string = old[key].string  # type: ignore[union-attr]
    po.parent.mkdir(parents=True, exist_ok=True)
    with po.open("wb") as opened:
        write_po(opened, fresh, width=120, no_location=True, omit_header=False)
    _drop_empty_headers(po)


def _drop_empty_headers(po: Path) -> None:
    # Dates in the head of a catalogue change at every run and say nothing that git does not; the rest is unfilled form.
    lines = po.read_text("utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith(EMPTY_HEADERS)]
    po.write_text("".join(kept), "utf-8")


def _faults(found: dict[Key, Message], held: dict[Key, Message]) -> Iterator[str]:
    for key, message in found.items():
        there = held.get(key)
        if there is None:
            yield f"missing: {key[0]!r}"
        elif there.fuzzy:
            yield f"fuzzy: {key[0]!r}"
        elif not all(_strings(there)) or isinstance(there.id, str) != isinstance(message.id, str):
            yield f"not translated: {key[0]!r}"
    yield from (f"no longer used: {key[0]!r}" for key in held if key not in found)


def _strings(message: Message) -> Sequence[str]:
    string = message.string or ""
    return [string] if isinstance(string, str) else string


def _read(po: Path) -> Catalog:
    with po.open("rb") as opened:
        return read_po(opened, locale=po.parent.parent.name, domain="django")


def _first(text: str | Sequence[str]) -> str:
    return text if isinstance(text, str) else text[0]


def _key_of(text: str | Sequence[str], context: str | None) -> Key:
    return _first(text), context or None


def _key(message: Message) -> Key:
    return _key_of(message.id, message.context)


def main(arguments: Sequence[str]) -> int:
    """Run one of the three verbs; exit code 1 when the check finds gaps, 2 for an unknown verb."""
    verb, apps = (arguments[0], arguments[1:]) if arguments else ("", [])
    if verb == "compile":
        print(f"{compile_all()} catalogues compiled")
    elif verb == "extract":
        print("\n".join(f"{app}: {count} messages" for app, count in extract(apps).items()))
    elif verb == "check":
        faults = check_complete(apps)
        print("\n".join(faults) or "every catalogue is complete")
        return 1 if faults else 0
    else:
        print(__doc__, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
