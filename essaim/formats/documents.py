"""JSON-like documents: loading one, and finding the list of items in it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from essaim.errors import ReadError
from essaim.formats import repairs as code
from essaim.formats.encoding import mend_all, read_text
from essaim.formats.reading import ReadOptions
from essaim.model.record import Row


def load(path: Path, options: ReadOptions, repairs: Counter[str]) -> Any:
    """Return the whole document of a JSON file.

    Raises:
        ReadError: the file is not JSON.
    """

    return parsed(read_text(path, options.encoding, repairs), str(path), repairs)


def parsed(text: str, where: str, repairs: Counter[str]) -> Any:
    """Return the value of a JSON text.

    Raises:
        ReadError: the text is not JSON.
    """

    def pairs(members: list[tuple[str, Any]]) -> dict[str, Any]:
        whole = dict(members)
        if len(whole) < len(members):
            repairs[code.KEY_DUPLICATED] += len(members) - len(whole)
        return whole

    def refuse(constant: str) -> float:
        raise ValueError(f"{constant} is no JSON value")

    try:
        return json.loads(text, object_pairs_hook=pairs, parse_constant=refuse)
    except ValueError as error:
        raise ReadError("this is not JSON", where, str(error), "JSON", "Fetch the file again; it may be cut short") from error


def items(path: Path, document: Any, inner: str, repairs: Counter[str]) -> Iterator[Row]:
    """Yield the items of the list at a dotted path of a JSON-like document, for JSON and YAML alike.

    Args:
        path: the file, for the errors.
        document: mappings, lists and scalars.
        inner: "" when the document is the list, or a mapping with just one list of mappings; "a.b" or "a.0.b" otherwise.
        repairs: where repairs are counted.

    Raises:
        ReadError: the path leads nowhere, or to something that is no list.
    """
    found = _follow(path, document, inner)
    only = _only_list(found) if not inner else ""
    if only:
        repairs[f"{code.LIST_FOUND}:{only}"] = 1
        found = found[only]
    if not isinstance(found, list):
        where = f"{path}, path {inner}" if inner else str(path)
        raise ReadError("the items stand in no list", where, _kind(found), "a list", _step(found))
    for number, item in enumerate(found, 1):
        mended = mend_all(item, repairs)
        if not isinstance(mended, dict):
            repairs[code.ITEM_WITHOUT_KEYS] += 1
            mended = {"value": mended}
        yield Row(f"item {number}", mended)


def _only_list(document: Any) -> str:
    """Return the key of the only list of mappings in a mapping; nothing where there are several or none."""
    if not isinstance(document, dict):
        return ""
    lists = [key for key, value in document.items() if isinstance(value, list) and value and isinstance(value[0], dict)]
    return str(lists[0]) if len(lists) == 1 and isinstance(lists[0], str) else ""


def _follow(path: Path, document: Any, inner: str) -> Any:
    found = document
    for step in inner.split(".") if inner else []:
        if isinstance(found, dict) and step in found:
            found = found[step]
        elif isinstance(found, list) and step.isdecimal() and int(step) < len(found):
            found = found[int(step)]
        else:
            raise ReadError("the path leads nowhere", f"{path}, path {inner}", step, _keys(found), _step(document))
    return found


def _kind(found: Any) -> str:
    return "mapping" if isinstance(found, dict) else "text" if isinstance(found, str) else "single value"


def _keys(found: Any) -> str:
    if isinstance(found, dict):
        return "one of " + ", ".join(str(key) for key in list(found)[:20])
    return f"a number below {len(found)}" if isinstance(found, list) else "no further step"


def _step(document: Any) -> str:
    lists = [str(key) for key, value in document.items() if isinstance(value, list)] if isinstance(document, dict) else []
    known = ": " + ", ".join(lists[:10]) if lists else ""
    return f"Set the option path to the list of items{known}"
