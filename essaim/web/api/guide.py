"""The page about the API: every operation, its parameters and an example, read from the schema itself."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from essaim.config import configuration
from essaim.web.api.interface import api

EXAMPLES = {
    "/api/v1/organisations": "?country=SEN&limit=10",
    "/api/v1/organisations/{id}": "ripess",
    "/api/v1/organisations/{id}/members": "ripess",
    "/api/v1/works": "?q=statistics",
    "/api/v1/sources/{id}": "organisations",
    "/api/v1/sources/{id}/aside": "organisations",
    "/api/v1/search": "?q=mutual",
}
"""Operation to an id or a query that shows it at work on the packaged facts."""


@dataclass(frozen=True)
class Parameter:
    """One parameter of an operation."""

    name: str
    description: str
    is_path: bool
    is_many: bool


@dataclass(frozen=True)
class Operation:
    """One operation: address with its parameters in braces, what it answers, a link that shows it."""

    path: str
    anchor: str
    summary: str
    parameters: tuple[Parameter, ...]
    example: str

    @property
    def steps(self) -> list[str]:
        """The parts of the address after what all of them begin with; a line may break before each."""
        return self.path.removeprefix("/api/v1/").split("/")


@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """Show the page about the API."""
    groups: dict[str, list[Operation]] = {}
    for operation, tag in operations():
        groups.setdefault(tag, []).append(operation)
    context = {
        "groups": [{"name": _group(tag), "operations": held} for tag, held in groups.items()],
        "base": configuration().base_url,
    }
    return render(request, "web/api/guide.html", context)


def _group(tag: str) -> str:
    return {
        "organisations": gettext("Organisations"),
        "works": gettext("Works"),
        "sources": gettext("Sources"),
        "releases": gettext("Releases"),
        "countries": gettext("Countries"),
        "search": gettext("Search"),
        "coordination": gettext("Coordination"),
        "policy": gettext("Policy"),
    }.get(tag, tag)


@lru_cache(maxsize=1)
def _schema() -> dict[str, Any]:
    return dict(api.get_openapi_schema(path_prefix="/api/v1/"))


def operations() -> list[tuple[Operation, str]]:
    """Return every operation with its group, in the schema's order, in the reader's language."""
    reading = [(path, described["get"]) for path, described in _schema()["paths"].items() if "get" in described]
    return [(_operation(path, described), described["tags"][0]) for path, described in reading]


def _operation(path: str, described: dict[str, Any]) -> Operation:
    parameters = tuple(_parameter(told) for told in described.get("parameters", ()))
    summary = described["summary"]
    return Operation(path, described["operationId"], gettext(summary), parameters, example(path))


def _parameter(told: dict[str, Any]) -> Parameter:
    described = told.get("description", "")
    return Parameter(
        told["name"], gettext(described) if described else "", told["in"] == "path", told["schema"].get("type") == "array"
    )


def example(path: str) -> str:
    """Return an address that shows an operation; empty where one would need an id that only an installation knows."""
    shown = EXAMPLES.get(path, "")
    if "{" not in path:
        return path + shown
    return path.replace("{id}", quote(shown)) if shown else ""
