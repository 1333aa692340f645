"""Bring a restored database up to this version, verify its journal, and build the site's index: called by a restore."""

from __future__ import annotations

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from essaim.accounts import journal
from essaim.config import configuration
from essaim.pages.site_index import reindex


class Command(BaseCommand):
    """Make a laid database ready to take its place."""

    help = "Migrate a restored database, verify its journal and build the site's index. Called by essaim restore."

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate, verify, index.

        Raises:
            CommandError: the journal is not whole.
        """
        call_command("migrate", verbosity=0, interactive=False)
        faults = journal.verify()
        if faults:
            raise CommandError(f"the journal is not whole: {faults[0]}")
        reindex(configuration().site_index)
