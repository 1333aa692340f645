"""The frame as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class Web(AppConfig):
    """Home, the one search, the frame around every page."""

    name = "essaim.web"
    label = "web"
