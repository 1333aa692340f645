"""Policy as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class Policy(AppConfig):
    """Room 3: instruments, provisions, norms, evidence of what became of them."""

    name = "essaim.policy"
    label = "policy"

    def ready(self) -> None:
        """Make the room's packaged facts and kinds known."""
        from essaim.policy import kinds

        kinds.register_all()
