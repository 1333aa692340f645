"""XML read element by element in little memory: no entity is resolved, nothing is fetched, no giant tree is built."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from lxml import etree

from essaim.errors import ReadError


def events(
    path: Path, stream: IO[bytes], tags: tuple[str, ...], moments: tuple[str, ...] = ("end",)
) -> Iterator[tuple[str, Any]]:
    """Yield each event ("start" or "end") of the elements named, in the file's order.

    Whoever has used an element forgets it with `forget`; what is not forgotten stays in memory.

    Args:
        path: for the errors.
        stream: the bytes.
        tags: names as lxml writes them: "{namespace}name", "{*}name", "name".
        moments: "start", "end" or both.

    Raises:
        ReadError: the file is not well-formed XML, is cut short, or nests or swells beyond what lxml allows.
    """
    options: dict[str, Any] = {"resolve_entities": False, "no_network": True, "huge_tree": False, "load_dtd": False}
    parser = etree.iterparse(stream, events=moments, tag=tags, remove_comments=True, remove_pis=True, **options)
    try:
        yield from parser
    except etree.XMLSyntaxError as error:
        step = "Fetch the file again; it may be cut short"
        raise ReadError("the XML cannot be parsed", str(path), str(error), "well-formed XML", step) from error


def forget(element: Any) -> None:
    """Free an element and those before it under the same parent."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def local(element: Any) -> str:
    """Return an element's name without its namespace; empty for what has no name."""
    return str(etree.QName(element.tag).localname) if isinstance(element.tag, str) else ""


def attribute(element: Any, name: str) -> str:
    """Return an attribute by its name without namespace; empty when there is none."""
    for key, value in element.attrib.items():
        if etree.QName(key).localname == name:
            return str(value)
    return ""
