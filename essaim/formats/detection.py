"""Which format a file has: by its name where the name tells, by its first bytes where it does not."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from essaim.errors import ReadError
from essaim.formats.guard import OLE, Kind, check_file, head

MB = 1024 * 1024


@dataclass(frozen=True)
class Format:
    """One format: the module that reads it, what its bytes are, and how large a file it accepts by itself."""

    module: str
    kind: Kind
    max_bytes: int


FORMATS: dict[str, Format] = {
    "csv": Format("tables", "text", 8192 * MB),
    "tsv": Format("tables", "text", 8192 * MB),
    "xlsx": Format("workbook", "archive", 256 * MB),
    "xls": Format("xls", "ole", 128 * MB),
    "ods": Format("ods", "archive", 256 * MB),
    "json": Format("json_files", "text", 512 * MB),
    "jsonl": Format("json_lines", "text", 8192 * MB),
    "geojson": Format("geojson", "text", 512 * MB),
    "markdown": Format("markdown", "text", 4 * MB),
    "yaml": Format("yaml_files", "text", 64 * MB),
    "kml": Format("kml", "xml", 256 * MB),
    "kmz": Format("kml", "archive", 256 * MB),
    "osm": Format("osm", "xml", 4096 * MB),
    "rdfxml": Format("rdf", "rdfxml", 256 * MB),
    "turtle": Format("rdf", "text", 256 * MB),
    "ntriples": Format("rdf", "text", 256 * MB),
    "jsonld": Format("rdf", "text", 64 * MB),
}

SUFFIXES: dict[str, str] = {
    ".csv": "csv",
    ".tsv": "tsv",
    ".tab": "tsv",
    ".xlsx": "xlsx",
    ".xlsm": "xlsx",
    ".xls": "xls",
    ".xlt": "xls",
    ".ods": "ods",
    ".ots": "ods",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".geojson": "geojson",
    ".umap": "json",
    ".srj": "json",
    ".md": "markdown",
    ".markdown": "markdown",
    ".yaml": "yaml",
    ".yml": "yaml",
    ".kml": "kml",
    ".kmz": "kmz",
    ".osm": "osm",
    ".rdf": "rdfxml",
    ".owl": "rdfxml",
    ".xml": "rdfxml",
    ".ttl": "turtle",
    ".nt": "ntriples",
    ".jsonld": "jsonld",
}

_ROOT = re.compile(
    r"\ufeff?\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>\s*)*<([A-Za-z_][\w:.-]*)", re.DOTALL
)
_ROOTS = {"kml": "kml", "osm": "osm", "rdf": "rdfxml"}
_SILENT = ("", ".txt", ".dat", ".data", ".bin")
_GEOJSON = re.compile(rb'^\s*\{.{0,20000}?"type"\s*:\s*"FeatureCollection"', re.DOTALL)
_JSONLD = re.compile(rb'^\s*[\[{]\s*(\{\s*)?"@(context|graph|id)"')
_TURTLE = re.compile(rb"^\s*(#[^\n]*\n\s*)*(@prefix|@base|PREFIX|BASE)\s", re.IGNORECASE)
_NTRIPLES = re.compile(rb"^\s*(#[^\n]*\n\s*)*(<[a-z][^>\s]*>|_:\S+)\s+<[a-z][^>\s]*>\s", re.IGNORECASE)
_YAML = re.compile(rb"^\s*(#[^\n]*\n\s*)*(%YAML|---|- |\w+:\s)")


def detect(path: Path) -> str:
    """Return the format of a file as a key of `FORMATS`.

    A `.json` file that is GeoJSON or JSON-LD is told by its first keys.

    Raises:
        ReadError: the file is missing or empty, or nothing tells its format.
    """
    check_file(path)
    suffix = path.suffix.lower()
    if suffix in SUFFIXES:
        found = _refined(suffix, head(path))
    else:
        found = _by_content(head(path)) if suffix in _SILENT else ""
    if not found:
        known = ", ".join(SUFFIXES)
        step = "Save the file in a known format, or name its format in the source"
        raise ReadError("unknown format", str(path), suffix or "no suffix", f"one of {known}", step)
    return found


def _refined(suffix: str, first: bytes) -> str:
    """Look inside where one suffix stands for several formats, or is often put on another."""
    named = SUFFIXES[suffix]
    if named == "json":
        return _json_kind(first)
    if named in ("kml", "osm", "rdfxml"):
        return _xml_kind(first) or ("" if suffix == ".xml" else named)
    if named == "xls" and not first.startswith(OLE):
        return _by_content(first) or named
    return named


def _by_content(first: bytes) -> str:
    if first.startswith(b"PK\x03\x04"):
        return _archive_kind(first)
    if first.startswith(OLE):
        return "xls"
    text = first.removeprefix(b"\xef\xbb\xbf")
    if text.lstrip()[:1] in (b"{", b"["):
        return _json_kind(text)
    for pattern, name in ((_TURTLE, "turtle"), (_NTRIPLES, "ntriples"), (_YAML, "yaml")):
        if pattern.match(text):
            return name
    if text.lstrip()[:1] == b"<" or text[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return _xml_kind(text)
    line = text.split(b"\n", 1)[0]
    return next((name for sign, name in ((b"\t", "tsv"), (b",", "csv"), (b";", "csv"), (b"|", "csv")) if sign in line), "")


def _archive_kind(first: bytes) -> str:
    if b"opendocument.spreadsheet" in first[:200]:
        return "ods"
    return "kmz" if b".kml" in first[:200].lower() else "xlsx"


def _xml_kind(first: bytes) -> str:
    """Tell an XML file by its root; what stands before it is passed over."""
    encoding = "utf-16" if first[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
    found = _ROOT.match(first.decode(encoding, "replace"))
    return _ROOTS.get(found[1].rpartition(":")[2].lower(), "") if found else ""


def _json_kind(first: bytes) -> str:
    text = first.removeprefix(b"\xef\xbb\xbf")
    if _GEOJSON.match(text):
        return "geojson"
    return "jsonld" if _JSONLD.match(text) else "json"
