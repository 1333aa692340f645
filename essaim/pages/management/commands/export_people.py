"""Write the public content of the database into the data folder, for the next build."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from essaim.config import configuration
from essaim.pages.sealed_copy import write_public


class Command(BaseCommand):
    """Export what is public."""

    help = "Write the public content of the database as JSON lines, one file a table, for the next build."

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the tables and say how many rows each has."""
        folder = configuration().people / "public"
        counts = write_public(folder)
        told = ", ".join(f"{table} {count}" for table, count in sorted(counts.items()))
        self.stdout.write(f"{folder}: {told or 'nothing public yet'}")
