"""Load packaged facts once; bring a later package as a difference that a person accepts."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

import yaml
from django.db import models, transaction
from django.utils import timezone

from essaim.errors import SourceError
from essaim.pages.facts import json_ready
from essaim.pages.models import FactsPackage
from essaim.pages.own_words import own_texts
from essaim.pages.registry import FactsFolder, facts_folder

SafeLoader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml reads ten times faster where it is built in
State = FactsPackage.State
Things = dict[type[models.Model], dict[str, models.Model]]
Difference = dict[str, list[dict[str, Any]]]

UNCOMPARED = frozenset({"position", "package_version"})
"""Columns that say where a thing stood and which package brought it, and nothing of the thing."""


def read_version(folder: FactsFolder) -> int:
    """Return the number in the folder's `VERSION`.

    Raises:
        SourceError: the file is missing or holds no number.
    """
    file = folder.folder / "VERSION"
    try:
        return int(file.read_text("ascii"))
    except (OSError, ValueError) as error:
        raise SourceError("no version of the packaged facts", str(file), expected="a whole number") from error


def checksum(folder: FactsFolder) -> str:
    """Return SHA-256 over the loaded files, names included."""
    hashed = hashlib.sha256()
    for name in folder.files:
        hashed.update(name.encode() + b"\0" + (folder.folder / name).read_bytes() + b"\0")
    return hashed.hexdigest()


def read_documents(folder: FactsFolder) -> dict[str, Any]:
    """Return the parsed files by name without `.yaml`.

    Raises:
        SourceError: a file is missing or is not YAML.
    """
    documents = {}
    for name in folder.files:
        file = folder.folder / name
        try:
            documents[name.removesuffix(".yaml")] = yaml.load(file.read_text("utf-8"), Loader=SafeLoader)
        except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
            raise SourceError("packaged facts cannot be read", str(file), found=str(error)[:200]) from error
    return documents


def read_things(folder: FactsFolder) -> Things:
    """Return the packaged things, unsaved, by model and id, in the order they must be written.

    Raises:
        SourceError: two entries of one kind have the same id.
    """
    things: Things = {}
    for thing in folder.read(read_documents(folder), read_version(folder)):
        held = things.setdefault(type(thing), {})
        if thing.pk in held:
            raise SourceError("two entries have the same id", f"packaged facts of {folder.room}", found=str(thing.pk))
        held[str(thing.pk)] = thing
    return things


def difference(things: Things) -> Difference:
    """Compare a package with what the database holds.

    Returns:
        `new` and `gone`: `{"kind", "id", "title"}`; `changed`: the same with `fields`, column to `{"was", "now"}` (for the
        entry itself, the keys that differ).
    """
    found: Difference = {"new": [], "gone": [], "changed": []}
    for model, packaged in things.items():
        held = {str(key): thing for key, thing in model._default_manager.in_bulk().items()}
        found["new"] += [_named(packaged[id]) for id in packaged if id not in held]
        found["gone"] += [_named(held[id]) for id in held if id not in packaged]
        for id in packaged.keys() & held.keys():
            if fields := _changed_fields(held[id], packaged[id]):
                found["changed"].append({**_named(packaged[id]), "fields": fields})
    found["changed"].sort(key=lambda change: (change["kind"], change["id"]))
    return found


def _named(thing: models.Model) -> dict[str, str]:
    return {"kind": thing._meta.label_lower, "id": str(thing.pk), "title": str(thing)}


def _changed_fields(was: models.Model, now: models.Model) -> dict[str, dict[str, Any]]:
    changed: dict[str, dict[str, Any]] = {}
    for column in was._meta.concrete_fields:
        before, after = getattr(was, column.attname), getattr(now, column.attname)
        if column.name in UNCOMPARED or before == after:
            continue
        if column.name == "facts":
            keys = sorted(key for key in before.keys() | after.keys() if before.get(key) != after.get(key))
            changed |= {f"facts.{key}": {"was": before.get(key), "now": after.get(key)} for key in keys}
        else:
            changed[column.name] = {"was": before, "now": after}
    return changed


def load(folder: FactsFolder) -> FactsPackage:
    """Load a room's packaged facts on first sight; propose them when they differ from the accepted ones.

    Returns:
        The package as it now stands: the accepted one when nothing changed.

    Raises:
        SourceError: the files cannot be read.
    """
    version, sum = read_version(folder), checksum(folder)
    packages = FactsPackage.objects.filter(room=folder.room)
    accepted = packages.filter(state=State.ACCEPTED).first()
    if accepted and accepted.checksum == sum:
        packages.filter(state=State.PROPOSED).update(state=State.REPLACED, decided_at=timezone.now())
        return accepted
    if accepted is None:
        return _load_first(folder, version, sum)
    waiting = packages.filter(state=State.PROPOSED, checksum=sum, version=version).first()
    return waiting or _propose(folder, version, sum)


@transaction.atomic
def _load_first(folder: FactsFolder, version: int, sum: str) -> FactsPackage:
    things = read_things(folder)
    package = FactsPackage(room=folder.room, version=version, checksum=sum, state=State.ACCEPTED, decided_at=timezone.now())
    package.diff = difference(things)
    package.save()
    write(things)
    return package


@transaction.atomic
def _propose(folder: FactsFolder, version: int, sum: str) -> FactsPackage:
    FactsPackage.objects.filter(room=folder.room, state=State.PROPOSED).update(state=State.REPLACED, decided_at=timezone.now())
    diff = difference(read_things(folder))
    return FactsPackage.objects.create(room=folder.room, version=version, checksum=sum, state=State.PROPOSED, diff=diff)


@transaction.atomic
def accept(folder: FactsFolder) -> FactsPackage | None:
    """Apply the proposed package of a room, if one waits.

    Returns:
        The package, now accepted; None when none waited.

    Raises:
        SourceError: the files were changed after the proposal, so that nobody has seen what would be written.
    """
    package = FactsPackage.objects.filter(room=folder.room, state=State.PROPOSED).first()
    if package is None:
        return None
    if package.checksum != checksum(folder):
        raise SourceError(
            "the files changed after they were proposed",
            f"packaged facts of {folder.room}",
            next_step="Run load_facts again and read the new difference",
        )
    write(read_things(folder))
    package.state, package.decided_at = State.ACCEPTED, timezone.now()
    package.save()
    return package


def write(things: Things) -> None:
    """Make the tables hold just these things; must run in a transaction."""
    for model, packaged in reversed(things.items()):
        model._default_manager.exclude(pk__in=list(packaged)).delete()
    for model, packaged in things.items():
        columns = [column.name for column in model._meta.concrete_fields if not column.primary_key]
        _upsert(model, packaged.values(), columns)


def _upsert(model: type[models.Model], things: Iterable[models.Model], columns: list[str]) -> None:
    model._default_manager.bulk_create(
        things, update_conflicts=True, update_fields=columns, unique_fields=[model._meta.pk.name], batch_size=500
    )


def own_words(room: str) -> set[str]:
    """Return every string in our own English words in the packaged facts of a room: what may be translated."""
    folder = facts_folder(room)
    return set(own_texts(json_ready(read_documents(folder)), folder.own_word_keys))
