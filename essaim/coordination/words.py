"""Words of this room: how the keys and codes of meetings.yaml are said."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from essaim.coordination.models import Meeting
from essaim.pages.fact_sheet import Field

FORMS = {"in_person": _("in person"), "virtual": _("online"), "hybrid": _("in person and online")}
STATUSES = {"announced": _("announced; no report of it was seen")}


def kind_word(code: str) -> str:
    """Say the kind of a meeting."""
    return str(dict(Meeting.Kind.choices).get(code, code))


def form_word(code: str) -> str:
    """Say how people met."""
    return str(FORMS.get(code, code))


def status_word(code: str) -> str:
    """Say what is known of its taking place."""
    return str(STATUSES.get(code, code))


FIELDS = {
    "number": Field(_("Number")),
    "kind": Field(_("Kind"), "code", kind_word),
    "name": Field(_("Name")),
    "date": Field(_("Date"), "date"),
    "date_end": Field(_("Last day"), "date"),
    "date_published": Field(_("Reported on"), "date"),
    "status": Field(_("Status"), "code", status_word),
    "place": Field(_("Place")),
    "city": Field(_("Town")),
    "country": Field(_("Country"), "country"),
    "venue": Field(_("Venue"), "party"),
    "place.host": Field(_("Host"), "party"),
    "virtual": Field(_("Online"), "flag"),
    "hybrid": Field(_("In person and online"), "flag"),
    "languages": Field(_("Languages"), "language"),
    "chair": Field(_("Chair"), "party"),
    "conveners": Field(_("Conveners"), "party"),
    "organisers": Field(_("Organisers"), "party"),
    "invited": Field(_("Invited"), "party"),
    "participants": Field(_("Named as taking part"), "party"),
    "counterparts": Field(_("Counterparts"), "party"),
    "partners": Field(_("Partners"), "party"),
    "sponsors": Field(_("Sponsors"), "party"),
    "donor": Field(_("Donor"), "party"),
    "countries": Field(_("Countries named"), "country"),
    "supported_by_countries": Field(_("Supported by"), "country"),
    "observers_at_the_time": Field(_("Observers at the time"), "party"),
    "ripess_representatives": Field(_("Represented RIPESS")),
    "attendance": Field(_("Attendance")),
    "total": Field(_("people")),
    "total_about": Field(_("people, about")),
    "total_more_than": Field(_("people, more than")),
    "delegates_more_than": Field(_("delegates, more than")),
    "members": Field(_("members")),
    "observers": Field(_("observers")),
    "members_of_task_force": Field(_("members of the task force")),
    "observers_of_task_force": Field(_("observers of the task force")),
    "resource_persons": Field(_("resource persons")),
    "agencies": Field(_("agencies")),
    "entities_invited": Field(_("entities invited")),
    "member_states_speaking": Field(_("member states that spoke")),
    "other_speakers": Field(_("other speakers")),
    "agenda": Field(_("Agenda"), "own"),
    "outcomes": Field(_("Outcomes"), "own"),
    "decisions": Field(_("Decisions"), "own"),
    "next_meeting": Field(_("Next meeting"), "date"),
    "what": Field(_("What it is"), "own"),
    "fact": Field(_("What is known"), "own"),
}
OWN_WORDS = frozenset({"agenda", "outcomes", "decisions", "what", "fact", "note", "notes", "name.en"})
