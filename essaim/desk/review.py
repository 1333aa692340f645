"""Review: accept, refuse, withdraw and reopen; of two reviewers at once the second is told, and nothing is overwritten."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from essaim.accounts.acts import Act, register_acts
from essaim.accounts.chain import JournalEntry, JournalError
from essaim.accounts.journal import record
from essaim.accounts.journal import undo as undo_in_journal
from essaim.accounts.people import Person
from essaim.accounts.personal_data import PersonalData, register_personal_data
from essaim.accounts.scopes import register_thing
from essaim.config import configuration
from essaim.desk.build_wishes import BuildWish, wish_for_build
from essaim.desk.mail import send
from essaim.desk.suggestions import OTHER, Suggestion, as_thing
from essaim.errors import EssaimError

State = Suggestion.State


class ReviewError(EssaimError):
    """A suggestion is not where the reviewer thought it was (`present` is what it is now)."""

    def __init__(self, present: Suggestion) -> None:
        """Keep the suggestion as it is, for the page that tells."""
        super().__init__("somebody else was here before", str(present), found=present.state)
        self.present = present

    @property
    def words(self) -> str:
        """What happened, in the reader's language."""
        told = gettext("“{thing}”: nothing was changed, for in the meantime it became: {state}.")
        return told.format(thing=self.present.about_title, state=self.present.get_state_display())


@transaction.atomic
def accept(one: Suggestion, by: Person, why: str = "") -> Suggestion:
    """Accept a suggestion: it shows at once, leaves in the people's source, and its reporter is told.

    Args:
        one: as the reviewer saw it.
        by: the reviewer; that they may is for the caller to ask.
        why: a word to the reporter, if there is one.

    Raises:
        ReviewError: it does not wait for review any more.
    """
    return _decide(one, State.ACCEPTED, by, why, "suggestion_accepted")


@transaction.atomic
def refuse(one: Suggestion, by: Person, why: str) -> Suggestion:
    """Refuse a suggestion, with the reason that its reporter is told.

    Raises:
        ReviewError: it does not wait for review any more.
    """
    return _decide(one, State.REFUSED, by, why, "suggestion_refused")


@transaction.atomic
def withdraw(one: Suggestion, by: Person | str) -> Suggestion:
    """Take a suggestion back, at the wish of whoever made it.

    Raises:
        ReviewError: it was decided already.
    """
    present = _locked(one, State.UNCONFIRMED, State.PROPOSED)
    before = present.as_told()
    present.state = State.WITHDRAWN
    present.save(update_fields=["state"])
    _record("suggestion_withdrawn", present, by, before)
    return present


@transaction.atomic
def confirm(one: Suggestion) -> Suggestion:
    """Let a suggestion wait for review, now that its address is confirmed; a second press changes nothing."""
    present = _locked(one)
    if present.state == State.UNCONFIRMED:
        before = present.as_told()
        present.by_email_confirmed_at, present.state = timezone.now(), State.PROPOSED
        present.save(update_fields=["by_email_confirmed_at", "state"])
        _record("suggested", present, present.by_name_key, before)
    return present


def reopen(one: Suggestion, by: Person) -> JournalEntry:
    """Undo a decision: the suggestion waits for review again, and what it changed is gone from the pages.

    Raises:
        JournalError: there is nothing to undo, it changed since, or the person may not.
    """
    decided = JournalEntry.objects.filter(
        about_kind="suggestion", about_id=one.key, act__in=["suggestion_accepted", "suggestion_refused", "claim_said"]
    )
    last = decided.order_by("-number").first()
    if last is None:
        raise JournalError("this act cannot be undone", f"suggestion {one.key}")
    return undo_in_journal(last, by)


def say_as_claimed(one: Suggestion) -> Suggestion:
    """Let the word of an organisation on its own page hold at once; call it inside the transaction that makes it."""
    before = one.as_told()
    one.state, one.reviewed_at, one.is_claim = State.ACCEPTED, timezone.now(), True
    one.save(update_fields=["state", "reviewed_at", "is_claim"])
    _record("claim_said", one, one.by or one.by_name_key, before)
    wish(one)
    return one


@transaction.atomic
def take_back(one: Suggestion) -> Suggestion:
    """Take back what an organisation said itself: what the sources say shows again.

    Raises:
        ReviewError: it does not hold any more.
    """
    present = _locked(one, State.ACCEPTED)
    before = present.as_told()
    present.state = State.WITHDRAWN
    present.save(update_fields=["state"])
    _record("suggestion_withdrawn", present, present.by or present.by_name_key, before)
    wish(present)
    return present


def _decide(one: Suggestion, state: State, by: Person, why: str, act: str) -> Suggestion:
    present = _locked(one, State.PROPOSED)
    before = present.as_told()
    present.state, present.reviewed_by, present.reviewed_at, present.review_why = state, by, timezone.now(), why.strip()
    present.save(update_fields=["state", "reviewed_by", "reviewed_at", "review_why"])
    _record(act, present, by, before)
    if state == State.ACCEPTED:
        wish(present)
    tell(present)
    return present


def _locked(one: Suggestion, *expected: State) -> Suggestion:
    """Read a suggestion again, and keep others from it until the transaction ends."""
    present = Suggestion.objects.select_for_update().get(pk=one.pk)
    if expected and present.state not in expected:
        raise ReviewError(present)
    return present


def _record(act: str, one: Suggestion, by: Person | str, before: dict[str, str]) -> None:
    scopes = sorted(one.scopes.values_list("scope", flat=True))
    network = next((scope for scope in scopes if scope.startswith("network:")), "")
    words = {"thing": one.about_title or one.about_id, "country": one.country, "scope": network}
    told: dict[str, Any] = {name: value for name, value in words.items() if value}
    institution = one.for_institution if act in ("suggested", "suggestion_withdrawn", "claim_said") else None
    record(act, ("suggestion", one.key), by, institution, before, one.as_told(), told)


def wish(one: Suggestion) -> None:
    """Wish for a build that obeys what was accepted, or forgets what was undone; one open wish is enough."""
    if one.property != OTHER and not BuildWish.objects.filter(run__isnull=True, why="accepted").exists():
        wish_for_build("accepted")


def tell(one: Suggestion) -> None:
    """Write to the reporter what became of their suggestion, where an address is kept."""
    to = one.reporter
    if to is None:
        return
    from essaim.desk.suggestions_about import address_of
    from essaim.desk.suggestions_shown import property_word, value_word

    spoken = to.language if isinstance(to, Person) else one.spoken
    with translation.override(spoken if spoken in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE):
        context = {
            "thing": one.about_title or one.about_id,
            "property": property_word(one.property),
            "value": value_word(one),
            "is_accepted": one.state == State.ACCEPTED,
            "why": one.review_why,
            "url": configuration().base_url + address_of(one.about_kind, one.about_id),
        }
    send(to, "desk/suggestions/mail/told", context, "suggestions", spoken, f"suggestion:{one.key}:{one.reviewed_at}")


def put_back(entry: JournalEntry, by: Person) -> None:
    """Let a decided suggestion wait for review again.

    Raises:
        JournalError: it changed since, or is gone.
    """
    one = Suggestion.objects.select_for_update().filter(key=entry.about_id).first()
    if one is None or one.as_told() != entry.after:
        raise JournalError("it changed since", f"journal, entry {entry.number}", next_step="Look at the later entries first")
    if one.state == State.ACCEPTED:
        wish(one)
    one.state, one.reviewed_by, one.reviewed_at, one.review_why = State.PROPOSED, None, None, ""
    one.save(update_fields=["state", "reviewed_by", "reviewed_at", "review_why"])


ACTS = (
    Act("suggested", _("Suggested"), _("{by} suggested something on “{thing}”."), "desk"),
    Act("suggestion_accepted", _("Suggestion accepted"), _("{by} accepted a suggestion on “{thing}”."),
        "public", "review", put_back),
    Act("suggestion_refused", _("Suggestion refused"), _("{by} refused a suggestion on “{thing}”."), "desk", "review", put_back),
    Act("suggestion_withdrawn", _("Suggestion withdrawn"), _("{by} took back a suggestion on “{thing}”."), "desk"),
    Act("claim_said", _("Said by the organisation"), _("“{thing}” changed what its own page says."),
        "public", "review", put_back),
)  # fmt: skip


def export_person(person: Person) -> list[dict[str, Any]]:
    """Return what a person suggested."""
    kept = Suggestion.objects.filter(by=person)
    columns = ("about_kind", "about_id", "property", "value", "language", "since", "why", "evidence", "at", "state", "review_why")
    return list(kept.values(*columns))


def erase_person(person: Person) -> None:
    """Take a person out of their suggestions: the word stays with its key, the free words go."""
    Suggestion.objects.filter(by=person).update(by=None, why="")
    Suggestion.objects.filter(reviewed_by=person).update(reviewed_by=None)


def register_all() -> None:
    """Make the acts known, and how suggestions are told to `may`, exported and erased."""
    register_acts(*ACTS)
    register_thing(Suggestion, as_thing)
    register_personal_data(PersonalData("suggestions", export_person, erase_person))
