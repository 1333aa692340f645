"""May this person do this to that? One function answers, and says why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from essaim.accounts.models import Grant, Mandate, Person, Succession
from essaim.accounts.roles import Role, Where, roles
from essaim.accounts.scopes import PUBLIC, Thing, as_thing
from essaim.accounts.standing import successors, today
from essaim.model.reason import Reason

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    Anyone = Person | AnonymousUser | None

OPENED_BY_ONES_INSTITUTION = frozenset({"participants", "members", "institution"})


@dataclass(frozen=True)
class Permit:
    """An answer: yes or no, and why.

    Attributes:
        is_allowed: the answer; a permit is true when it is yes.
        reason: why; `why.sentence` says it in the reader's language.
    """

    is_allowed: bool
    reason: Reason

    def __bool__(self) -> bool:
        return self.is_allowed

    @property
    def sentence(self) -> str:
        """The reason in the reader's language."""
        from essaim.accounts.why import sentence

        return sentence(self.reason)


@dataclass(frozen=True)
class Capacity:
    """One thing that a person is at a day: a role, and over what.

    Attributes:
        role: the role.
        scope: `all`, `country:SEN` ... of a grant; what a mandate covers, empty for all that the institution does.
        institutions: ids of the institution of a mandate, and of what it was renamed to since.
        told: parameters of the reason: role, scope or institution, dates.
    """

    role: Role
    scope: str = "all"
    institutions: frozenset[str] = frozenset()
    told: dict[str, str] = field(default_factory=dict)

    def covers(self, thing: Thing, where: Where, person: Anyone) -> bool:
        """Tell whether a rule with this `where` reaches a thing; of a kind as such, whether it reaches any but one's own."""
        if where == "own":
            return thing.owner is not None and person is not None and thing.owner == person.pk
        if where == "anywhere" or not (thing.id or thing.scopes):
            return True
        if where == "institution":
            return bool(self.institutions & thing.institutions) and (not self.scope or self.scope in thing.scopes)
        return self.scope == "all" or self.scope in thing.scopes

    def opens(self, thing: Thing, person: Anyone) -> bool:
        """Tell whether this capacity may see things of a thing's visibility."""
        if thing.visibility in OPENED_BY_ONES_INSTITUTION and self.institutions & thing.institutions:
            return True
        where = self.role.sees.get(thing.visibility)
        return where is not None and self.covers(thing, where, person)

    def reason(self, where: Where) -> Reason:
        """Say what this capacity gives its permission for."""
        if where == "own":
            return Reason("own")
        return Reason({"nobody": "open_to_all", "account": "by_account"}.get(self.role.by, f"by_{self.role.by}"), self.told)


class Standing:
    """Everything a person is at a day; ask it when many things are asked about at once."""

    def __init__(self, person: Anyone, on: date | None = None) -> None:
        """Read grants and mandates, once."""
        self.person = person if person is not None and person.is_authenticated else None
        self.on = on or today()
        self.is_closed = self.person is not None and not self.person.is_active
        self.capacities: list[Capacity] = list(self._capacities())

    def may(self, verb: str, thing: Any = None) -> Permit:
        """Answer for one verb and thing; see `may`."""
        known = roles()
        if verb not in known.verbs:
            raise ValueError(f"no verb {verb!r}; roles.yaml knows {', '.join(known.verbs)}")
        if thing is None:
            return self._of_any(verb)
        one = as_thing(thing)
        if one.kind not in known.kinds:
            raise ValueError(f"no kind {one.kind!r}; roles.yaml knows {', '.join(known.kinds)}")
        if self.is_closed and verb != "see":
            return Permit(False, Reason("account_closed"))
        if one.visibility != PUBLIC and not self._sees(one):
            return Permit(False, Reason("not_visible", {"visibility": one.visibility}))
        opener = self._opener(one) if verb == "see" and one.visibility != PUBLIC else None
        for capacity, where in self._granting(verb, one.kind):
            if capacity.covers(one, where, self.person):
                return Permit(True, opener.reason("anywhere") if opener else capacity.reason(where))
        return Permit(False, self._refusal(verb, one))

    def may_see_visibility(self, visibility: str) -> bool:
        """Tell whether any capacity opens a visibility, somewhere."""
        return visibility == PUBLIC or any(visibility in one.role.sees for one in self.capacities)

    @property
    def role_names(self) -> list[str]:
        """Names of the roles that the person has, without those that everyone has."""
        return list(dict.fromkeys(one.role.name for one in self.capacities if one.role.by in ("grant", "mandate")))

    @property
    def institutions(self) -> frozenset[str]:
        """Ids of the institutions that the person speaks for."""
        return frozenset(id for one in self.capacities for id in one.institutions)

    def _capacities(self) -> Iterator[Capacity]:
        known = roles().roles
        yield from (Capacity(role) for role in known.values() if role.by == "nobody")
        if self.person is None or self.is_closed:
            return
        yield from (Capacity(role) for role in known.values() if role.by == "account")
        for grant in Grant.objects.of(self.person).in_force(self.on):
            if grant.role in known:
                told = {"role": grant.role, "scope": grant.scope, "since": grant.since.isoformat()}
                yield Capacity(known[grant.role], grant.scope, told=told)
        for mandate in Mandate.objects.of(self.person).in_force(self.on):
            if mandate.role in known:
                yield _of_mandate(known[mandate.role], mandate)

    def _granting(self, verb: str, kind: str) -> Iterator[tuple[Capacity, Where]]:
        for capacity in self.capacities:
            for where in sorted(capacity.role.allowed.get((verb, kind), ())):
                yield capacity, where

    def _opener(self, thing: Thing) -> Capacity | None:
        return next((one for one in self.capacities if one.opens(thing, self.person)), None)

    def _sees(self, thing: Thing) -> bool:
        is_own = thing.owner is not None and self.person is not None and thing.owner == self.person.pk
        return is_own or not thing.id or self._opener(thing) is not None

    def _of_any(self, verb: str) -> Permit:
        for capacity in self.capacities:
            if any(one == verb and places != {"own"} for (one, _kind), places in capacity.role.allowed.items()):
                return Permit(True, capacity.reason("anywhere"))
        return Permit(False, self._refusal(verb, None))

    def _refusal(self, verb: str, thing: Thing | None) -> Reason:
        """Say what is missing: the scope, the confirmation, an account, a role."""
        if self.person is None:
            return Reason("sign_in")
        if self.is_closed:
            return Reason("account_closed")
        if thing is not None:
            for capacity, where in self._granting(verb, thing.kind):
                if where in ("scope", "institution"):
                    return Reason("out_of_scope", capacity.told)
        able = [role.name for role in roles().roles.values() if _can(role, verb, thing)]
        for mandate in Mandate.objects.of(self.person).lapsed(self.on):
            if mandate.role in able:
                until = mandate.confirm_by.isoformat() if mandate.confirm_by else ""
                return Reason("mandate_lapsed", {"institution": mandate.institution_id, "confirm_by": until})
        return Reason("role_needed", {"roles": " ".join(able)})


def may(person: Anyone, verb: str, thing: Any = None) -> Permit:
    """Answer whether a person may do something to a thing.

    Args:
        person: who asks; None and Django's AnonymousUser are a visitor.
        verb: see, suggest, review, claim, edit, upload, decide, invite, mandate, operate, export_person, erase_person, build.
        thing: a Thing, an instance of a registered model, the name of a kind (then: may they do it to any but their own), or
            None (to anything at all).

    Returns:
        The permit; it is true when allowed, and carries the reason either way.

    Raises:
        ValueError: the verb or the kind is not in roles.yaml.
        TypeError: no room registered how the thing is told.
    """
    return Standing(person).may(verb, thing)


def _of_mandate(role: Role, mandate: Mandate) -> Capacity:
    ids = {mandate.institution_id, *successors(mandate.institution_id, [Succession.Kind.RENAMED])}
    told = {"role": role.name, "institution": mandate.institution_id, "since": mandate.since.isoformat()}
    told["confirm_by"] = mandate.confirm_by.isoformat() if mandate.confirm_by else ""
    return Capacity(role, mandate.scope, frozenset(ids), told)


def _can(role: Role, verb: str, thing: Thing | None) -> bool:
    return any(one == verb and (thing is None or kind == thing.kind) for one, kind in role.allowed)
