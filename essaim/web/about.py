"""The pages about the site itself: the data and its path, privacy, accessibility, and whom it owes what."""

from __future__ import annotations

import re
from email.message import Message
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, metadata, requires
from pathlib import Path
from typing import Any, cast

import yaml
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from essaim.pages.registry import kinds
from essaim.pages.released.values import site_address
from essaim.pages.served import served_release
from essaim.pages.wording import number
from essaim.values.countries import all_codes
from essaim.web.sources import all_sources, packages

STEPS = ("gather", "normalise", "classify", "match", "publish", "read")
DISTRIBUTION = "essaim"


@require_safe
def about_the_data(request: HttpRequest) -> HttpResponse:
    """Tell the path of the data, the certainties, and what the release covers and lacks, in its own figures."""
    release = served_release()
    figures = release.figures() if release else {}
    context = {
        "steps": STEPS,
        "release": release,
        "figures": figures,
        "gaps": gaps(figures) if figures else [],
        "kinds": [
            {"label": kind.label_plural, "count": kind.count(), "address": site_address(f"{kind.address('').rstrip('/')}/")}
            for kind in kinds()
        ],
        "crumbs": [{"label": gettext("About the data")}],
    }
    return render(request, "web/about/data.html", context)


def gaps(figures: dict[str, Any]) -> list[dict[str, str]]:
    """Return what is known of how many, as rows of label, number and share, the gaps among them told as such."""
    total, precision, answers = figures["organisation"], figures["by_precision"], figures["by_un_answer"]
    typed = sum(count for code, count in figures["by_entity_type"].items() if code)
    countries = figures["country"]
    found = [
        (gettext("Countries with at least one organisation"), countries, len(all_codes())),
        (
            gettext("Organisations with a place, exact or of the town"),
            precision.get("point", 0) + precision.get("town", 0),
            total,
        ),
        (gettext("Organisations known to the country only"), precision.get("country", 0), total),
        (gettext("Organisations whose place no source tells"), precision.get("unknown", 0), total),
        (gettext("Entity types told; an organisation with two counts twice"), typed, total),
        (gettext("Organisations that count by the UN definition’s list of types"), answers.get("yes", 0), total),
        (gettext("Organisations of which the UN definition’s answer is undetermined"), answers.get("undetermined", 0), total),
        (gettext("Organisations with a value on which sources disagree"), figures["disputed"], total),
    ]
    return [{"label": label, "count": number(count), "of": number(of)} for label, count, of in found]


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Tell what is kept of a reader, and of persons in the data."""
    release = served_release()
    dropped = [
        {"title": source["title"], "address": source["address"], "fields": source["dropped"]}
        for source in all_sources(release)
        if source["dropped"]
    ]
    return render(request, "web/about/privacy.html", {"dropped": dropped, "crumbs": [{"label": gettext("Privacy")}]})


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """Tell how the site may be used, what is known to be lacking, and how to report."""
    return render(request, "web/about/accessibility.html", {"crumbs": [{"label": gettext("Accessibility")}]})


@require_safe
def attribution(request: HttpRequest) -> HttpResponse:
    """Tell whose data, letters and programmes the site is made of, each with its licence."""
    made_of = read_attribution()
    parts = [
        {"title": title, "rows": [_part(entry) for entry in made_of[name]]}
        for name, title in (("data", gettext("Reference data")), ("fonts", gettext("Letters")), ("scripts", gettext("Scripts")))
    ]
    context = {
        "sources": all_sources(served_release()),
        "packages": packages(),
        "parts": parts,
        "software": software(),
        "crumbs": [{"label": gettext("Attribution")}],
    }
    return render(request, "web/about/attribution.html", context)


def _part(entry: dict[str, Any]) -> dict[str, str]:
    return entry | {"what": entry["what"].get(get_language()) or entry["what"]["en"]}


@lru_cache(maxsize=1)
def read_attribution() -> dict[str, list[dict[str, Any]]]:
    """Return what stands in attribution.yaml."""
    read: dict[str, list[dict[str, Any]]] = yaml.safe_load((Path(__file__).parent / "attribution.yaml").read_text("utf-8"))
    return read


@lru_cache(maxsize=1)
def software() -> list[dict[str, str]]:
    """Return the Python packages that Essaim stands on, by name: version, licence and address as each tells them."""
    try:
        wanted = [re.split(r"[^A-Za-z0-9._-]", one)[0] for one in requires(DISTRIBUTION) or () if "extra ==" not in one]
    except PackageNotFoundError:  # run from a folder, not installed: nothing can be told
        return []
    found = []
    for name in sorted(wanted, key=str.casefold):
        try:
            found.append(_package(name))
        except PackageNotFoundError:  # wanted on another platform only
            continue
    return found


def _package(name: str) -> dict[str, str]:
    told = cast(Message, metadata(name))  # what the typed protocol leaves out is there: RFC 822 headers
    licence = (
        told.get("License-Expression")
        or _classified(told.get_all("Classifier") or [])
        or (told.get("License") or "").split("\n")[0][:60]
    )
    addresses = dict(one.split(", ", 1) for one in told.get_all("Project-URL") or [] if ", " in one)
    address = told.get("Home-page") or next(iter(addresses.values()), "") or f"https://pypi.org/project/{name}/"
    return {"name": told["Name"], "version": told["Version"], "licence": licence, "address": address}


def _classified(classifiers: list[str]) -> str:
    found = [one.rsplit(" :: ", 1)[-1] for one in classifiers if one.startswith("License ::")]
    return ", ".join(one for one in found if one != "OSI Approved")
