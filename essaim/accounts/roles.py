"""Roles as data: roles.yaml, read once and checked."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from essaim.accounts.scopes import VISIBILITIES
from essaim.errors import ConfigurationError

FILE = Path(__file__).parent / "roles.yaml"
Where = Literal["anywhere", "scope", "institution", "own"]
By = Literal["nobody", "account", "grant", "mandate"]


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _RuleShape(_Shape):
    verbs: list[str]
    kinds: list[str]
    where: Where


class _SeesShape(_Shape):
    visibilities: list[str]
    where: Where


class _RoleShape(_Shape):
    by: By
    sees: _SeesShape | None = None
    rules: list[_RuleShape]


class _FileShape(_Shape):
    kinds: dict[str, list[str]]
    verbs: list[str]
    roles: dict[str, _RoleShape]


@dataclass(frozen=True)
class Role:
    """What one role may do.

    Attributes:
        name: its code.
        by: how one comes to it: everyone (nobody gives it), account, grant, mandate.
        allowed: (verb, kind) to where.
        sees: visibility to where, beside what is public.
    """

    name: str
    by: By
    allowed: dict[tuple[str, str], frozenset[Where]]
    sees: dict[str, Where]


@dataclass(frozen=True)
class Roles:
    """Every role, verb and kind of roles.yaml, in its order."""

    roles: dict[str, Role]
    verbs: tuple[str, ...]
    kinds: tuple[str, ...]

    def by(self, *ways: By) -> list[str]:
        """Return the names of the roles had in one of some ways."""
        return [role.name for role in self.roles.values() if role.by in ways]


@lru_cache(maxsize=1)
def roles() -> Roles:
    """Return the roles of the packaged file.

    Raises:
        ConfigurationError: the file has a fault.
    """
    return read_roles(FILE.read_text("utf-8"))


def read_roles(text: str) -> Roles:
    """Read roles from YAML text.

    Raises:
        ConfigurationError: one error that lists every fault.
    """
    try:
        shape = _FileShape.model_validate(yaml.safe_load(text))
    except (ValidationError, yaml.YAMLError) as error:
        raise ConfigurationError("the roles cannot be read", "roles.yaml", found=str(error)[:500]) from error
    kinds = tuple(dict.fromkeys(kind for group in shape.kinds.values() for kind in group))
    if faults := [fault for name, role in shape.roles.items() for fault in _faults(shape, kinds, name, role)]:
        raise ConfigurationError("; ".join(faults), "roles.yaml", next_step="Mend the file")
    made = {name: _role(shape, name, role) for name, role in shape.roles.items()}
    return Roles(made, tuple(shape.verbs), kinds)


def _role(shape: _FileShape, name: str, role: _RoleShape) -> Role:
    allowed: dict[tuple[str, str], set[Where]] = {}
    for rule in role.rules:
        for verb in rule.verbs:
            for kind in _spread(shape, rule.kinds):
                allowed.setdefault((verb, kind), set()).add(rule.where)
    sees = dict.fromkeys(role.sees.visibilities, role.sees.where) if role.sees else {}
    return Role(name, role.by, {pair: frozenset(places) for pair, places in allowed.items()}, sees)


def _spread(shape: _FileShape, names: list[str]) -> list[str]:
    return [kind for name in names for kind in shape.kinds.get(name, [name])]


def _faults(shape: _FileShape, kinds: tuple[str, ...], name: str, role: _RoleShape) -> list[str]:
    faults = [
        f"{name}: unknown visibility {one}" for one in (role.sees.visibilities if role.sees else []) if one not in VISIBILITIES
    ]
    for rule in role.rules:
        faults += [f"{name}: unknown verb {verb}" for verb in rule.verbs if verb not in shape.verbs]
        faults += [f"{name}: unknown kind {kind}" for kind in _spread(shape, rule.kinds) if kind not in kinds]
        if rule.where == "institution" and role.by != "mandate":
            faults.append(f"{name}: only a mandate has an institution")
    return faults
