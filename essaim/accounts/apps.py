"""Accounts as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class Accounts(AppConfig):
    """Institutions, persons and their mandates: who speaks for whom, who may do what, and what was done."""

    name = "essaim.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Make the room's packaged facts, kinds and acts known, and listen for sign-ins."""
        from essaim.accounts import doors, kinds, own_acts

        kinds.register_all()
        own_acts.register_all()
        doors.listen()
