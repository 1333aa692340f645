"""The operator's page: how the house stands, and the button that starts a build."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from essaim.accounts.doors import require
from essaim.accounts.may import may
from essaim.accounts.my_account import signed_in
from essaim.accounts.scopes import Thing
from essaim.config import configuration
from essaim.desk import operator_look as look
from essaim.desk.errors_kept import recent
from essaim.desk.operator_build import ask_for_build, is_asked_or_running
from essaim.desk.worker_sign import last_beat, state_of_worker

HOUSE = Thing("task", "house")
"""The house's tasks as one thing without a scope: who sees them runs the house, and not a part of it."""
NEXT_RELEASE = Thing("release", "next")
ERROR_DAYS = 7


@never_cache
@login_required
@require_safe
def operator(request: HttpRequest) -> HttpResponse:
    """Show how the house stands."""
    permit = require(request, "see", HOUSE)
    context = {
        "permit": permit,
        "releases": look.releases(),
        "builds": look.builds(),
        "may_build": may(signed_in(request), "build", NEXT_RELEASE),
        "is_building": is_asked_or_running(),
        "sources": look.sources(),
        "tasks": look.tasks(),
        "worker": state_of_worker(),
        "beat": last_beat(),
        "disk": look.disk(),
        "backup": look.last_backup(),
        "errors": recent(configuration().home, ERROR_DAYS),
        "error_days": ERROR_DAYS,
        "versions": look.versions(),
        "migrations_waiting": look.migrations_waiting(),
        "crumbs": [{"label": gettext("Operation")}],
    }
    return render(request, "desk/operator/operator.html", context)


@never_cache
@login_required
@require_POST
def start_build(request: HttpRequest) -> HttpResponse:
    """Ask for a build; the worker runs it."""
    require(request, "build", NEXT_RELEASE)
    require(request, "see", HOUSE)
    if is_asked_or_running():
        messages.error(
            request, gettext("A build is asked for or running already. Its release will hold everything decided until it began.")
        )
    else:
        ask_for_build(signed_in(request))
        messages.success(request, gettext("A build is asked for. The worker begins it in a moment; look at this page again."))
    return HttpResponseRedirect(reverse("operator"))
