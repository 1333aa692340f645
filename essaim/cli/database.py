"""The way from the command line to the database's side: Django is set up only here."""

from __future__ import annotations

import os
import sys
from typing import Any


def django_command(name: str, *arguments: str, **options: Any) -> None:
    """Run one management command in this process; what it remarks goes to standard error, a pipe carries the answer alone."""
    set_up()
    from django.core.management import call_command

    call_command(name, *arguments, **({"stdout": sys.stderr} | options))


def set_up() -> None:
    """Set Django up, once, on a data folder that is whole: a restore that was broken off is finished first."""
    from essaim.config import configuration
    from essaim.desk.backup.taking_place import finish_if_broken_off

    finish_if_broken_off(configuration())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "essaim.web.settings")
    import django
    from django.apps import apps

    if not apps.ready:
        django.setup()


def prepare_database() -> None:
    """Bring the database up to date and load the packaged facts if it holds none."""
    django_command("migrate", verbosity=0, interactive=False)
    django_command("load_facts", verbosity=0, stdout=sys.stderr)  # the answer alone goes to standard output


def export_people() -> None:
    """Write the database's public content and people's words beside the build, which opens no database."""
    django_command("export_people", verbosity=0, stdout=sys.stderr)
