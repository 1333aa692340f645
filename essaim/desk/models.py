"""What the desk keeps; each table stands in the module of its subject."""

from __future__ import annotations

from essaim.desk.build_wishes import BuildRun, BuildWish
from essaim.desk.claims import Claim
from essaim.desk.links import SignedLink
from essaim.desk.mail_choices import MailChoice
from essaim.desk.outbox import OutgoingMail
from essaim.desk.schedule import ScheduledRun, WorkerBeat
from essaim.desk.suggestions import Suggestion, SuggestionScope
from essaim.desk.suggestions_rate import Attempt
from essaim.desk.uploads import Upload

__all__ = [
    "Attempt",
    "BuildRun",
    "BuildWish",
    "Claim",
    "MailChoice",
    "OutgoingMail",
    "ScheduledRun",
    "SignedLink",
    "Suggestion",
    "SuggestionScope",
    "Upload",
    "WorkerBeat",
]
