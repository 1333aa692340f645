"""What the documentation says, taken out of its Markdown: pages, links, headings and command lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
_FENCE = re.compile(r"^```(\S*)[ ]?(\S*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)|<(?:img|source|a)\b[^>]*?(?:src|srcset|href)=\"([^\"]+)\"")


def pages() -> list[Path]:
    """Return every page of the documentation and those at the root."""
    return [*sorted(DOCS.rglob("*.md")), *sorted(ROOT.glob("*.md")), *sorted((ROOT / "benchmarks").glob("*.md"))]


def named(page: Path) -> str:
    """Return the page's path in the repository."""
    return str(page.relative_to(ROOT))


def blocks(page: Path) -> Iterator[tuple[str, str, str]]:
    """Yield (language, file name or empty, text) of each fenced block."""
    for match in _FENCE.finditer(page.read_text("utf-8")):
        yield match.group(1), match.group(2), match.group(3)


def links(page: Path) -> list[str]:
    """Return the links of a page that lead into the repository."""
    text = _FENCE.sub("", page.read_text("utf-8"))
    found = [one or other for one, other in _LINK.findall(text)]
    return [link for link in found if not re.match(r"[a-z]+:", link)]


def anchors(page: Path) -> set[str]:
    """Return the anchors of a page's headings, as forges make them."""
    headings = re.findall(r"^#+ (.+)$", _FENCE.sub("", page.read_text("utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def command_lines(page: Path) -> list[str]:
    """Return the lines that begin with `essaim`, in the order of the page; words after two spaces are a remark."""
    found = []
    for language, _, text in blocks(page):
        if language in ("console", "sh", "bash"):
            lines = [line.strip().removeprefix("$ ") for line in text.splitlines()]
            found += [re.split(r"\s{2,}", line)[0] for line in lines if line.startswith("essaim")]
    return found
