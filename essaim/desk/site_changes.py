"""After a change: the site's index is refreshed in the background, once for many changes."""

from __future__ import annotations

from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from essaim.config import configuration
from essaim.pages.site_index import reindex


def site_changed() -> None:
    """Say that something changed that the site's index holds; a refresh that waits already will see it too."""
    waiting = DBTaskResult.objects.filter(task_path=refresh_site_index.module_path, status=TaskResultStatus.READY)
    if not waiting.exists():
        refresh_site_index.enqueue()


@task()
def refresh_site_index() -> int:
    """Build the site's index anew and swap it in; return how many entries it holds."""
    return reindex(configuration().site_index)
