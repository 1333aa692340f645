"""Filling the folder that becomes a release: tables, pages, index, tiles, linked data, catalogue, diff."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from essaim.formats.pmtiles_archive import build_archive
from essaim.pipeline.publish.catalogue import write_catalogue
from essaim.pipeline.publish.corrections import obey
from essaim.pipeline.publish.edges import Edges
from essaim.pipeline.publish.figures import figures
from essaim.pipeline.publish.inputs import Published, Sourced
from essaim.pipeline.publish.organisations import organisation_pages
from essaim.pipeline.publish.rdf import write_rdf
from essaim.pipeline.publish.search import entries
from essaim.pipeline.publish.serve import fingerprint, places_of, write_serve
from essaim.pipeline.publish.tables import write_tables
from essaim.pipeline.publish.values import main_title
from essaim.pipeline.publish.works import work_pages
from essaim.release import Release, layout
from essaim.release.keep import diff_of, fingerprints, told_diffs
from essaim.release.places import points_of
from essaim.release.seal import write_json
from essaim.text import build_index

Page = dict[str, Any]
Tell = Callable[[str], None]


def publish(
    folder: Path, releases: Path, published: Published, served: Release | None, tell: Tell = lambda step: None
) -> dict[str, Any]:
    """Fill a folder with everything a release holds but its manifest.

    Args:
        folder: emptied first; a build that was killed leaves nothing here that counts.
        releases: the folder of the releases, for the diffs told so far.
        published: what to publish.
        served: the release before, that the diff is told against.
        tell: told each step's name as it begins.

    Returns:
        Contents for the manifest: sources, counts, figures, problems.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    tell("pages")
    pages: dict[str, dict[str, Page]] = {"organisation": organisation_pages(published), "work": work_pages(published)}
    edges = Edges(published)
    below = edges.add_to(pages["organisation"])
    obey(pages, below, published)
    prints = {
        (kind, id): (main_title(page["titles"]), fingerprint(page)) for kind, by_id in pages.items() for id, page in by_id.items()
    }
    diff = {"from": served.number if served else None, "to": published.number} | diff_of(
        fingerprints(served), prints, published.redirects, published.splits
    )
    write_json(folder / layout.DIFF, diff)
    add_history(pages, [diff, *told_diffs(releases)])
    tell("tables")
    counts = write_tables(folder / layout.TABLES, published, pages, edges.edges)
    asides = [aside for sourced in published.sources for aside in sourced.normalised.asides] + edges.asides
    with (folder / layout.ASIDE).open("w", encoding="utf-8") as stream:
        for aside in asides:
            stream.write(json.dumps(asdict(aside), ensure_ascii=False) + "\n")
    told = [source_page(sourced, edges) for sourced in published.sources]
    numbers = figures(pages, edges.edges) | {"aside": len(asides), "source": len(told), "cycle": edges.cycles}
    tell("serve")
    write_serve(
        folder / layout.SERVE,
        pages=pages,
        prints=prints,
        below=below,
        sources=told,
        asides=asides,
        figures=numbers,
        clusters=published.clusters,
        redirects=published.redirects,
        splits=published.splits,
    )
    tell("search")
    counts["search_entries"] = build_index(entries(pages), folder / layout.SEARCH)
    tell("tiles")
    (folder / layout.TILES).parent.mkdir(parents=True, exist_ok=True)
    build_archive(points_of(places_of(pages["organisation"].values())), folder / layout.TILES)
    tell("rdf")
    counts["triples"] = write_rdf(folder / layout.RDF, pages, edges.edges, published.base_url)
    tell("catalogue")
    write_catalogue(folder, published, counts)
    return {
        "licence": "CC-BY-4.0",
        "sources": [_in_manifest(sourced) for sourced in published.sources],
        "counts": counts,
        "diff": diff["counts"],
        "match": dict(published.match_figures),
        "problems": published.problems,
    }


def add_history(pages: Mapping[str, Mapping[str, Page]], diffs: list[Page]) -> None:
    """Write into each page what happened to it, release by release, newest first."""
    for diff in diffs:
        for event in ("new", "merged", "split", "changed"):
            for item in diff[event]:
                page = pages.get(item["kind"], {}).get(item.get("into", item["id"]))
                if page is not None:
                    details = {
                        name: item[name] for name in ("split_from", "title") if name in item and event in ("merged", "split")
                    }
                    if event == "merged":
                        details["from"] = item["id"]
                    page["history"].append({"release": diff["to"], "event": event, "details": details})


def source_page(sourced: Sourced, edges: Edges) -> Page:
    """Return what the page of a source shows."""
    source, snapshot, normalised = sourced.source, sourced.snapshot, sourced.normalised
    report = dict(normalised.report)
    for aside in edges.asides:
        if aside.source_id == source.id:
            report["asides"] = report["asides"] | {aside.reason_code: report["asides"].get(aside.reason_code, 0) + 1}
    return {
        "id": source.id,
        "title": source.title,
        "summary": source.summary,
        "publisher": source.publisher.model_dump(),
        "page": source.page,
        "place": source.data.url or source.data.file,
        "format": source.format,
        "language": source.language,
        "licence": source.licence.model_dump(),
        "cadence": source.cadence,
        "tried_on": source.tried_on,
        "personal_data": source.personal_data.model_dump(),
        "expected": source.expected.model_dump(),
        "rank": source.rank,
        "kinds": list(source.mappings()),
        "snapshot": {
            "sha256": snapshot.sha256,
            "gathered_at": snapshot.gathered_at.isoformat(timespec="seconds"),
            "checked_at": snapshot.checked_at.isoformat(timespec="seconds"),
            "bytes": snapshot.size,
            "is_stale": snapshot.is_stale,
        },
        "problem": sourced.problem or snapshot.problem,
        "report": report,
    }


def _in_manifest(sourced: Sourced) -> Page:
    return {
        "id": sourced.source.id,
        "licence": sourced.source.licence.id,
        "sha256": sourced.snapshot.sha256,
        "gathered_at": sourced.snapshot.gathered_at.isoformat(timespec="seconds"),
        "is_stale": sourced.snapshot.is_stale,
        "records": sourced.normalised.report["records"],
        "asides": sourced.normalised.report["asides"],
        "problem": sourced.problem or sourced.snapshot.problem,
    }
