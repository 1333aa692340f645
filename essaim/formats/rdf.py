"""Linked data (Turtle, N-Triples, RDF/XML, JSON-LD): what a file describes as rows, with the same keys for every vocabulary."""

from __future__ import annotations

import io
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from essaim.errors import ReadError
from essaim.formats import repairs as code
from essaim.formats.detection import detect
from essaim.formats.documents import load
from essaim.formats.encoding import mend, read_text
from essaim.formats.rdf_profiles import Graph, Node, Profile, profiles
from essaim.formats.reading import ReadOptions
from essaim.model.record import Row

_PARSERS = {"turtle": ox.RdfFormat.TURTLE, "ntriples": ox.RdfFormat.N_TRIPLES, "rdfxml": ox.RdfFormat.RDF_XML,
            "jsonld": ox.RdfFormat.JSON_LD}  # fmt: skip
_DECLARED = re.compile(rb"(?:\xef\xbb\xbf)?\s*<\?xml[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9._-]+)")
_DECLARATION = re.compile(r"^\ufeff?\s*<\?xml.*?\?>", re.DOTALL)


def rows(path: Path, options: ReadOptions, repairs: Counter[str]) -> Iterator[Row]:
    """Yield one row for each subject of a class of the profile, in the file's order.

    Every row has `id` (IRI, empty for a blank node), `type` (list of class IRIs) and the keys of the profile that the
    file fills: `name` and other words are lists of {value, language}; `memberOf`, `identifier` and other things are
    lists of {id, name, scheme, value}; `homepage` is a list of texts; `country`, `lat`, `lon` are one text. A blank
    node that others point to is a part of them and yields no row.

    Raises:
        ReadError: the file cannot be parsed, names an unknown context or profile, or describes nothing that a profile knows.
    """
    chosen = _chosen(path, options.profile)
    graph = _graph(path, options, repairs)
    found = [(profile, graph.subjects(profile)) for profile in chosen]
    profile, subjects = next(((profile, some) for profile, some in found if some), (None, []))
    if profile is None:
        classes = ", ".join(sorted(graph.classes)[:10]) or "no class at all"
        expected = "one of " + ", ".join(name for each in chosen for name in each.classes)
        step = "Choose another profile, or add the class to rdf_profiles.yaml"
        raise ReadError("nothing that a profile knows is described", str(path), classes, expected, step)
    for subject in subjects:
        yield Row(f"subject {subject.text}", _mended(graph.fields(subject, profile), repairs))


def _chosen(path: Path, wanted: str) -> list[Profile]:
    known = profiles()
    if wanted and wanted not in known:
        raise ReadError("unknown profile", str(path), wanted, "one of " + ", ".join(known), "Correct the option profile")
    return [known[wanted]] if wanted else list(known.values())


def _graph(path: Path, options: ReadOptions, repairs: Counter[str]) -> Graph:
    format_ = options.format if options.format in _PARSERS else detect(path)
    graph = Graph()
    is_merged = False
    try:
        for quad in ox.parse(_source(path, format_, options, repairs), _PARSERS[format_], base_iri=f"file:///{_safe(path.name)}"):
            graph.add(_node(quad.subject), _node(quad.predicate).text, _node(quad.object))
            is_merged = is_merged or not isinstance(quad.graph_name, ox.DefaultGraph)
    except (SyntaxError, ValueError) as error:
        step = "Mend the line named, or fetch the file again"
        raise ReadError("the linked data cannot be parsed", str(path), str(error), format_, step) from error
    if is_merged:
        repairs[code.NAMED_GRAPH_MERGED] += 1
    return graph


def _source(path: Path, format_: str, options: ReadOptions, repairs: Counter[str]) -> io.BytesIO:
    if format_ == "rdfxml":
        return io.BytesIO(_as_utf8(path, options.encoding))
    if format_ != "jsonld":
        return io.BytesIO(read_text(path, options.encoding, repairs).encode())
    document = _with_known_contexts(path, load(path, options, repairs))
    return io.BytesIO(json.dumps(document).encode())


def _as_utf8(path: Path, wanted: str) -> bytes:
    """Return RDF/XML in UTF-8, the only encoding its parser knows, whichever its declaration names."""
    content = path.read_bytes()
    declared = _DECLARED.match(content)
    is_wide = content[:2] in (b"\xff\xfe", b"\xfe\xff")
    codec = wanted or ("utf-16" if is_wide else declared[1].decode("ascii") if declared else "utf-8")
    try:
        text = content.decode(codec)
    except (LookupError, UnicodeError) as error:
        step = "Set the option encoding to what the publisher uses"
        raise ReadError("the text is not of its encoding", str(path), str(error), codec, step) from error
    return _DECLARATION.sub("", text, count=1).encode("utf-8", "surrogatepass")


def _with_known_contexts(path: Path, value: Any) -> Any:
    """Put the terms of a known context in the place of its address, and refuse any other address."""
    if isinstance(value, list):
        return [_with_known_contexts(path, item) for item in value]
    if not isinstance(value, dict):
        return value
    return {key: _context(path, item) if key == "@context" else _with_known_contexts(path, item) for key, item in value.items()}


def _context(path: Path, value: Any) -> Any:
    if isinstance(value, list):
        return [_context(path, item) for item in value]
    if not isinstance(value, str):
        return value
    terms = Graph.contexts().get(value.rstrip("/"))
    if terms is None:
        step = "Ask for a file with its context written out; contexts are never fetched"
        raise ReadError("the context is unknown", str(path), value, "schema.org or a context in the file", step)
    return terms


def _node(term: Any) -> Node:
    if isinstance(term, ox.NamedNode):
        return Node("iri", term.value)
    if isinstance(term, ox.Literal):
        return Node("literal", term.value, term.language or "")
    return Node("blank", term.value if isinstance(term, ox.BlankNode) else str(term))


def _mended(value: Any, repairs: Counter[str]) -> Any:
    if isinstance(value, dict):
        return {key: item if key in ("id", "type", "homepage") else _mended(item, repairs) for key, item in value.items()}
    if isinstance(value, list):
        return [_mended(item, repairs) for item in value]
    return mend(value, repairs) if isinstance(value, str) else value


def _safe(name: str) -> str:
    return "".join(sign if sign.isascii() and (sign.isalnum() or sign in "-._") else "_" for sign in name)
