"""Countries as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class Countries(AppConfig):
    """Contexts and priorities of countries: what every room reads of a country; its page is filled by the rooms."""

    name = "essaim.countries"
    label = "countries"

    def ready(self) -> None:
        """Make the room's packaged facts and kinds known."""
        from essaim.countries import kinds

        kinds.register_all()
