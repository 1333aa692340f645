"""Whatever bytes come under whatever name, the answer is rows or a ReadError, never anything else."""

from __future__ import annotations

import zipfile
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from essaim.errors import ReadError
from essaim.formats import SUFFIXES, ReadOptions, read

from .files import ods_cell, ods_row, ods_table, old_workbook, open_document, workbook

A_BOOK = workbook({"Members": [["name", "town"], ["Example", "Sampleton"], ["Exemple", None]]})
AN_OLD_BOOK = old_workbook({"Members": [["name", "town"], ["Example", "Sampleton"], ["Exemple", 1.5]]}, merges=((1, 2, 0, 0),))
AN_OPEN_BOOK = open_document(
    ods_table("M", ods_row("name", "town"), ods_row(ods_cell("Example", 'table:number-columns-repeated="2"')), ods_row("Exemple"))
)
SEEDS = [
    b"name,town\nExample,Sampleton\n",
    b'[{"a": [1, {"b": "x"}]}]',
    b'{"type": "FeatureCollection", "features": [{"properties": {}, "geometry": {"type": "Point", "coordinates": [1, 2]}}]}',
    b"- &a {x: 1, y: [2023-05-01, ~]}\n- *a\n- <<: *a\n",
    b'@prefix s: <http://schema.org/> . <a> a s:Organization ; s:name "x"@fr ; s:geo [ s:latitude 1.5 ] .',
    b'{"@context": "https://schema.org", "@type": "Organization", "name": {"@value": "x", "@language": "fr"}}',
    b"<http://a/b> <http://a/c> \"d\"^^<http://a/e> .\n_:x <http://a/c> 'd' .",
    b'{"id": 1}\n{"type":"item","id":"Q1","claims":{"P1":[{"mainsnak":{"snaktype":"value","datavalue":{"type":"string"}}}]}}\n',
    b'{"type":"umap","layers":[{"_storage":{"name":"x"},"features":[{"properties":{},"geometry":null}]}]}',
    b'{"ontology":"gogocompact","mapping":["id",["name"]],"data":[["a",["b"]],1]}',
    b'{"head":{"vars":["a"]},"results":{"bindings":[{"a":{"type":"uri","value":"Point(1 2)"}}]}}',
    b'{"elements":[{"type":"way","id":1,"center":{"lat":1,"lon":2},"tags":{"a":"b"}}]}',
    b"# a\n\n- [b](http://c) - d\n  - **e**: f\n\na | b\n--|--\n[c](http://d) | `e`\n",
    b"id. Response,submitdate. Date,lastpage. Page,a[b]. Text\n1,2,3,4\n",
    b'<?xml version="1.0"?><osm><node id="1" lat="1.5" lon="2"><tag k="name" v="x"/></node>'
    b'<way id="2"><center lat="1" lon="2"/></way></osm>',
    b'<kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>m</name><Folder><name>f</name><Placemark><name>x</name>'
    b"<Point><coordinates>1,2,0</coordinates></Point></Placemark></Folder></Document></kml>",
    b'<!DOCTYPE r [<!ENTITY s "http://schema.org/">]><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
    b'xmlns:s="http://schema.org/"><s:Organization rdf:about="&s;a"><s:name xml:lang="fr">x</s:name></s:Organization></rdf:RDF>',
]
ARCHIVES = {"file.xlsx": A_BOOK, "file.ods": AN_OPEN_BOOK}
NAMES = st.sampled_from([f"file{suffix}" for suffix in (*SUFFIXES, "", ".txt")])


def check(name: str, content: bytes, **options: Any) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        with suppress(ReadError):
            for row in read(path, ReadOptions(**options)).rows:
                assert row.position
                assert all(isinstance(key, str) for key in row.fields)


@st.composite
def damaged(draw: st.DrawFn, seed: bytes) -> bytes:
    content = bytearray(seed)
    for _change in range(draw(st.integers(1, 4))):
        place = draw(st.integers(0, len(content)))
        width = draw(st.integers(0, 6))
        content[place : place + width] = draw(
            st.binary(max_size=6) | st.sampled_from([b"[", b"{", b'"', b"&", b"*", b"<", b"\xef\xbb\xbf"])
        )
    return bytes(content)


@settings(max_examples=150, deadline=None)
@given(NAMES, st.binary(max_size=300))
def test_arbitrary_bytes_are_read_or_refused(name: str, content: bytes) -> None:
    check(name, content)


@settings(max_examples=200, deadline=None)
@given(NAMES, st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_arbitrary_text_is_read_or_refused(name: str, content: bytes) -> None:
    check(name, content)


@settings(max_examples=400, deadline=None)
@given(NAMES, st.sampled_from(SEEDS).flatmap(damaged))
def test_damaged_files_are_read_or_refused(name: str, content: bytes) -> None:
    check(name, content)


@settings(max_examples=60, deadline=None)
@given(damaged(A_BOOK))
def test_damaged_workbooks_are_read_or_refused(content: bytes) -> None:
    check("file.xlsx", content)


@settings(max_examples=150, deadline=None)
@given(damaged(AN_OLD_BOOK), st.booleans())
def test_damaged_old_workbooks_are_read_or_refused(content: bytes, has_merged_cells: bool) -> None:
    check("file.xls", content, has_merged_cells=has_merged_cells)


@st.composite
def patched(draw: st.DrawFn, seed: bytes) -> bytes:
    """Overwrite bytes and keep the length, so that the damage lies behind the container's own checks."""
    content = bytearray(seed)
    for _change in range(draw(st.integers(1, 6))):
        place = draw(st.integers(0, len(content) - 4))
        content[place : place + 4] = draw(st.binary(min_size=4, max_size=4))
    return bytes(content)


@settings(max_examples=200, deadline=None)
@given(patched(AN_OLD_BOOK), st.booleans())
def test_patched_old_workbooks_are_read_or_refused(content: bytes, has_merged_cells: bool) -> None:
    check("file.xls", content, has_merged_cells=has_merged_cells)


@settings(max_examples=100, deadline=None)
@given(st.data(), st.sampled_from(list(ARCHIVES)), st.booleans())
def test_archives_with_a_damaged_part_are_read_or_refused(data: st.DataObject, name: str, has_merged_cells: bool) -> None:
    with zipfile.ZipFile(BytesIO(ARCHIVES[name])) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    chosen = data.draw(st.sampled_from(sorted(parts)))
    parts[chosen] = data.draw(damaged(parts[chosen]))
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as broken:
        for name, content in parts.items():
            broken.writestr(name, content)
    check(name, stream.getvalue(), has_merged_cells=has_merged_cells)
