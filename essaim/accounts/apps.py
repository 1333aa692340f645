"""Accounts as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class Accounts(AppConfig):
    """Institutions and their mandates: who speaks for whom in the house."""

    name = "essaim.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Make the room's packaged facts and kinds known."""
        from essaim.accounts import kinds

        kinds.register_all()
