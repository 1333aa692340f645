"""Whatever bytes come under whatever name, the answer is rows or a ReadError, never anything else."""

from __future__ import annotations

import zipfile
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from essaim.errors import ReadError
from essaim.formats import SUFFIXES, read

from .files import workbook

A_BOOK = workbook({"Members": [["name", "town"], ["Example", "Sampleton"], ["Exemple", None]]})
SEEDS = [
    b"name,town\nExample,Sampleton\n",
    b'[{"a": [1, {"b": "x"}]}]',
    b'{"type": "FeatureCollection", "features": [{"properties": {}, "geometry": {"type": "Point", "coordinates": [1, 2]}}]}',
    b"- &a {x: 1, y: [2023-05-01, ~]}\n- *a\n- <<: *a\n",
    b'@prefix s: <http://schema.org/> . <a> a s:Organization ; s:name "x"@fr ; s:geo [ s:latitude 1.5 ] .',
    b'{"@context": "https://schema.org", "@type": "Organization", "name": {"@value": "x", "@language": "fr"}}',
    b"<http://a/b> <http://a/c> \"d\"^^<http://a/e> .\n_:x <http://a/c> 'd' .",
]
NAMES = st.sampled_from([f"file{suffix}" for suffix in (*SUFFIXES, "", ".txt")])


def check(name: str, content: bytes) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        with suppress(ReadError):
            for row in read(path).rows:
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


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_workbooks_with_a_damaged_part_are_read_or_refused(data: st.DataObject) -> None:
    with zipfile.ZipFile(BytesIO(A_BOOK)) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    chosen = data.draw(st.sampled_from(sorted(parts)))
    parts[chosen] = data.draw(damaged(parts[chosen]))
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as broken:
        for name, content in parts.items():
            broken.writestr(name, content)
    check("file.xlsx", stream.getvalue())
