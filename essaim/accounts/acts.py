"""Acts: what the journal can tell, each with its sentence, who may read it, and how it is undone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from essaim.accounts.scopes import VISIBILITIES
from essaim.errors import ConfigurationError

if TYPE_CHECKING:
    from essaim.accounts.chain import JournalEntry
    from essaim.accounts.people import Person
    from essaim.pages.registry import Words


@dataclass(frozen=True)
class Act:
    """One kind of act.

    Attributes:
        code: `mandate_confirmed`.
        label: what a filter calls it: "Mandate confirmed".
        sentence: what the journal tells, with {names} that are filled from the entry: {by}, {about}, {for} are always there,
            the rest come from the entry's `words` (role, scope, institution, person, country, since, until are put into words).
        visibility: who may read it beside those it concerns: one of scopes.VISIBILITIES.
        undo_verb: verb that a person must have over the thing to undo it; empty when it cannot be undone.
        undo: brings the thing back to what it was before; raises JournalError when it changed since.
    """

    code: str
    label: Words
    sentence: Words
    visibility: str = "secretariat"
    undo_verb: str = ""
    undo: Callable[[JournalEntry, Person], None] | None = None


_acts: dict[str, Act] = {}


def register_acts(*acts: Act) -> None:
    """Make acts known; a room does so once, in its `AppConfig.ready()`.

    Raises:
        ConfigurationError: the code is taken, or the visibility is none.
    """
    for act in acts:
        if act.code in _acts and _acts[act.code] is not act:
            raise ConfigurationError("two acts share a code", "journal", found=act.code, next_step="Choose another")
        if act.visibility not in VISIBILITIES:
            raise ConfigurationError(
                "no such visibility", f"act {act.code}", found=act.visibility, expected=", ".join(VISIBILITIES)
            )
        _acts[act.code] = act


def acts() -> dict[str, Act]:
    """Return every act by code, in the order of registration."""
    return dict(_acts)


def act_of(code: str) -> Act:
    """Return an act; one that no room registered any more is told by its code, to the secretariat alone."""
    return _acts.get(code) or Act(code, code, _("{by}: {act}, {about}"))
