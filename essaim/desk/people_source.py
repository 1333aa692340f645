"""The source `people_<installation>`: what people hold, as plain lines that the next build obeys; no name leaves the database."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from essaim.desk.suggestions import OTHER, Suggestion, people_source_id
from essaim.model.correction import Correction


def corrections() -> Iterator[Correction]:
    """Yield every correction that holds, in the order in which they were accepted."""
    for one in Suggestion.objects.accepted().exclude(property=OTHER).iterator(chunk_size=1000):
        yield one.correction()


def write_people_source(folder: Path) -> tuple[Path, int]:
    """Write the people's source; the file is replaced whole, and the same words make the same bytes.

    Args:
        folder: usually `configuration().people`.

    Returns:
        The file `<source id>.jsonl`, and how many corrections it holds.
    """
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{people_source_id()}.jsonl"
    lines = [json.dumps(one.as_dict(), ensure_ascii=False, sort_keys=True) + "\n" for one in corrections()]
    handle, draft = tempfile.mkstemp(prefix=f".{file.name}-", dir=folder)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            stream.writelines(lines)
        Path(draft).replace(file)
    finally:
        Path(draft).unlink(missing_ok=True)
    return file, len(lines)
