"""Where the data comes from: each source with its licence, its freshness, what was made of it and what was set aside."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from essaim.pages.models import FactsPackage
from essaim.pages.reasons import sentence
from essaim.pages.registry import FactsFolder, facts_folders
from essaim.pages.released.values import choose_title, site_address
from essaim.pages.served import served_release
from essaim.release import Release
from essaim.web.search.asked import read_page
from essaim.web.search.labels import PACKAGED_SOURCES
from essaim.web.source_words import described

PER_PAGE = 50
SHORT = 60
LATE_AFTER = {"daily": 3, "weekly": 14, "monthly": 62, "quarterly": 190, "yearly": 550}
"""Days after which a source of a cadence was not looked at for too long; twice the cadence and a little."""


@require_safe
def sources(request: HttpRequest) -> HttpResponse:
    """List the sources of the served release, and the packaged facts that the database holds."""
    release = served_release()
    told = all_sources(release)
    context = {
        "sources": told,
        "packages": packages(),
        "records": sum(one["records"] for one in told),
        "aside": sum(one["aside"] for one in told),
        "release": release,
        "crumbs": [{"label": gettext("Sources")}],
    }
    return render(request, "web/sources/list.html", context)


@require_safe
def source(request: HttpRequest, id: str) -> HttpResponse:
    """Show one source whole.

    Raises:
        Http404: neither the release nor the packaged facts have it.
    """
    release = served_release()
    found = release.source(id) if release else None
    if release is None or found is None:
        return package(request, id)
    page = read_page(request.GET)
    asides, total = release.asides(id, (page - 1) * PER_PAGE, PER_PAGE)
    context = {
        "source": found,
        "told": line(found),
        **described(found),
        "asides": [_aside(one) for one in asides],
        "aside_total": total,
        "page": page,
        "per_page": PER_PAGE,
        "release": release,
        "things_address": f"{site_address('/search/')}?source={id}",
        "crumbs": [{"label": gettext("Sources"), "address": site_address("/sources/")}, {"label": choose_title(found["title"])}],
    }
    return render(request, "web/sources/source.html", context)


def line(source: dict[str, Any]) -> dict[str, Any]:
    """Return what the list shows of a source."""
    return {
        "id": source["id"],
        "title": choose_title(source["title"]),
        "summary": choose_title(source["summary"]),
        "address": site_address(f"/sources/{source['id']}"),
        "publisher": source["publisher"]["name"],
        "licence": source["licence"],
        "records": sum(source["report"]["records"].values()),
        "aside": sum(source["report"]["asides"].values()),
        "gathered": source["snapshot"]["gathered_at"][:10],
        "checked": source["snapshot"]["checked_at"][:10],
        "freshness": freshness(source),
        "problem": source["problem"],
        "dropped": source["personal_data"]["dropped"],
    }


def freshness(source: dict[str, Any], now: datetime | None = None) -> str:
    """Return `fresh`, `stale` (the last try failed, an older state is used) or `late` (not looked at for long)."""
    if source["snapshot"]["is_stale"] or source["problem"]:
        return "stale"
    days = LATE_AFTER.get(source["cadence"])
    age = (now or datetime.now(UTC)) - datetime.fromisoformat(source["snapshot"]["checked_at"])
    return "late" if days and age.days > days else "fresh"


def _aside(told: dict[str, Any]) -> dict[str, Any]:
    reason = told["reason"]
    begins = next(iter(told["fields"].values()), "")
    return {
        "position": told["position"],
        "reason": sentence(reason["code"], reason["parameters"]),
        "fields": told["fields"],
        "begins": begins[:SHORT] + ("…" if len(begins) > SHORT else "") or gettext("the record"),
    }


def packages() -> list[dict[str, Any]]:
    """Return the packaged facts that the database holds, one line a file, with the version that was accepted."""
    accepted = {one.room: one for one in FactsPackage.objects.filter(state=FactsPackage.State.ACCEPTED).order_by("id")}
    return [
        _package(folder, file.removesuffix(".yaml"), accepted[folder.room])
        for folder in facts_folders()
        if folder.room in accepted
        for file in folder.files
    ]


def _package(folder: FactsFolder, id: str, accepted: FactsPackage) -> dict[str, Any]:
    return {
        "id": id,
        "title": PACKAGED_SOURCES.get(id, id),
        "address": site_address(f"/sources/{id}"),
        "version": accepted.version,
        "loaded": accepted.loaded_at.date().isoformat(),
        "checksum": accepted.checksum,
        "waiting": FactsPackage.objects.filter(room=folder.room, state=FactsPackage.State.PROPOSED).first(),
        "things_address": f"{site_address('/search/')}?source={id}",
    }


def package(request: HttpRequest, id: str) -> HttpResponse:
    """Show packaged facts that the database holds.

    Raises:
        Http404: there are none of that name.
    """
    found = next((one for one in packages() if one["id"] == id), None)
    if found is None:
        raise Http404(f"no source {id}")
    crumbs = [{"label": gettext("Sources"), "address": site_address("/sources/")}, {"label": found["title"]}]
    return render(request, "web/sources/package.html", {"package": found, "crumbs": crumbs})


def all_sources(release: Release | None) -> list[dict[str, Any]]:
    """Return the lines of every source of a release; none before the first."""
    return [line(source) for source in release.sources()] if release else []
