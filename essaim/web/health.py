"""The health of the server, for a proxy or a watchman: 200 when pages can be served, 503 when not."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from essaim.desk.worker_sign import state_of_worker
from essaim.errors import EssaimError
from essaim.pages.served import served_release


@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """Say whether the database answers, which release is served, and whether a worker is there.

    `state` is `good`, `warning` (pages are served, background work waits) or `bad` (503). Nothing in it is secret.
    """
    told = look()
    return JsonResponse(told, status=503 if told["state"] == "bad" else 200, headers={"Cache-Control": "no-store"})


def look() -> dict[str, Any]:
    """Return `state`, `database` (ok, down), `release` (number, None before the first build), `worker` (ok, late, none)."""
    database = "ok" if database_answers() else "down"
    worker = state_of_worker() if database == "ok" else "unknown"
    try:
        release = served_release()
        told = {"database": database, "release": release.number if release else None, "worker": worker}
        is_readable = release is None or release.figures() is not None
    except (EssaimError, OSError, ValueError) as error:
        told = {
            "database": database,
            "release": None,
            "worker": worker,
            "fault": f"the release cannot be read: {type(error).__name__}",
        }
        is_readable = False
    if database == "down" or not is_readable:
        return {"state": "bad"} | told
    return {"state": "good" if worker != "late" else "warning"} | told


def database_answers() -> bool:
    """Tell whether the database answers a question."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return True
    except Exception:  # whatever it is, the answer is the same: not healthy
        return False
