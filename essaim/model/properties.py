"""The properties of organisations and works: what kind of value each holds and how many may stand side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ValueKind = Literal[
    "text", "name", "code", "country", "date", "count", "money", "url", "phone", "identifier", "coordinate", "language"
]


@dataclass(frozen=True)
class Property:
    """One property.

    Attributes:
        name: its name in statements.
        kind: the kind of value, which decides how it is normalised.
        is_single: True when two different values of the same time mean that sources disagree.
        code_list: the list of `reference` that its codes come from.
    """

    name: str
    kind: ValueKind
    is_single: bool = False
    code_list: str = ""


ORGANISATION: dict[str, Property] = {
    property.name: property
    for property in (
        Property("name", "name"),
        Property("acronym", "text"),
        Property("alias", "name"),
        Property("former_name", "name"),
        Property("kind", "code", code_list="kinds"),
        Property("entity_type", "code", is_single=True, code_list="entity_types"),
        Property("legal_form", "text"),
        Property("legal_form_code", "text", is_single=True),
        Property("country", "country", is_single=True),
        Property("region", "text"),
        Property("scope", "code", is_single=True, code_list="scopes"),
        Property("town", "text"),
        Property("address", "text"),
        Property("postcode", "text"),
        Property("longitude", "coordinate"),
        Property("latitude", "coordinate"),
        Property("website", "url"),
        Property("phone", "phone"),
        Property("founded", "date", is_single=True),
        Property("dissolved", "date", is_single=True),
        Property("status", "text", is_single=True),
        Property("sector", "code", code_list="sectors"),
        Property("activity", "text"),
        Property("identifier", "identifier"),
        Property("members_count", "count"),
        Property("jobs", "count"),
        Property("turnover", "money"),
        Property("note", "text"),
    )
}

WORK: dict[str, Property] = {
    property.name: property
    for property in (
        Property("title", "name"),
        Property("work_kind", "code", is_single=True, code_list="work_kinds"),
        Property("author", "text"),
        Property("year", "date", is_single=True),
        Property("date", "date", is_single=True),
        Property("publisher", "text"),
        Property("series", "text"),
        Property("pages", "text"),
        Property("isbn", "text"),
        Property("issn", "text"),
        Property("doi", "text", is_single=True),
        Property("hal", "text"),
        Property("subject", "code"),
        Property("sdg", "text"),
        Property("country", "country"),
        Property("work_language", "language"),
        Property("location", "url"),
        Property("norm", "text"),
        Property("law", "text"),
        Property("version_of", "text"),
        Property("part_of", "text"),
        Property("same_as", "text"),
        Property("note", "text"),
    )
}

MEMBERSHIP: dict[str, Property] = {
    property.name: property
    for property in (
        Property("member", "text", is_single=True),
        Property("network", "text", is_single=True),
        Property("role", "code", code_list="roles"),
        Property("since", "date"),
        Property("until", "date"),
        Property("seen", "date"),
        Property("note", "text"),
    )
}

BY_KIND: dict[str, dict[str, Property]] = {"organisation": ORGANISATION, "work": WORK, "membership": MEMBERSHIP}
