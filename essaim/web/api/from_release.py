"""Operations on what a release holds: organisations, works, sources, releases, figures by country."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_noop as _
from django.utils.translation import override
from ninja import Query, Router

from essaim.config import configuration
from essaim.pages.released.serving import find
from essaim.release import Release, all_releases
from essaim.text import FACETS
from essaim.text import Query as Question
from essaim.web.api.lines import line, published
from essaim.web.api.paging import data, part, release_of
from essaim.web.api.problems import Problem
from essaim.web.api.shapes import (
    Asked,
    OnlyRelease,
    OrganisationDocument,
    Organisations,
    Page,
    Paging,
    WorkDocument,
    Works,
)

router = Router()


def one_of_kind(request: HttpRequest, asked: Asked, kind: str) -> HttpResponse:
    """Answer with the things of one kind that a question finds, best first; without words, by weight and title."""
    release = release_of(asked.release)
    with override(asked.words_in):
        filters = {name: getattr(asked, name) for name in FACETS if name != "kind" and getattr(asked, name)}
        ids = release.index().ids(Question(asked.q, asked.words_in, {**filters, "kind": [kind]}))
    chosen = ids[asked.offset : asked.offset + asked.limit]
    return part(request, [line(document) for document in release.pages(kind, chosen)], len(ids), asked, release)


@router.get("/organisations", response=Organisations, summary=_("Organisations, by words and filters"), tags=["organisations"])
def organisations(request: HttpRequest, asked: Query[Asked]) -> HttpResponse:
    """List organisations."""
    return one_of_kind(request, asked, "organisation")


@router.get(
    "/organisations/{id}",
    response=OrganisationDocument,
    summary=_("One organisation, with every value, its sources and reasons"),
    tags=["organisations"],
)
def organisation(request: HttpRequest, id: str, asked: Query[OnlyRelease]) -> HttpResponse:
    """Return an organisation by lasting, former or readable id, or by a record key."""
    return data(published(document_of(release_of(asked.release), "organisation", id)))


@router.get(
    "/organisations/{id}/members",
    response=Page,
    summary=_("The members of a network, each membership with its source"),
    tags=["organisations"],
)
def members(request: HttpRequest, id: str, paging: Query[Paging]) -> HttpResponse:
    """List the memberships below a network in the order of the members' names; one with several roles is there several times."""
    release = release_of(paging.release)
    network = document_of(release, "organisation", id)
    told, total = release.members(network["id"], paging.offset, paging.limit)
    return part(request, told, total, paging, release)


@router.get("/works", response=Works, summary=_("Works, by words and filters"), tags=["works"])
def works(request: HttpRequest, asked: Query[Asked]) -> HttpResponse:
    """List works."""
    return one_of_kind(request, asked, "work")


@router.get("/works/{id}", response=WorkDocument, summary=_("One work, with every value and its sources"), tags=["works"])
def work(request: HttpRequest, id: str, asked: Query[OnlyRelease]) -> HttpResponse:
    """Return a work by lasting, former or readable id, or by a record key."""
    return data(published(document_of(release_of(asked.release), "work", id)))


def document_of(release: Release, kind: str, id: str) -> dict[str, Any]:
    """Return a document.

    Raises:
        Problem: nothing answers to the id (404).
    """
    document = find(release, kind, id)
    if document is None:
        listed = f"{configuration().base_url}/api/v1/{kind}s"
        raise Problem(404, f"No {kind} of release {release.number} answers to {id!r}. Ids are listed at {listed}")
    return document


@router.get("/sources", response=Page, summary=_("The sources, with licence, freshness and counts"), tags=["sources"])
def sources(request: HttpRequest, paging: Query[Paging]) -> HttpResponse:
    """List the sources of a release in the order of their ids."""
    release = release_of(paging.release)
    every = release.sources()
    return part(request, every[paging.offset : paging.offset + paging.limit], len(every), paging, release)


@router.get("/sources/{id}", response=dict[str, Any], summary=_("One source"), tags=["sources"])
def source(request: HttpRequest, id: str, asked: Query[OnlyRelease]) -> HttpResponse:
    """Return a source with what was read, repaired and set aside."""
    release = release_of(asked.release)
    found = release.source(id)
    if found is None:
        raise Problem(404, f"Release {release.number} has no source {id!r}.")
    return data(found)


@router.get("/sources/{id}/aside", response=Page, summary=_("What was set aside of a source, and why"), tags=["sources"])
def asides(request: HttpRequest, id: str, paging: Query[Paging]) -> HttpResponse:
    """List the records and values of a source that could not be used, each with the code of its reason."""
    release = release_of(paging.release)
    if release.source(id) is None:
        raise Problem(404, f"Release {release.number} has no source {id!r}.")
    told, total = release.asides(id, paging.offset, paging.limit)
    return part(request, told, total, paging, release)


@router.get("/releases", response=Page, summary=_("The releases kept here, newest first"), tags=["releases"])
def releases(request: HttpRequest, paging: Query[Paging]) -> HttpResponse:
    """List the releases, each with its counts and what changed."""
    served = release_of()
    every = [summary(release, served) for release in all_releases(configuration().releases) if release.is_sealed]
    return part(request, every[paging.offset : paging.offset + paging.limit], len(every), paging, None)


@router.get(
    "/releases/{number}",
    response=dict[str, Any],
    summary=_("One release: its manifest with checksums, and what changed"),
    tags=["releases"],
)
def release(request: HttpRequest, number: str) -> HttpResponse:
    """Return the manifest and the diff of a release."""
    found = release_of(number)
    return data({**found.manifest, "diff": found.diff()})


def summary(release: Release, served: Release) -> dict[str, Any]:
    """Return what tells a release from another."""
    manifest = release.manifest
    return {
        "number": release.number,
        "is_served": release.number == served.number,
        "sealed_at": manifest["sealed_at"],
        "code_version": manifest["code_version"],
        "counts": manifest.get("counts", {}),
        "diff": manifest.get("diff", {}),
        "url": f"{configuration().base_url}/api/v1/releases/{release.number}",
    }


@router.get("/countries", response=Page, summary=_("How many organisations each country has in the register"), tags=["countries"])
def countries(request: HttpRequest, paging: Query[Paging]) -> HttpResponse:
    """List the countries that organisations of a release name, with their numbers; what names none is in `without_country`."""
    release = release_of(paging.release)
    figures = release.figures()
    lines = [
        {"country": code, "organisations": count, "address": f"{configuration().base_url}/en/countries/{code}"}
        for code, count in sorted(figures["by_country"].items())
    ]
    more = {"organisations": figures["organisation"], "by_precision": figures["by_precision"]}
    return part(request, lines[paging.offset : paging.offset + paging.limit], len(lines), paging, release, **more)
