"""Knowledge as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class Knowledge(AppConfig):
    """The room of works, subjects and networks."""

    name = "essaim.knowledge"
    label = "knowledge"
