"""The style guide: every component in every state, on invented data."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from essaim.pages import styleguide_data


@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    """Show all components; the data is plainly invented."""
    return render(request, "pages/styleguide.html", styleguide_data.everything())
