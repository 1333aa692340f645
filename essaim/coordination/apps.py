"""Coordination as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class Coordination(AppConfig):
    """Room 4: bodies, members, meetings, decisions, actions."""

    name = "essaim.coordination"
    label = "coordination"

    def ready(self) -> None:
        """Make the room's packaged facts and kinds known."""
        from essaim.coordination import kinds

        kinds.register_all()
