"""The files of a release, served whole or in parts: what a manifest names, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.views.decorators.http import require_safe

from essaim.config import configuration
from essaim.errors import ReleaseError
from essaim.release import Release, layout, open_release

BLOCK = 256 * 1024
RANGE = re.compile(r"bytes=(\d*)-(\d*)")
MEDIA = {
    ".json": "application/json",
    ".jsonld": "application/ld+json",
    ".jsonl": "application/jsonl; charset=utf-8",
    ".parquet": "application/vnd.apache.parquet",
    ".sqlite": "application/vnd.sqlite3",
    ".pmtiles": "application/vnd.pmtiles",
    ".gz": "application/gzip",
}


@require_safe
def release_file(request: HttpRequest, number: str, path: str) -> HttpResponseBase:
    """Answer with a file of a release; one range of it where a reader asks for that (RFC 9110, section 14).

    Raises:
        Http404: there is no such release, or its manifest names no such file.
    """
    try:
        found = open_release(configuration().releases, number)
    except ReleaseError as error:
        raise Http404(str(error)) from error
    named = named_file(found, path)
    if named is None:
        raise Http404(f"release {number} has no file {path}")
    file, tag = named
    size = file.stat().st_size
    wanted = request.headers.get("Range", "")
    is_same = request.headers.get("If-Range", tag) == tag
    part = read_range(wanted, size) if wanted and is_same and request.method == "GET" else None
    if part == ():
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    return _answer(request, file, tag, size, part)


def named_file(found: Release, path: str) -> tuple[Path, str] | None:
    """Return the file and its entity tag, when the manifest names it; the manifest is there too."""
    if path == layout.MANIFEST:
        return found.folder / path, f'"{found.number}-manifest"'
    checksum = next((file["sha256"] for file in found.manifest["files"] if file["path"] == path), None)
    return (found.folder / path, f'"{checksum}"') if checksum else None


def read_range(header: str, size: int) -> tuple[int, int] | tuple[()] | None:
    """Read one range as (first, last) byte, both included.

    Returns:
        None where the whole is to be sent (several ranges, or not a range of bytes); empty where no byte of it is there.
    """
    found = RANGE.fullmatch(header.replace(" ", ""))
    if found is None or found.group(0) == "bytes=-":
        return None
    first, last = found.groups()
    if not first:
        length = min(int(last), size)
        return (size - length, size - 1) if length else ()
    begin, end = int(first), min(int(last) if last else size - 1, size - 1)
    if last and int(last) < begin:
        return None
    return (begin, end) if begin < size else ()


def _answer(request: HttpRequest, file: Path, tag: str, size: int, part: Any) -> HttpResponseBase:
    begin, end = part or (0, size - 1)
    headers = {
        "Accept-Ranges": "bytes",
        "ETag": tag,
        "Content-Length": str(end - begin + 1),
        "Content-Type": MEDIA.get(file.suffix, "application/octet-stream"),
        "Content-Disposition": f'attachment; filename="{file.name}"',
        # A release never changes: what was fetched once holds for ever. "identity" keeps gzip from the bytes of a range.
        "Cache-Control": "public, max-age=31536000, immutable",
        "Content-Encoding": "identity",
        "Access-Control-Allow-Origin": "*",
        "Access-Control-Expose-Headers": "Accept-Ranges, Content-Range, Content-Length, ETag",
        "Cross-Origin-Resource-Policy": "cross-origin",
    }
    if part:
        headers["Content-Range"] = f"bytes {begin}-{end}/{size}"
    if request.method == "HEAD":
        return HttpResponse(headers=headers)
    return StreamingHttpResponse(_blocks(file, begin, end), status=206 if part else 200, headers=headers)


def _blocks(file: Path, begin: int, end: int) -> Iterator[bytes]:
    with file.open("rb") as opened:
        opened.seek(begin)
        left = end - begin + 1
        while left > 0 and (block := opened.read(min(BLOCK, left))):
            left -= len(block)
            yield block
