"""The desk as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class Desk(AppConfig):
    """What every room's writing needs."""

    name = "essaim.desk"
    label = "desk"

    def ready(self) -> None:
        """Make the desk's acts, purposes of links, topics of mail and scheduled tasks known."""
        from essaim.accounts.acts import register_acts
        from essaim.desk import (
            claims,
            claims_page,
            mail_page,
            operator_build,
            own_acts,
            own_schedule,
            own_topics,
            review,
            suggestions_page,
        )
        from essaim.desk.links import register_purpose

        register_purpose(mail_page.PURPOSE)
        register_purpose(suggestions_page.PURPOSE)
        register_purpose(claims_page.PURPOSE)
        own_acts.register_all()
        register_acts(operator_build.BUILD_ASKED)
        own_topics.register_all()
        own_schedule.register_all()
        review.register_all()
        claims.register_all()
