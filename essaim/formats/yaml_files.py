"""YAML: the items of one list, read safely, with dates and codes left as the text that was written."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from essaim.errors import ReadError
from essaim.formats import repairs as code
from essaim.formats.documents import items
from essaim.formats.encoding import read_text
from essaim.formats.reading import ReadOptions
from essaim.model.record import Row

if TYPE_CHECKING:
    _SafeLoader = yaml.SafeLoader
else:
    _SafeLoader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

EXPANSION_RATIO = 20
EXPANSION_FROM = 100_000


class PlainLoader(_SafeLoader):
    """A safe loader by the rules of YAML 1.2, in which NO is a country, 2023-05-01 a text and 007 keeps its zeros.

    Source:
        YAML 1.2.2, section 10.2 (JSON schema), with decimal numbers only.
    """

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}


_RESOLVERS = [
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("int", r"[-+]?(?:0|[1-9][0-9]{0,17})", list("-+0123456789")),
    ("float", r"[-+]?(?:0|[1-9][0-9]*)(?:\.[0-9]+)(?:[eE][-+]?[0-9]+)?", list("-+0123456789")),
    ("merge", r"<<", ["<"]),
]
for _name, _pattern, _first in _RESOLVERS:
    PlainLoader.add_implicit_resolver(f"tag:yaml.org,2002:{_name}", re.compile(rf"^(?:{_pattern})$"), _first)


def rows(path: Path, options: ReadOptions, repairs: Counter[str]) -> Iterator[Row]:
    """Yield the items of the list at `options.path`; numbers and yes or no keep their type, dates are text.

    Raises:
        ReadError: the file is not YAML, holds several documents, nests or expands beyond measure, or has no such list.
    """
    text = read_text(path, options.encoding, repairs)
    loader = PlainLoader(text)
    try:
        node = loader.get_single_node()
        if node is not None:
            _check_expansion(path, node)
            _note_duplicates(node, repairs)
        document = loader.construct_document(node) if node is not None else None
    except (yaml.YAMLError, ValueError, TypeError, AttributeError) as error:
        step = "Mend the line named, or quote the text"
        raise ReadError(
            "the file is not YAML", str(path), " ".join(str(error).split()), "one safe YAML document", step
        ) from error
    finally:
        loader.dispose()
    yield from items(path, document, options.path, repairs)


def _children(node: yaml.Node) -> list[yaml.Node]:
    if isinstance(node, yaml.MappingNode):
        return [part for pair in node.value for part in pair]
    return list(node.value) if isinstance(node, yaml.SequenceNode) else []


def _check_expansion(path: Path, root: yaml.Node) -> None:
    """Refuse a document whose aliases, written out, would be far larger than itself, or never end."""
    sizes: dict[int, int] = {}
    is_open: set[int] = set()
    stack = [(root, False)]
    while stack:
        node, is_done = stack.pop()
        children = _children(node)
        if is_done:
            is_open.discard(id(node))
            sizes[id(node)] = 1 + sum(sizes[id(child)] for child in children)
        elif id(node) in is_open:
            raise ReadError("an alias holds itself", str(path), expected="a tree", next_step="Write the item out")
        elif id(node) not in sizes:
            is_open.add(id(node))
            stack.append((node, True))
            stack.extend((child, False) for child in children if id(child) not in sizes)
    if sizes[id(root)] > max(EXPANSION_FROM, EXPANSION_RATIO * len(sizes)):
        found = f"{sizes[id(root)]} parts out of {len(sizes)}"
        step = "Do not open it; ask the publisher for a plain file"
        raise ReadError("the aliases expand beyond measure, as in a bomb", str(path), found, "a plain document", step)


def _note_duplicates(root: yaml.Node, repairs: Counter[str]) -> None:
    seen: set[int] = set()
    stack = [root]
    while stack:
        node = stack.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        stack.extend(_children(node))
        if isinstance(node, yaml.MappingNode):
            keys = [str(key.value) for key, _value in node.value if isinstance(key, yaml.ScalarNode)]
            if len(set(keys)) < len(keys):
                repairs[code.KEY_DUPLICATED] += len(keys) - len(set(keys))
