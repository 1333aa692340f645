"""The acts of accounts: joining, invitations, roles, mandates, accounts closed and erased, packaged facts, what was undone."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from essaim.accounts.acts import Act, register_acts
from essaim.accounts.chain import JournalEntry, JournalError
from essaim.accounts.invitations import is_last_administrator
from essaim.accounts.journal import record
from essaim.accounts.models import Grant, Invitation, Mandate, Person
from essaim.accounts.scopes import Thing, register_thing
from essaim.pages.models import FactsPackage

COLUMNS = {"mandate": ("since", "until", "confirmed_at", "confirm_by"), "grant": ("since", "until")}
MODELS: dict[str, type[Mandate] | type[Grant]] = {"mandate": Mandate, "grant": Grant}


def put_back(entry: JournalEntry, by: Person) -> None:
    """Bring a mandate or a grant back to the days it had before an entry.

    Raises:
        JournalError: it changed since, or is gone.
    """
    thing = MODELS[entry.about_kind].objects.select_for_update().filter(pk=entry.about_id).first()
    if thing is None or thing.as_told() != entry.after:
        raise JournalError("it changed since", f"journal, entry {entry.number}", next_step="Look at the later entries first")
    if entry.before is None:
        if isinstance(thing, Grant) and thing.role == "administrator" and is_last_administrator(thing.person):
            raise JournalError("nobody would be administrator", f"journal, entry {entry.number}", next_step="Name another first")
        thing.end()
        return
    for column in COLUMNS[entry.about_kind]:
        setattr(thing, column, date.fromisoformat(entry.before[column]) if entry.before[column] else None)
    thing.save()


ACTS = (
    Act("joined", _("Joined"), _("{about} joined as {role}."), "participants"),
    Act("invited", _("Invitation sent"), _("{by} invited someone to be {role}: {reach}."), "secretariat"),
    Act("invitation_revoked", _("Invitation taken back"), _("{by} took back an invitation to be {role}."), "secretariat"),
    Act("role_given", _("Role given"), _("{by} gave {person} the role {role}, for {scope}."),
        "participants", "mandate", put_back),
    Act("role_ended", _("Role ended"), _("{by} ended the role {role} of {person}."), "participants", "mandate", put_back),
    Act("mandate_given", _("Mandate given"), _("{person} speaks for {institution} as {role}."), "public", "mandate", put_back),
    Act("mandate_confirmed", _("Mandate confirmed"), _("{by} confirmed the mandate of {person} for {institution} until {until}."),
        "participants", "mandate", put_back),
    Act("mandate_ended", _("Mandate ended"), _("{person} speaks for {institution} no more."), "public", "mandate", put_back),
    Act("institution_added", _("Institution added"), _("{by} added the institution {institution}."), "public"),
    Act("institution_succeeded", _("Institution succeeded"), _("{by} noted what became of {institution}: {successor}."),
        "public"),
    Act("account_changed", _("Account changed"), _("{by} changed how {person} is shown or written to."), "secretariat"),
    Act("account_closed", _("Account closed"), _("{by} closed the account of {person}."), "secretariat"),
    Act("account_opened", _("Account opened again"), _("{by} opened the account of {person} again."), "secretariat"),
    Act("person_exported", _("Personal data exported"), _("{by} took a copy of what is kept of {person}."), "secretariat"),
    Act("person_erased", _("Person erased"), _("{by} erased {person}: name and address are gone, the journal stays."),
        "secretariat"),
    Act("facts_loaded", _("Packaged facts"), _("Packaged facts of the room {room}, version {version}."), "public"),
    Act("undone", _("Undone"), _("{by} undid entry {number}."), "participants"),
)  # fmt: skip


def register_all() -> None:
    """Make the acts known, say how accounts' own things are told to `may`, and listen for packaged facts."""
    register_acts(*ACTS)
    register_thing(Person, lambda one: Thing("person", str(one.pk), owner=one.pk))
    register_thing(Mandate, _mandate)
    register_thing(Grant, lambda one: Thing("grant", str(one.pk), frozenset({one.scope}), owner=one.person_id))
    register_thing(Invitation, lambda one: Thing("invitation", str(one.pk), frozenset({f"institution:{one.institution}"})))
    models.signals.post_save.connect(tell_facts, sender=FactsPackage, dispatch_uid="journal packaged facts")


def _mandate(one: Mandate) -> Thing:
    return Thing("mandate", str(one.pk), frozenset({f"institution:{one.institution_id}"}), owner=one.person_id)


def tell_facts(sender: type[FactsPackage], instance: FactsPackage, **more: Any) -> None:
    """Tell the journal once that a package of facts was accepted."""
    if instance.state != FactsPackage.State.ACCEPTED:
        return
    about = ("facts_package", str(instance.pk))
    if not JournalEntry.objects.about(*about).exists():
        record("facts_loaded", about, None, after=instance.counts, words={"room": instance.room, "version": instance.version})
