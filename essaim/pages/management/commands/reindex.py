"""Build the site's search index over everything public in the database."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from essaim.config import configuration
from essaim.pages.site_index import reindex


class Command(BaseCommand):
    """Refresh the site's index, whole."""

    help = "Build the search index over everything public in the database, and swap it in."

    def handle(self, *args: Any, **options: Any) -> None:
        """Build it and say how much it holds."""
        place = configuration().site_index
        self.stdout.write(f"{place}: {reindex(place)} entries")
