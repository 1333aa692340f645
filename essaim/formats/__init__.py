"""Bytes to rows: every format Essaim reads, behind one door that refuses bad files in plain words.

Each format is one module that offers `rows(path, options, repairs)`; a module, and the library behind it, is
loaded only when a file of its format is read.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import cast

from essaim.errors import ReadError
from essaim.formats.detection import FORMATS, SUFFIXES, detect
from essaim.formats.guard import check_file
from essaim.formats.reading import Reading, ReadOptions, Report
from essaim.model.record import Row

__all__ = ["FORMATS", "SUFFIXES", "ReadOptions", "Reading", "Report", "detect", "read"]


def read(path: Path, options: ReadOptions | None = None) -> Reading:
    """Read a file as rows, whatever its format.

    The file is checked at once (there, whole, not too large, not a bomb); its rows come as they are asked for, so a
    fault deep inside is told only when the reading reaches it.

    Args:
        path: the file.
        options: what the reader must know beforehand; nothing by default.

    Returns:
        The rows in the file's order, and the repairs counted while they come.

    Raises:
        ReadError: the file is missing, empty, binary, too large, of an unknown format, or not what its format says;
            raised here or while the rows are iterated.
    """
    wanted = options or ReadOptions()
    check_file(path)
    format_ = wanted.format or detect(path)
    if format_ not in FORMATS:
        raise ReadError("unknown format", str(path), format_, "one of " + ", ".join(FORMATS), "Correct the option format")
    known = FORMATS[format_]
    check_file(path, known.kind, wanted.max_bytes or known.max_bytes)
    module = import_module(f"essaim.formats.{known.module}")
    repairs = Report()
    found = cast(Iterator[Row], module.rows(path, wanted, repairs))
    return Reading(rows=_told(path, found), repairs=repairs, format=format_)


def _told(path: Path, rows: Iterator[Row]) -> Iterator[Row]:
    """Yield rows; turn what any reader can meet (a failing disk, nesting without end) into a ReadError."""
    try:
        yield from rows
    except OSError as error:
        raise ReadError("the file cannot be read to its end", str(path), error.strerror or str(error)) from error
    except RecursionError as error:
        step = "Flatten the file, or choose an inner list with the option path"
        raise ReadError(
            "the file is nested too deeply", str(path), expected="a few hundred levels at most", next_step=step
        ) from error
