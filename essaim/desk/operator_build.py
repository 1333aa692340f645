"""The operator's wish for a build, told in the journal; the worker answers it (see `build_wishes`)."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from essaim.accounts.acts import Act
from essaim.accounts.journal import record
from essaim.accounts.models import Person
from essaim.desk.build_wishes import BuildRun, BuildWish, wish_for_build

BUILD_ASKED = Act("build_asked", _("Build asked for"), _("{by} asked for a new release."), "secretariat")


def ask_for_build(by: Person) -> BuildWish:
    """Ask for a build at once, and tell it in the journal."""
    with transaction.atomic():
        record("build_asked", ("release", "next"), by)
        return wish_for_build("asked", by, is_asked=True)


def is_asked_or_running() -> bool:
    """Tell whether a person asked for a build that did not begin, or one is going on."""
    return BuildWish.objects.filter(run=None, is_asked=True).exists() or BuildRun.objects.filter(ended_at=None).exists()
