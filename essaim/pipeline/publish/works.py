"""The page document of each work: its titles by language, where it is listed, what it is about, its authors."""

from __future__ import annotations

from typing import Any

from essaim.model.properties import WORK
from essaim.pipeline.publish.inputs import Published, of_property
from essaim.pipeline.publish.organisations import readable_ids
from essaim.pipeline.publish.values import (
    dispute,
    is_disputed,
    main_title,
    number_of,
    numbered_sources,
    side_by_side,
    titles,
)
from essaim.values import names

Page = dict[str, Any]
APART = ("title", "author", "location", "version_of", "part_of", "same_as")


def work_pages(published: Published) -> dict[str, Page]:
    """Return lasting id -> page document of every work, without history."""
    pages: dict[str, Page] = {}
    for (kind, id), records in published.groups.items():
        if kind != "work":
            continue
        numbers = number_of(records)
        by_language = titles(of_property(records, "title"))
        values, disputed = {}, []
        for name, property in WORK.items():
            found = [] if name in APART else side_by_side(of_property(records, name), numbers)
            if found:
                values[name] = found
                if is_disputed(property, found):
                    dispute(found)
                    disputed.append(name)
        pages[id] = {
            "id": id,
            "kind": "work",
            "slug": names.slug(main_title(by_language)) or readable_ids(records)[0],
            "titles": by_language,
            "readable_ids": readable_ids(records),
            "record_keys": [record.key for record in records],
            "authors": list(dict.fromkeys(said.value for said in of_property(records, "author"))),
            "expressions": [
                {name: value[name] for name in ("value", "language", "certainty", "sources")}
                for value in side_by_side(of_property(records, "title"), numbers)
            ],
            "locations": [
                {"url": value["value"], "is_shown": value["is_shown"], "site": value["note"], "sources": value["sources"]}
                for value in side_by_side(of_property(records, "location"), numbers)
            ],
            "relations": [],
            "values": values,
            "disputed": disputed,
            "sources": numbered_sources(records, published.by_id),
            "history": [],
        }
    _relate(published, pages)
    return pages


def _relate(published: Published, pages: dict[str, Page]) -> None:
    """Link works to the works they are versions or parts of, both ways."""
    for (kind, id), records in published.groups.items():
        if kind != "work":
            continue
        for said in of_property(records, "version_of", "part_of"):
            other = published.clusters.get(said.value)
            if other is None or other == id:
                continue
            for here, there, name in (
                (id, other, said.property),
                (other, id, {"version_of": "has_version", "part_of": "has_part"}[said.property]),
            ):
                page = pages[there]
                pages[here]["relations"].append(
                    {"type": name, "other": {"id": there, "slug": page["slug"], "titles": page["titles"]}}
                )
