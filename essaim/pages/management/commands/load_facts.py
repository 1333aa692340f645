"""Load the packaged facts of every room, or accept what a later package proposes."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from essaim.pages.models import FactsPackage
from essaim.pages.packaged import accept, load
from essaim.pages.registry import FactsFolder, facts_folders


class Command(BaseCommand):
    """Load packaged facts; safe to run at every start."""

    help = "Load the packaged facts once; a later package is proposed as a difference, and --accept applies it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Offer the choice of rooms and the acceptance."""
        parser.add_argument("--room", choices=[folder.room for folder in facts_folders()], help="only this room")
        parser.add_argument("--accept", action="store_true", help="apply the proposed package")
        parser.add_argument("--show", action="store_true", help="print the proposed difference as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load every chosen room and say in one line what came of it."""
        for folder in facts_folders():
            if options["room"] in (None, folder.room):
                self.stdout.write(self._line(folder, options["accept"]))
                if options["show"] and (package := FactsPackage.objects.filter(room=folder.room, state="proposed").first()):
                    self.stdout.write(json.dumps(package.diff, ensure_ascii=False, indent=1))

    def _line(self, folder: FactsFolder, is_accepting: bool) -> str:
        package = load(folder)
        if is_accepting and package.state == FactsPackage.State.PROPOSED:
            package = accept(folder) or package
        counts = ", ".join(f"{count} {event}" for event, count in package.counts.items())
        line = f"{folder.room}: packaged facts, version {package.version}, {package.state} ({counts})"
        is_waiting = package.state == FactsPackage.State.PROPOSED
        return line + (". Read it with load_facts --show, apply it with load_facts --accept" if is_waiting else "")
