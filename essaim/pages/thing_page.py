"""The page of one thing of the database: found by id, shown whole, with its JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render

from essaim.pages.fact_sheet import Sheet, site_path
from essaim.pages.facts import PackagedThing
from essaim.pages.models import FactsPackage
from essaim.pages.registry import Kind, kind


def find(name: str, id: str) -> Any:
    """Return a thing by kind and id.

    Raises:
        Http404: nothing has the id.
    """
    found = kind(name).find(id)
    if found is None:
        raise Http404(f"no {name} {id}")
    return found


def thing_page(
    request: HttpRequest, name: str, sheet: Sheet, template: str, extra: Mapping[str, Any] | None = None
) -> HttpResponse:
    """Answer with the page of a thing.

    Args:
        request: the request.
        name: name of its kind.
        sheet: the thing, ready to show.
        template: a template that extends `pages/facts/thing.html`.
        extra: more for the template.
    """
    known: Kind = kind(name)
    thing: PackagedThing = sheet.thing
    list_crumb = {"label": known.label_plural, "address": site_path(known.address("").rstrip("/") + "/")}
    context = {
        "kind": known,
        "thing": thing,
        "titled": thing.titled,
        "sheet": sheet,
        "crumbs": [list_crumb, {"label": thing.title}],
        "json_address": site_path(f"{known.address(thing.id)}.json"),
        "package": FactsPackage.objects.filter(room=known.room, state=FactsPackage.State.ACCEPTED).first(),
    }
    return render(request, template, context | dict(extra or {}))


def thing_json(request: HttpRequest, name: str, id: str) -> HttpResponse:
    """Answer with a thing as JSON."""
    found = find(name, id)
    return JsonResponse(kind(name).as_json(found), json_dumps_params={"ensure_ascii": False})


def redirect_to_own_case(name: str, id: str, found: PackagedThing) -> HttpResponse | None:
    """Send an id written in another case (`/institutions/ripess`) to the one address of the thing."""
    return HttpResponseRedirect(site_path(kind(name).address(found.id))) if found.id != id else None


def as_json(thing: PackagedThing, name: str, **more: Any) -> dict[str, Any]:
    """Return what every thing's JSON holds: the whole entry, titles, sources, doubts and conflicts."""
    return {
        "id": thing.id,
        "kind": name,
        "titles": thing.titles,
        "address": kind(name).address(thing.id),
        **more,
        "facts": thing.facts,
        "unverified": thing.unverified,
        "conflicts": thing.conflicts,
        "sources": thing.sources,
        "package_version": thing.package_version,
    }
