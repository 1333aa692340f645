"""Markdown: the rows of its tables, or the items of its lists, with the headings they stand under."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from essaim.errors import ReadError
from essaim.formats import repairs as code
from essaim.formats.encoding import mend, read_text
from essaim.formats.headers import JOINT, column_names, unique_name
from essaim.formats.reading import ReadOptions, Report
from essaim.model.record import Row

TABLES, LISTS = "tables", "lists"
_SEPARATOR = re.compile(r"\s+[-–—|]\s+|:\s+|\s*[–—]\s*")
_LEADING = re.compile(r"^[\s\-–—:|,.]+")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)


@dataclass
class Words:
    """A run of text without its marks: the text, the part that stands out at its head, and the addresses it links to."""

    text: str = ""
    head: str = ""
    links: list[str] = field(default_factory=list)


@dataclass
class Place:
    """Where the reader is: the headings above, and the items that the present item lies in."""

    headings: list[str] = field(default_factory=list)
    levels: list[int] = field(default_factory=list)

    def enter(self, level: int, title: str) -> None:
        """Pass a heading: those of its level and below end."""
        while self.levels and self.levels[-1] >= level:
            self.levels.pop()
            self.headings.pop()
        self.levels.append(level)
        self.headings.append(title)


def rows(path: Path, options: ReadOptions, repairs: Report) -> Iterator[Row]:
    """Yield the rows of all tables, or where there is none the items of all lists; `profile` asks for one of both.

    Every row has `section`, the headings above it without the title of the page. A cell that links gives a second field,
    `<column> link`. An item gives `name` (its first link, its bold words, or what stands before a dash or colon),
    `link`, `description` and `parent`, the item it lies in. Items that only link within the page are passed over.

    Raises:
        ReadError: the file holds neither, has no such heading, or another profile is asked for.
    """
    if options.profile not in ("", TABLES, LISTS):
        raise ReadError("unknown profile", str(path), options.profile, f"{TABLES} or {LISTS}", "Correct the option profile")
    tokens = _tokens(read_text(path, options.encoding, repairs))
    wanted = options.profile or (TABLES if any(token.type == "table_open" for token in tokens) else LISTS)
    found = _table_rows(tokens, repairs) if wanted == TABLES else _list_rows(tokens)
    is_any = False
    title = _title(tokens)
    for line, headings, fields in found:
        if options.path and options.path.casefold() not in (heading.casefold() for heading in headings):
            continue
        is_any = True
        section = JOINT.join(headings[1:] if headings[:1] == [title] else headings)
        mended = {key: mend(value, repairs) for key, value in fields.items()}
        yield Row(f"line {line}", {**mended, unique_name("section", list(fields)): mend(section, repairs)})
    if not is_any:
        raise _nothing(path, options, tokens, wanted)


def _nothing(path: Path, options: ReadOptions, tokens: Sequence[Token], wanted: str) -> ReadError:
    if not options.path:
        step = "Ask the publisher for the list behind the page"
        what = f"the page holds no {options.profile}" if options.profile else "the page holds neither a table nor a list"
        return ReadError(what, str(path), "running text", "a table or a list", step)
    headings = [_words(tokens[place + 1]).text for place, token in enumerate(tokens) if token.type == "heading_open"]
    expected = "one of " + ", ".join(headings[:20]) if headings else "a page with headings"
    return ReadError(f"no {wanted} stand under this heading", str(path), options.path, expected, "Correct the option path")


def _tokens(text: str) -> list[Token]:
    return MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text)


def _title(tokens: Sequence[Token]) -> str:
    """Return the only heading of the first level; nothing where there are several."""
    titles = [
        _words(tokens[place + 1]).text for place, token in enumerate(tokens) if token.type == "heading_open" and token.tag == "h1"
    ]
    return titles[0] if len(titles) == 1 else ""


def _line(token: Token) -> int:
    return token.map[0] + 1 if token.map else 0


def _table_rows(tokens: Sequence[Token], repairs: Report) -> Iterator[tuple[int, list[str], dict[str, str]]]:
    place = Place()
    columns: list[str] = []
    cells: list[Words] = []
    line = 0
    for number, token in enumerate(tokens):
        if token.type == "heading_open":
            place.enter(int(token.tag[1]), _words(tokens[number + 1]).text)
        elif token.type == "table_open":
            columns = []
        elif token.type == "tr_open":
            cells, line = [], _line(token)
        elif token.type in ("th_open", "td_open"):
            cells.append(_words(tokens[number + 1]))
        elif token.type == "tr_close" and not columns:
            columns = column_names([[cell.text for cell in cells]], repairs)
        elif token.type == "tr_close" and any(cell.text for cell in cells):
            yield line, list(place.headings), _cells(columns, cells)
        elif token.type == "tr_close":
            repairs[code.BLANK_ROW_SKIPPED] += 1


def _cells(columns: list[str], cells: list[Words]) -> dict[str, str]:
    fields: dict[str, str] = {}
    for column, cell in zip(columns, cells, strict=False):
        fields[column] = cell.text
        if cell.links:
            fields[unique_name(f"{column} link", [*columns, *fields])] = "; ".join(cell.links)
    return fields


def _list_rows(tokens: Sequence[Token]) -> Iterator[tuple[int, list[str], dict[str, str]]]:
    place = Place()
    items: list[list[Any]] = []  # the items that are open, the outermost first: line, words, whether told
    for number, token in enumerate(tokens):
        if token.type == "heading_open":
            place.enter(int(token.tag[1]), _words(tokens[number + 1]).text)
        elif token.type == "list_item_open":
            items.append([_line(token), Words(), False])
        elif token.type == "inline" and items and tokens[number - 1].type == "paragraph_open":
            _take(items[-1][1], _words(token))
        elif token.type in ("bullet_list_open", "ordered_list_open", "list_item_close") and items:
            if not items[-1][2]:
                items[-1][2] = True
                yield from _item(place, items)
            if token.type == "list_item_close":
                items.pop()


def _take(words: Words, more: Words) -> None:
    words.text = f"{words.text}\n{more.text}".strip()
    words.head = words.head or more.head
    words.links += more.links


def _item(place: Place, items: list[list[Any]]) -> Iterator[tuple[int, list[str], dict[str, str]]]:
    line, words, _is_told = items[-1]
    if not words.text or (words.links and all(link.startswith("#") for link in words.links)):
        return
    name = words.head or _SEPARATOR.split(words.text, maxsplit=1)[0].strip() or words.text
    fields = {
        "name": name,
        "link": next((link for link in words.links if not link.startswith("#")), ""),
        "description": _LEADING.sub("", words.text.removeprefix(name)),
        "parent": JOINT.join(_name_of(above[1]) for above in items[:-1] if above[1].text),
    }
    yield line, list(place.headings), fields


def _name_of(words: Words) -> str:
    return words.head or _SEPARATOR.split(words.text, maxsplit=1)[0].strip()


def _words(token: Token) -> Words:
    """Return the text of an inline token without its marks; pictures and HTML are left out."""
    words = Words()
    parts: list[str] = []
    start: int | None = None
    for child in token.children or []:
        if child.type in ("link_open", "strong_open"):
            if child.type == "link_open":
                words.links.append(str(child.attrs.get("href", "")))
            start = len(parts) if start is None and not "".join(parts).strip() else start
        elif child.type in ("link_close", "strong_close") and start is not None and not words.head:
            words.head = " ".join("".join(parts[start:]).split())
        elif child.type in ("text", "code_inline"):
            parts.append(child.content)
        elif child.type in ("softbreak", "hardbreak") or (child.type == "html_inline" and _BREAK.fullmatch(child.content)):
            parts.append(" " if child.type == "softbreak" else "\n")
    words.text = "".join(parts).strip()
    return words
