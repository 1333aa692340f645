"""The counts shown on the home page, the map and the source pages, made once for the whole release."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

Page = dict[str, Any]


def figures(pages: Mapping[str, Mapping[str, Page]], edges: list[Page]) -> dict[str, Any]:
    """Return name -> figure: totals, and counts by country, entity type, kind, precision of place and language."""
    organisations, works = list(pages["organisation"].values()), list(pages["work"].values())
    by_country = Counter(code for page in organisations for code in _codes(page, "country"))
    return {
        "organisation": len(organisations),
        "work": len(works),
        "membership": len(edges),
        "network": len({edge["network_id"] for edge in edges}),
        "country": len(by_country),
        "by_country": dict(by_country.most_common()),
        "by_entity_type": dict(Counter(code for page in organisations for code in _codes(page, "entity_type")).most_common()),
        "by_kind": dict(Counter(code for page in organisations for code in _codes(page, "kind")).most_common()),
        "by_precision": dict(Counter(page["page_precision"] for page in organisations).most_common()),
        "by_un_answer": dict(
            Counter(
                told["answer"] for page in organisations for told in page["classifications"] if told["framework"] == "un"
            ).most_common()
        ),
        "work_language": len({code for page in works for code in _codes(page, "work_language")}),
        "disputed": sum(1 for page in organisations if page["disputed"]),
        "record": sum(len(page["record_keys"]) for page in organisations + works),
    }


def _codes(page: Page, property: str) -> set[str]:
    return {value["value"] for value in page["values"].get(property, ())}
