"""The style guide: every component in every state, on invented data."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

INVENTED = Path(__file__).with_name("styleguide.yaml")


@lru_cache(maxsize=1)
def invented() -> dict[str, Any]:
    """Read the invented data, once."""
    held: dict[str, Any] = yaml.safe_load(INVENTED.read_text("utf-8"))
    return held


@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    """Show all components."""
    return render(request, "pages/styleguide.html", invented())
