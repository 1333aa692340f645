"""Building an index: entries are laid out, put in order, written beside the old index and swapped in."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any

import tantivy

from essaim.text.entry import Entry
from essaim.text.schema import BOOST, RANK, SHOWN, Forms, boost, lay_out, schema, sort_key

FORMAT = 1
ABOUT, IDS, FORMS = "about.json", "ids.json", "forms.json"
_HEAP = 128_000_000


def build_index(entries: Iterable[Entry], folder: Path) -> int:
    """Build the index of some entries in a folder, replacing the one that stands there.

    Entries are read once and spooled to disk, so that any number of them may stream in. Readers that have the old index
    open keep it until they open the folder again.

    Args:
        entries: in any order; no entries give an empty index.
        folder: of the index; its parent is made.

    Returns:
        How many entries are in it.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        count = _write(entries, beside)
        beside.chmod(0o755)
        _swap(beside, folder)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return count


def _write(entries: Iterable[Entry], folder: Path) -> int:
    forms: Forms = {}
    with tempfile.TemporaryFile(dir=folder) as spool:
        order = _spool(entries, spool, forms)
        _fill(folder, _in_order(spool, order))
    ids = [key[2] for key, _, _ in order]
    about = {"format": FORMAT, "count": len(order), "languages": sorted(forms)}
    _dump(folder / ABOUT, about)
    _dump(folder / IDS, ids)
    _dump(folder / FORMS, {language: {word: sorted(known) for word, known in words.items()} for language, words in forms.items()})
    return len(order)


def _fill(folder: Path, documents: Iterable[dict[str, Any]]) -> None:
    """Write documents into an engine's folder; its threads have ended when this returns or raises.

    Raises:
        OSError: the disk is full or refuses; the engine's own error, a ValueError, stands behind it.
    """
    fields = schema()
    try:
        writer = tantivy.Index(fields, path=str(folder)).writer(_HEAP, 1)
        try:
            for laid in documents:
                writer.add_document(tantivy.Document.from_dict(laid, fields))
            writer.commit()
        finally:
            writer.wait_merging_threads()
    except ValueError as error:
        raise OSError(f"the search index cannot be written: {error}") from error


_Place = tuple[tuple[float, str, str], int, int]
"""Sort key of an entry, then the offset and length of its line in the spool, bytes."""


def _spool(entries: Iterable[Entry], spool: IO[bytes], forms: Forms) -> list[_Place]:
    order: list[_Place] = []
    offset = 0
    for entry in entries:
        line = _encoded(lay_out(entry, forms))
        spool.write(line)
        order.append((sort_key(entry), offset, len(line)))
        offset += len(line)
    order.sort()
    return order


def _in_order(spool: IO[bytes], order: list[_Place]) -> Iterator[dict[str, Any]]:
    for rank, (key, offset, length) in enumerate(order):
        spool.seek(offset)
        laid: dict[str, Any] = json.loads(spool.read(length))
        laid[SHOWN] = laid[SHOWN].encode("utf-8")
        laid[RANK] = rank
        laid[BOOST] = boost(-key[0], rank, len(order))
        yield laid


def _encoded(value: object) -> bytes:
    """Return JSON in UTF-8; halves of surrogate pairs, which broken files hold, become question marks."""
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")


def _dump(path: Path, value: object) -> None:
    path.write_bytes(_encoded(value))


def _swap(new: Path, folder: Path) -> None:
    """Put a finished folder where the old one stood."""
    old = new.with_name(f"{new.name}-old")
    if folder.exists():
        os.rename(folder, old)
    os.rename(new, folder)
    shutil.rmtree(old, ignore_errors=True)
