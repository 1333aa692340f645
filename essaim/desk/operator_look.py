"""What an operator's page shows: releases and builds, sources, tasks, disk, errors, versions."""

from __future__ import annotations

import json
import os
import platform
import shutil
from datetime import timedelta
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Count
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from essaim import __version__
from essaim.config import configuration
from essaim.desk.backup.layout import FOLDERS, SQLITE_FILE
from essaim.desk.backup.making import LAST
from essaim.desk.models import BuildRun, ScheduledRun
from essaim.pages.released.values import choose_title, site_address
from essaim.pages.served import served_release
from essaim.release import all_releases

SHOWN = 10
LIBRARIES = ("django", "duckdb", "polars", "tantivy", "splink", "psycopg")


def releases() -> list[dict[str, Any]]:
    """Return the newest releases kept here, served or not, with what kept some from being sealed."""
    served = served_release()
    return [
        {
            "number": one.number,
            "address": site_address(f"/releases/{one.number}"),
            "is_served": served is not None and served.number == one.number,
            "is_sealed": one.is_sealed,
            "sealed_at": one.manifest["sealed_at"],
            "day": one.manifest["sealed_at"][:10],
            "organisations": one.manifest["counts"].get("organisation", 0),
            "faults": one.manifest["faults"],
            "bytes": sum(file["bytes"] for file in one.manifest["files"]),
        }
        for one in all_releases(configuration().releases)[:SHOWN]
    ]


def builds() -> list[BuildRun]:
    """Return the newest builds that the site started."""
    return list(BuildRun.objects.all()[:5])


def sources() -> list[dict[str, Any]]:
    """Return the sources of the served release; those with a problem first."""
    served = served_release()
    told = served.manifest["sources"] if served else []
    titles = {one["id"]: choose_title(one["title"]) for one in served.sources()} if served else {}
    lines = [
        {
            "title": titles.get(one["id"], one["id"]),
            "address": site_address(f"/sources/{one['id']}"),
            "day": one["gathered_at"][:10],
            "is_stale": one["is_stale"],
            "records": sum(one["records"].values()),
            "asides": sum(one["asides"].values()),
            "problem": one["problem"],
        }
        for one in told
    ]
    return sorted(lines, key=lambda line: (not line["problem"], str(line["title"])))


def tasks() -> dict[str, Any]:
    """Return how many tasks stand where, the failed ones of the last two weeks, and the schedule."""
    since = timezone.now() - timedelta(days=14)
    counts = dict(DBTaskResult.objects.order_by().values_list("status").annotate(Count("id")))
    failed = DBTaskResult.objects.failed().filter(finished_at__gte=since).order_by("-finished_at")[:SHOWN]
    return {
        "waiting": counts.get("READY", 0),
        "running": counts.get("RUNNING", 0),
        "done": counts.get("SUCCESSFUL", 0),
        "failed": counts.get("FAILED", 0),
        "failures": [
            {"name": name_of(one), "at": one.finished_at, "error": one.exception_class_path.rpartition(".")[2]} for one in failed
        ],
        "schedule": list(ScheduledRun.objects.order_by("name")),
    }


def name_of(task: DBTaskResult[Any, Any]) -> str:
    """Return a task's name as people can say it: the function, without underscores."""
    path: str = task.task_path
    return path.rpartition(".")[2].replace("_", " ")


def disk() -> dict[str, Any]:
    """Return free and whole size of the disk, and what each part of the data folder takes, the largest first."""
    home = configuration().home
    usage = shutil.disk_usage(home)
    parts = [SQLITE_FILE, "releases", *dict.fromkeys(name.partition("/")[0] for name in FOLDERS)]
    sizes = [(name, size_of(home / name)) for name in parts]
    return {
        "free": usage.free,
        "total": usage.total,
        "is_low": usage.free < 2_000_000_000 or usage.free < usage.total * 0.05,
        "parts": sorted(sizes, key=lambda one: -one[1]),
        "is_postgresql": connection.vendor == "postgresql",
    }


def size_of(place: Path) -> int:
    """Return the bytes of a file or of everything in a folder; links are not followed."""
    if place.is_file():
        return place.stat().st_size
    found = 0
    for folder, _folders, files in os.walk(place):
        for name in files:
            try:
                found += os.lstat(os.path.join(folder, name)).st_size
            except OSError:
                continue  # gone meanwhile
    return found


def last_backup() -> dict[str, Any] | None:
    """Return what is known of the last backup: when, how large; None when none was made here."""
    try:
        told = json.loads((configuration().home / LAST).read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return {"day": told["made_at"][:10], "bytes": told["bytes"], "name": Path(told["file"]).name}


def versions() -> list[tuple[str, str]]:
    """Return the versions of what runs here."""
    own = [("Essaim", __version__), ("Python", platform.python_version()), (database_name(), database_version())]
    return own + [(name, version(name)) for name in LIBRARIES]


def database_name() -> str:
    """Return the database's proper name."""
    return str(connection.display_name)


def database_version() -> str:
    """Return the version of the database that answers."""
    return ".".join(str(part) for part in connection.get_database_version())


def migrations_waiting() -> int:
    """Return how many migrations are still to be run."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
