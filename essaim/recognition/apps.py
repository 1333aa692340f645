"""Recognition as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class Recognition(AppConfig):
    """The room of organisations, legal forms and definitions."""

    name = "essaim.recognition"
    label = "recognition"
