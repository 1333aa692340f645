"""What `may` must know of a thing: its kind, who may see it, what it belongs to; and how the rooms tell it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.db.models import Model

PUBLIC = "public"
VISIBILITIES = (PUBLIC, "participants", "members", "institution", "desk", "secretariat")
"""From open to closed: everyone; who takes part; members of the body; the thing's own institution; the desk; the secretariat."""


@dataclass(frozen=True)
class Thing:
    """A thing, as far as the question "may this person" needs it.

    Attributes:
        kind: name of its kind.
        id: its id; empty for the kind as such (may they edit any?).
        scopes: what it belongs to: `country:SEN`, `network:o...`, `institution:RIPESS`, `body:UNTFSSE`.
        visibility: one of VISIBILITIES.
        owner: primary key of the person whose own it is; None for nobody's.
    """

    kind: str
    id: str = ""
    scopes: frozenset[str] = frozenset()
    visibility: str = PUBLIC
    owner: int | None = None

    @property
    def institutions(self) -> frozenset[str]:
        """Ids of the institutions it belongs to."""
        return frozenset(scope.removeprefix("institution:") for scope in self.scopes if scope.startswith("institution:"))


_tellers: dict[type[Model], Callable[[Any], Thing]] = {}


def register_thing(model: type[Model], teller: Callable[[Any], Thing]) -> None:
    """Make known how a room's model is told as a Thing; a room does so once, in its `AppConfig.ready()`."""
    _tellers[model] = teller


def as_thing(thing: Any) -> Thing:
    """Return what `may` needs of anything it can be asked about.

    Args:
        thing: a Thing; the name of a kind (the kind as such); or an instance of a registered model.

    Raises:
        TypeError: no room has registered how such a thing is told. That is a fault of ours, never a reason to let pass.
    """
    if isinstance(thing, Thing):
        return thing
    if isinstance(thing, str):
        return Thing(thing)
    for model in type(thing).__mro__:
        if model in _tellers:
            return _tellers[model](thing)
    raise TypeError(f"no room has registered how {type(thing).__name__} is told to may(); see accounts.scopes.register_thing")
