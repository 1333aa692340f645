"""The machine forms of a page: JSON, JSON-LD, N-Triples, Turtle and CSV, with what browsers and caches need to know."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.utils.http import http_date
from pyoxigraph import RdfFormat, parse, serialize

from essaim import __version__

if TYPE_CHECKING:
    from essaim.release import Release

Document = Mapping[str, Any]
LINKED = {"jsonld": "application/ld+json", "nt": "application/n-triples", "ttl": "text/turtle"}
MEDIA = {"json": "application/json", **LINKED, "csv": "text/csv"}
PREFIXES = {
    "org": "http://www.w3.org/ns/org#",
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dct": "http://purl.org/dc/terms/",
}


@dataclass(frozen=True)
class Other:
    """Another form of a page, for `<link rel="alternate">` and for readers."""

    form: str
    media: str
    address: str


def others(page: str) -> list[Other]:
    """Return the other forms of a page, given by its address without an ending."""
    return [Other(form, media, f"{page}.{form}") for form, media in MEDIA.items()]


def write_form(document: Document, form: str, linked: Callable[[Document], dict[str, Any]]) -> bytes:
    """Write a document in a form.

    Args:
        document: a page document of a release.
        form: a key of MEDIA.
        linked: document to JSON-LD.
    """
    if form == "json":
        return json.dumps(document, ensure_ascii=False, indent=1).encode()
    if form == "csv":
        return values_table(document).encode("utf-8-sig")
    data = json.dumps(linked(document), ensure_ascii=False, indent=1).encode()
    return data if form == "jsonld" else convert(data, form)


def convert(jsonld: bytes, form: str) -> bytes:
    """Turn JSON-LD into N-Triples or Turtle; no context is fetched, for every one stands in the document."""
    quads = parse(jsonld, format=RdfFormat.JSON_LD)
    wanted = RdfFormat.N_TRIPLES if form == "nt" else RdfFormat.TURTLE
    written = serialize((quad.triple for quad in quads), format=wanted, prefixes=PREFIXES if form == "ttl" else None) or b""
    if form == "nt":
        return b"".join(sorted(set(written.splitlines(keepends=True))))
    return written


COLUMNS = ("property", "value", "language", "unit", "since", "until", "certainty", "original", "note", "sources")


def values_table(document: Document) -> str:
    """Write every name and value of a document as CSV, one row a value, its sources as record keys."""
    keys = {source["number"]: f"{source['source_id']}:{source['record_id']}" for source in document["sources"]}
    stream = io.StringIO()
    table = csv.writer(stream)
    table.writerow(COLUMNS)
    named = [(name["kind"], name) for name in document.get("names", ())]
    named += [("title", {"value": one["value"], **one}) for one in document.get("expressions", ())]
    for property, value in named + [(name, value) for name, held in document["values"].items() for value in held]:
        row = [property, *(_cell(value.get(column, "")) for column in COLUMNS[1:-1])]
        table.writerow([*row, " ".join(keys[number] for number in value["sources"] if number in keys)])
    return stream.getvalue()


def _cell(text: str) -> str:
    # A spreadsheet would run a cell that begins so; an apostrophe in front makes it text.
    is_formula = text[:1] in ("=", "@", "\t", "\r") or (text[:1] in ("+", "-") and not text[1:2].isdigit())
    return f"'{text}" if is_formula else text


def sealed_at(release: Release) -> datetime:
    """Return when a release was sealed."""
    return datetime.fromisoformat(release.manifest["sealed_at"])


def etag_of(release: Release, *parts: str) -> str:
    """Return the entity tag of an answer that only the release, this code and what was asked decide."""
    asked = hashlib.sha256("\n".join((__version__, *parts)).encode()).hexdigest()[:12]
    return f'"{release.number}-{asked}"'


def answer(request: HttpRequest, release: Release, body: bytes, media: str, *parts: str) -> HttpResponse:
    """Answer with a document of a release; Django's conditional layer turns it into 304 where the reader has it."""
    charset = "" if media == "application/json" or media == "application/ld+json" else "; charset=utf-8"
    response = HttpResponse(body, content_type=media + charset)
    mark(response, release, *parts)
    return response


def mark(response: HttpResponseBase, release: Release, *parts: str) -> None:
    """Set entity tag, date, and the headers that let other sites' scripts read an open document."""
    response.headers["ETag"] = etag_of(release, *parts)
    response.headers["Last-Modified"] = http_date(sealed_at(release).timestamp())
    open_to_all(response)


def open_to_all(response: HttpResponseBase) -> None:
    """Let scripts of any site read an answer: everything here is public."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = "ETag, Last-Modified, Link"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"


def vary_on(response: HttpResponseBase, *headers: str) -> None:
    """Tell caches which headers of the request the answer depends on."""
    patch_vary_headers(response, headers)
