"""Write the public content of the database, and what people corrected, into the data folder, for the next build."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from essaim.config import configuration
from essaim.desk.people_source import write_people_source
from essaim.pages.sealed_copy import write_public


class Command(BaseCommand):
    """Export what is public, and the people's source."""

    help = "Write the public content of the database and people's corrections as JSON lines, for the next build."

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the tables and the corrections, and say how many rows each has."""
        folder = configuration().people / "public"
        counts = write_public(folder)
        told = ", ".join(f"{table} {count}" for table, count in sorted(counts.items()))
        self.stdout.write(f"{folder}: {told or 'nothing public yet'}")
        file, count = write_people_source(configuration().people)
        self.stdout.write(f"{file}: corrections {count}")
