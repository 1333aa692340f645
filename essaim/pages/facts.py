"""Packaged facts: what every thing that ships with the product carries (sources, doubts, conflicts, notes), as one base."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from django.db import models

from essaim.pages.own_words import Said, say
from essaim.pages.wording import choose
from essaim.reference import is_readers_link

Entry = Mapping[str, Any]

SOURCE_KEYS = ("source", "more_sources", "sources", "titles_source", "date_source", "address")
"""Keys under which the packaged files write addresses of evidence, at any depth."""


class PackagedThing(models.Model):
    """A thing told by a packaged file; nothing of its entry is lost, for the whole of it stays in `facts`.

    Attributes:
        id: the readable record id.
        titles: titles or names by language.
        sources: every address of evidence in the entry, in order: `{"url", "is_shown"}`.
        unverified: names of the fields that no page that could be opened showed.
        conflicts: values of other sources, as the entry writes them.
        notes: the file's own cautions: `{"about": field or "", "text"}`.
        facts: the whole entry, dates as ISO 8601 text.
        position: place in the file.
        package_version: version of the packaged facts it came with.
    """

    id = models.CharField(primary_key=True, max_length=200)
    titles = models.JSONField(default=dict)
    sources = models.JSONField(default=list)
    unverified = models.JSONField(default=list)
    conflicts = models.JSONField(default=list)
    notes = models.JSONField(default=list)
    facts = models.JSONField(default=dict)
    position = models.PositiveIntegerField(default=0)
    package_version = models.PositiveIntegerField(default=1)

    class Meta:
        """Keep the file's order; the rooms make the tables."""

        abstract = True
        ordering = ["position"]

    def __str__(self) -> str:
        return self.title or self.id

    @property
    def titled(self) -> Said:
        """The title in the reader's language, one that we translated, or the best there is."""
        language, text = choose(self.titles)
        return say(text) if language == "en" else Said(text or self.id, language)

    @property
    def title(self) -> str:
        """The words of `titled`."""
        return self.titled.text

    def certainty_of(self, field: str) -> str:
        """Tell how sure a field is: sourced, unverified or disputed."""
        if field in self.unverified or "all" in self.unverified:
            return "unverified"
        return "disputed" if any(item.get("field") == field for item in self.conflicts) else "sourced"


def common_columns(entry: Entry, position: int, version: int) -> dict[str, Any]:
    """Return what every packaged thing takes from its entry: sources, doubts, conflicts, notes, and the entry itself."""
    facts = json_ready(entry)
    unverified = entry.get("unverified", [])
    return {
        "sources": list(sources_of(facts)),
        "unverified": list(unverified) if isinstance(unverified, list) else ["all"],
        "conflicts": facts.get("conflicts", []),
        "notes": list(notes_of(facts)),
        "facts": facts,
        "position": position,
        "package_version": version,
    }


def json_ready(value: Any) -> Any:
    """Return a YAML value as JSON can keep it: dates become ISO 8601 text, keys text.

    A list item such as `needs named: data, funds` is a sentence that YAML takes for a mapping; it becomes a sentence again
    (no key of the files holds a space).
    """
    if isinstance(value, Mapping):
        if len(value) == 1 and " " in (key := str(next(iter(value)))):
            return f"{key}: {value[key]}"
        return {str(key): json_ready(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [json_ready(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def partial_date(value: Any, precision: str = "") -> str:
    """Return a date as text no more precise than it is known: `2023`, `2023-05` or `2023-05-16`; empty for none.

    Args:
        value: a date, a year, or text that starts so.
        precision: `year` or `month` when the file says that more is written than is known.
    """
    text = value.isoformat() if isinstance(value, date) else str(value or "")
    return text[: {"year": 4, "month": 7}.get(precision, 10)]


def sources_of(facts: Entry) -> Iterator[dict[str, Any]]:
    """Yield every address of evidence once, the entry's own first, each with whether readers may be sent there."""
    seen: set[str] = set()
    for url, host in _addresses(facts):
        if url not in seen:
            seen.add(url)
            yield {"url": url, "is_shown": is_readers_link(url, host)}


def _addresses(value: Any) -> Iterator[tuple[str, str]]:
    """Yield (address, host mark) depth first; the mark stands beside `source` and is of that address alone."""
    if isinstance(value, list):
        for item in value:
            yield from _addresses(item)
    if not isinstance(value, Mapping):
        return
    for key in SOURCE_KEYS:
        held = value.get(key, [])
        for url in held if isinstance(held, list) else [held]:
            if isinstance(url, str) and urlsplit(url).scheme in ("http", "https"):
                yield url, str(value.get("host", "")) if key in ("source", "address") else ""
    for key, item in value.items():
        if key not in SOURCE_KEYS:
            yield from _addresses(item)


def notes_of(facts: Entry) -> Iterator[dict[str, str]]:
    """Yield the entry's own cautions: `note` and `notes` are about the whole, `<field>_note` about a field."""
    for key, text in facts.items():
        if key in ("note", "notes"):
            yield {"about": "", "text": text}
        elif key.endswith("_note"):
            yield {"about": key.removesuffix("_note"), "text": text}


def names_by_language(names: Mapping[str, str] | str | None, language: str = "und") -> dict[str, str]:
    """Return names as language to text; a bare name is of unknown language."""
    if not names:
        return {}
    return {language: names} if isinstance(names, str) else {str(tag): str(name) for tag, name in names.items()}
