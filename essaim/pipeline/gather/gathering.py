"""Gather one source from an address or a file, and keep the last good snapshot whatever happens."""

from __future__ import annotations

import errno
import hashlib
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from essaim.config import configuration
from essaim.errors import FetchError, SourceError
from essaim.formats import SUFFIXES
from essaim.formats.fetch import Courtesy, Fetched, Fetcher
from essaim.pipeline.gather.snapshot import Snapshot, last_snapshot, part_file, settle, write_latest, write_snapshot

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_SUFFIX_OF_TYPE = {
    "text/csv": ".csv",
    "application/csv": ".csv",
    "text/tab-separated-values": ".tsv",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/json": ".json",
    "application/geo+json": ".geojson",
    "application/ld+json": ".jsonld",
    "application/yaml": ".yaml",
    "application/x-yaml": ".yaml",
    "text/turtle": ".ttl",
    "application/n-triples": ".nt",
    "application/rdf+xml": ".rdf",
    "application/vnd.ms-excel": ".xls",
    "application/vnd.oasis.opendocument.spreadsheet": ".ods",
    "application/x-ndjson": ".jsonl",
    "application/vnd.google-earth.kml+xml": ".kml",
    "application/vnd.google-earth.kmz": ".kmz",
    "text/markdown": ".md",
    "application/sparql-results+json": ".srj",
}


def gather(
    source_id: str,
    place: str,
    folder: Path,
    *,
    licence: str = "",
    offline: bool = False,
    now: datetime | None = None,
    courtesy: Courtesy | None = None,
) -> Snapshot:
    """Gather a source and return its newest snapshot.

    Bytes that did not change are not kept twice: the snapshot is only said to be checked. When gathering fails, the
    last good snapshot comes back, marked stale with the problem.

    Args:
        source_id: for the errors.
        place: an http(s) address, or the path of a file.
        folder: `<home>/snapshots/<source id>`.
        licence: licence identifier, kept with the bytes.
        offline: True asks the network nothing and uses what there is; files are read all the same.
        now: the time to write down; the present when None.
        courtesy: how servers are asked; by default with the configuration's base address as contact.

    Raises:
        FetchError: gathering failed and there is no earlier snapshot.
        SourceError: the snapshots folder cannot be written (a full disk); what was there is whole.
    """
    last = last_snapshot(folder)
    moment = now or datetime.now(UTC)
    is_address = "://" in place
    if offline and is_address:
        return _kept(source_id, place, last)
    try:
        with part_file(folder) as part:
            if is_address:
                fetched = _fetch(place, part, last, courtesy)
            else:
                fetched = _copy(place, part)
            return _settled(source_id, place, folder, part, fetched, last, moment, licence)
    except FetchError as error:
        return _stale(source_id, last, error)
    except OSError as error:
        raise _unwritable(source_id, folder, error) from error


def _kept(source_id: str, place: str, last: Snapshot | None) -> Snapshot:
    if last is None:
        step = "Gather it once with the network"
        raise FetchError("we are offline and have no snapshot", source_id, place, "an earlier snapshot", step)
    return last


def _stale(source_id: str, last: Snapshot | None, error: FetchError) -> Snapshot:
    if last is None:
        where = f"{source_id}, {error.where}" if error.where else source_id
        raise FetchError(error.what, where, error.found, error.expected, error.next_step) from error
    stale = replace(last, is_stale=True, problem=str(error))
    with suppress(OSError):  # the caller is told anyhow; a full disk must not hide the problem it is told of
        write_latest(stale)
    return stale


def _fetch(place: str, part: Path, last: Snapshot | None, courtesy: Courtesy | None) -> Fetched:
    asked = courtesy or Courtesy(contact=configuration().base_url)
    is_same_place = last is not None and last.place == place
    with Fetcher(asked) as fetcher:
        if last is not None and is_same_place:
            return fetcher.fetch(place, part, last.etag, last.last_modified)
        return fetcher.fetch(place, part)


def _copy(place: str, part: Path) -> Fetched:
    """Copy a file; the faults of reading it are the source's, those of writing are the disk's."""
    digest, size = hashlib.sha256(), 0
    try:
        source = Path(place).expanduser().open("rb")
    except (OSError, ValueError) as error:
        found = (error.strerror if isinstance(error, OSError) else "") or str(error)
        raise FetchError(
            "the file cannot be gathered", place, found, "a file we may read", "Correct the path in the source"
        ) from error
    with source, part.open("wb") as target:
        while chunk := source.read(1024 * 1024):
            digest.update(chunk)
            size += len(chunk)
            target.write(chunk)
    if size == 0:
        raise FetchError("the file is empty", place, "0 bytes", "a file with content", "Put the file in its place again")
    return Fetched(place, 0, digest.hexdigest(), size)


def _settled(
    source_id: str,
    place: str,
    folder: Path,
    part: Path,
    fetched: Fetched,
    last: Snapshot | None,
    moment: datetime,
    licence: str,
) -> Snapshot:
    """Keep what came, or say that nothing changed."""
    if fetched.status == 304 and last is not None:
        fresh = replace(last, checked_at=moment, is_stale=False, problem="", licence=licence)
    elif last is not None and last.sha256 == fetched.sha256:
        fresh = replace(_described(last, fetched), place=place, checked_at=moment, is_stale=False, problem="", licence=licence)
    else:
        fresh = _new(place, folder, part, fetched, moment, licence)
    write_snapshot(fresh)
    return fresh


def _described(snapshot: Snapshot, fetched: Fetched) -> Snapshot:
    return replace(
        snapshot,
        etag=fetched.etag,
        last_modified=fetched.last_modified,
        content_type=fetched.content_type,
        status=fetched.status,
    )


def _new(place: str, folder: Path, part: Path, fetched: Fetched, moment: datetime, licence: str) -> Snapshot:
    target = folder / f"{fetched.sha256[:16]}{_suffix(fetched)}"
    settle(part, target)
    kept = Snapshot(target, fetched.sha256, moment, moment, place, licence, size=fetched.size)
    return _described(kept, fetched)


def _suffix(fetched: Fetched) -> str:
    """Return the suffix of the name where a format is known by it, else that of the media type, else the name's own."""
    path = unquote(urlsplit(fetched.url).path) if "://" in fetched.url else fetched.url
    own = PurePosixPath(path).suffix.lower()
    if own in SUFFIXES:
        return own
    if fetched.content_type in _SUFFIX_OF_TYPE:
        return _SUFFIX_OF_TYPE[fetched.content_type]
    return own if len(own) <= 8 and own[1:].isalnum() and own.isascii() else ""


def _unwritable(source_id: str, folder: Path, error: OSError) -> SourceError:
    what = "the disk is full" if error.errno in _FULL else "the snapshot cannot be written"
    step = "Free space or move ESSAIM_HOME, then gather again; the last good snapshot is whole"
    return SourceError(what, f"{source_id}, {folder}", error.strerror or str(error), next_step=step)
