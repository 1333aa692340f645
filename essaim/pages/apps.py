"""Pages as Django knows them."""

from __future__ import annotations

from django.apps import AppConfig


class Pages(AppConfig):
    """What every page needs: templates, components, charts."""

    name = "essaim.pages"
    label = "pages"
