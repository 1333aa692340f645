"""The releases: what each holds and changed, its files to take away, and how it is cited."""

from __future__ import annotations

import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from essaim.config import configuration
from essaim.errors import ReleaseError
from essaim.pages.released.values import site_address
from essaim.pages.served import served_release
from essaim.pages.wording import precise_date
from essaim.release import Release, all_releases, is_number, layout, open_release
from essaim.web.changes import EVENTS, counted, lines
from essaim.web.search.asked import read_page

FIRST_ITEMS = 10
PER_PAGE = 100


@require_safe
def releases(request: HttpRequest) -> HttpResponse:
    """List every release, newest first, and those of which only the diff is kept."""
    folder = configuration().releases
    served = served_release()
    found = all_releases(folder)
    context = {
        "releases": [_line(release.manifest, served) for release in found],
        "kept": [_line(manifest, served) for manifest in kept_manifests({release.number for release in found})],
        "release": served,
        "crumbs": [{"label": gettext("Releases")}],
    }
    return render(request, "web/releases/list.html", context)


def _line(manifest: dict[str, Any], served: Release | None) -> dict[str, Any]:
    return {
        "number": manifest["number"],
        "address": site_address(f"/releases/{manifest['number']}"),
        "sealed_at": manifest["sealed_at"],
        "day": manifest["sealed_at"][:10],
        "is_served": served is not None and served.number == manifest["number"],
        "is_sealed": manifest["is_sealed"],
        "counts": manifest.get("counts", {}),
        "changes": [one for one in counted({"counts": manifest.get("diff", {})}) if one["count"]],
    }


def kept_manifests(but: set[str]) -> list[dict[str, Any]]:
    """Return the manifests of pruned releases, newest first."""
    place = configuration().releases / layout.KEPT
    numbers = [path.name for path in place.iterdir() if is_number(path.name) and path.name not in but] if place.is_dir() else []
    return [
        json.loads((place / name / layout.MANIFEST).read_text("utf-8"))
        for name in sorted(numbers, key=layout.sort_key, reverse=True)
    ]


@require_safe
def release(request: HttpRequest, number: str) -> HttpResponse:
    """Show one release; of a pruned one, what is kept.

    Raises:
        Http404: there never was one of that number.
    """
    try:
        found = open_release(configuration().releases, number)
    except ReleaseError:
        return pruned(request, number)
    event = request.GET.get("changes", "")
    context = about(found.manifest, found.diff(), event if event in EVENTS else "", read_page(request.GET))
    context |= {"files": files(found), "folders": folders(found), "is_kept_whole": True}
    return render(request, "web/releases/release.html", context)


def pruned(request: HttpRequest, number: str) -> HttpResponse:
    """Show what is kept of a pruned release: its manifest and its diff.

    Raises:
        Http404: nothing is kept.
    """
    place = configuration().releases / layout.KEPT / number
    if not is_number(number) or not (place / layout.MANIFEST).is_file():
        raise Http404(f"no release {number}")
    manifest = json.loads((place / layout.MANIFEST).read_text("utf-8"))
    diff = json.loads((place / layout.DIFF).read_text("utf-8"))
    event = request.GET.get("changes", "")
    return render(
        request, "web/releases/release.html", about(manifest, diff, event if event in EVENTS else "", read_page(request.GET))
    )


def about(manifest: dict[str, Any], diff: dict[str, Any], event: str, page: int) -> dict[str, Any]:
    """Return what the page of a release shows.

    Args:
        manifest: of the release.
        diff: against the release before.
        event: the list of the diff to show whole; empty shows the beginning of each.
        page: of that list.
    """
    number = manifest["number"]
    served = served_release()
    offset = (page - 1) * PER_PAGE
    changes = [
        one | {"items": lines(diff, one["event"], offset, PER_PAGE) if event else lines(diff, one["event"], 0, FIRST_ITEMS)}
        for one in counted(diff)
        if one["count"] and event in ("", one["event"])
    ]
    return {
        "manifest": manifest,
        "line": _line(manifest, served),
        "before": diff["from"],
        "before_address": site_address(f"/releases/{diff['from']}") if diff["from"] else "",
        "changes": changes,
        "event": event,
        "page": page,
        "per_page": PER_PAGE,
        "first_items": FIRST_ITEMS,
        "sources": [_source(source) for source in manifest["sources"]],
        "figures": matching_figures(manifest.get("match", {})),
        "cite": citation(manifest),
        "crumbs": [{"label": gettext("Releases"), "address": site_address("/releases/")}, {"label": number}],
    }


def _source(source: dict[str, Any]) -> dict[str, Any]:
    return source | {
        "address": site_address(f"/sources/{source['id']}"),
        "record_total": sum(source["records"].values()),
        "aside_total": sum(source["asides"].values()),
        "day": source["gathered_at"][:10],
    }


def matching_figures(match: dict[str, Any]) -> list[tuple[str, Any]]:
    """Return the figures of the matching step that are one number or word each, in the order they were written."""
    return [(name.replace("_", " "), value) for name, value in match.items() if isinstance(value, int | float | str)]


def citation(manifest: dict[str, Any]) -> str:
    """Return how the release is cited: name, number, day, lasting address, licence."""
    return gettext("Essaim, release {number}, {date}. {address} (facts under {licence})").format(
        number=manifest["number"],
        date=precise_date(manifest["sealed_at"][:10]),
        address=f"{configuration().base_url}/id/release/{manifest['number']}",
        licence=manifest["licence"],
    )


def files(found: Release) -> list[dict[str, Any]]:
    """Return the files that a person may want one by one, with size, checksum and address; the index's many are left out."""
    rows = {f"{layout.TABLES}/{name}.parquet": count for name, count in found.manifest["counts"].items()}
    rows[layout.RDF] = found.manifest["counts"].get("triples", "")
    return [
        {**file, "rows": rows.get(file["path"], ""), "address": site_address(f"/releases/{found.number}/files/{file['path']}")}
        for file in [*found.manifest["files"], _manifest_itself(found)]
        if not file["path"].startswith(f"{layout.SEARCH}/")
    ]


def folders(found: Release) -> dict[str, int]:
    """Return number and size of the files of the search index, told together."""
    sizes = [file["bytes"] for file in found.manifest["files"] if file["path"].startswith(f"{layout.SEARCH}/")]
    return {"count": len(sizes), "bytes": sum(sizes)}


def _manifest_itself(found: Release) -> dict[str, Any]:
    return {"path": layout.MANIFEST, "bytes": (found.folder / layout.MANIFEST).stat().st_size, "sha256": ""}
