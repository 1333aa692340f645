"""The journal: record an act, check the chain, undo what can be undone, and tell who may read what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction
from django.db.models import Q

from essaim.accounts.acts import act_of, acts
from essaim.accounts.chain import FIRST, JournalEntries, JournalEntry, JournalError, plain, present_moment
from essaim.accounts.may import Standing, may
from essaim.accounts.people import Person, Pseudonym, key_of
from essaim.accounts.scopes import PUBLIC, Thing

if TYPE_CHECKING:
    from essaim.accounts.may import Anyone

__all__ = ["JournalEntry", "JournalError", "head", "of_thing", "record", "undo", "verify", "visible_to"]

LOCK = 4_370_461_003
"""Any number, the same in every process: writers of the journal on PostgreSQL wait for one another on it."""


def record(
    act: str,
    about: tuple[str, str],
    by: Person | str | None,
    for_institution: str | None = None,
    before: Any = None,
    after: Any = None,
    words: Mapping[str, Any] | None = None,
    undoes: int | None = None,
) -> JournalEntry:
    """Add an entry to the journal, in the transaction of what it tells.

    Call it inside the `transaction.atomic()` that makes the change: then neither stands without the other.

    Args:
        act: code of a registered act.
        about: (kind, id) of the thing.
        by: the person; the pseudonym key of someone without an account; None for the house itself.
        for_institution: id of the institution for which the person acts.
        before: values before, JSON-ready; no names of persons, their keys (`people.key_of`) instead.
        after: values after, likewise.
        words: what fills the act's sentence; persons by key.
        undoes: number of the entry that this one undoes.

    Returns:
        The entry, sealed.
    """
    by_key = key_of(by) if isinstance(by, Person) else by or ""
    with transaction.atomic():
        _wait_for_others()
        last = JournalEntry.objects.order_by("-number").values_list("number", "hash").first() or (0, FIRST)
        entry = JournalEntry(
            number=last[0] + 1,
            at=present_moment(),
            act=act,
            about_kind=about[0],
            about_id=str(about[1]),
            by_key=by_key,
            for_institution=for_institution or "",
            before=plain(before),
            after=plain(after),
            words=plain(dict(words or {})),
            undoes=undoes,
            previous=last[1],
        )
        entry.hash = entry.seal()
        entry.save()
    return entry


def _wait_for_others() -> None:
    """Let one writer in at a time: SQLite's transactions already do (they begin IMMEDIATE), PostgreSQL takes a lock."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def head() -> tuple[int, str]:
    """Return number and hash of the last entry; (0, zeros) for an empty journal. Written down elsewhere, it proves the end."""
    return JournalEntry.objects.order_by("-number").values_list("number", "hash").first() or (0, FIRST)


def verify(known_head: tuple[int, str] | None = None) -> list[str]:
    """Check the whole chain.

    Args:
        known_head: number and hash of an entry, noted earlier outside the database: it must still be there. Without it,
            entries cut off at the end leave no trace.

    Returns:
        One sentence a fault, in the order of the chain; empty when the journal is whole.
    """
    faults = list(_faults(JournalEntry.objects.order_by("number").iterator(chunk_size=2000)))
    if known_head is not None and known_head != (0, FIRST):
        number, hash = known_head
        if not JournalEntry.objects.filter(number=number, hash=hash).exists():
            faults.append(f"entry {number}, known with the hash {hash[:12]}…, is not in the journal any more")
    return faults


def _faults(entries: Iterator[JournalEntry]) -> Iterator[str]:
    number, previous = 0, FIRST
    for entry in entries:
        if entry.number != number + 1:
            yield f"entries {number + 1} to {entry.number - 1} are missing"
        elif entry.previous != previous:
            yield f"entry {entry.number} does not follow entry {number}: another hash stands before it"
        if entry.seal() != entry.hash:
            yield f"entry {entry.number} ({entry.act}, {entry.about_kind} {entry.about_id}) is not as it was sealed"
        number, previous = entry.number, entry.hash


def undo(entry: JournalEntry, by: Person) -> JournalEntry:
    """Undo an act, where its room allows it, and record that.

    Raises:
        JournalError: the act cannot be undone, was undone already, the thing changed since, or the person may not.
    """
    act = act_of(entry.act)
    where = f"journal, entry {entry.number}"
    if act.undo is None:
        raise JournalError("this act cannot be undone", where, found=entry.act)
    if not may(by, act.undo_verb, Thing(entry.about_kind, entry.about_id, scopes_of(entry))):
        raise JournalError("this person may not undo it", where, next_step="Ask the secretariat")
    with transaction.atomic():
        _wait_for_others()
        if JournalEntry.objects.filter(undoes=entry.number).exists():
            raise JournalError("it was undone already", where)
        act.undo(entry, by)
        return record(
            "undone",
            (entry.about_kind, entry.about_id),
            by,
            entry.for_institution,
            before=entry.after,
            after=entry.before,
            words={"number": entry.number, "undone_act": entry.act},
            undoes=entry.number,
        )


def scopes_of(entry: JournalEntry) -> frozenset[str]:
    """Return what an entry tells about the scope of its thing."""
    institution = entry.for_institution or entry.words.get("institution", "")
    country = entry.words.get("country", "")
    told = ((f"institution:{institution}", institution), (f"country:{country}", country), (entry.words.get("scope", ""), True))
    return frozenset(scope for scope, is_told in told if is_told and scope)


def visible_to(person: Anyone, entries: JournalEntries | None = None) -> JournalEntries:
    """Return the entries that a person may read: those of acts open to them, and those that concern them."""
    found = JournalEntry.objects.all() if entries is None else entries
    standing = Standing(person)
    if _reads_all(standing):
        return found
    allowed = Q(act__in=[act.code for act in acts().values() if _is_open(act.visibility, standing)])
    if standing.person is not None:
        keys = Pseudonym.objects.filter(person=standing.person).values("key")
        allowed |= Q(by_key__in=keys) | Q(about_kind="person", about_id__in=keys)
    if standing.institutions:
        allowed |= Q(for_institution__in=standing.institutions) | Q(about_kind="institution", about_id__in=standing.institutions)
    return found.filter(allowed)


def _is_open(visibility: str, standing: Standing) -> bool:
    """An act's visibility has no scope: what a role opens in one place only does not open the act everywhere."""
    if visibility == PUBLIC:
        return True
    return any(one.scope in ("", "all") and one.role.sees.get(visibility) in ("anywhere", "scope") for one in standing.capacities)


def _reads_all(standing: Standing) -> bool:
    return any(
        "scope" in one.role.allowed.get(("see", "journal_entry"), ()) and one.scope == "all" for one in standing.capacities
    )


def of_thing(kind: str, id: str, person: Anyone) -> JournalEntries:
    """Return the entries about one thing that a person may read, the newest first."""
    return visible_to(person, JournalEntry.objects.about(kind, id))
