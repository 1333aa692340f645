"""Upgrading with live data: a database one migration back in every app, with rows in every table, loses none of them."""

from __future__ import annotations

import datetime
import itertools
import uuid
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from essaim.accounts import journal_guard

NUMBERS = itertools.count(1)


def house_apps() -> list[str]:
    """Return the labels of the house's apps that have migrations."""
    graph = MigrationLoader(None).graph
    return sorted({app for app, _ in graph.leaf_nodes() if apps.get_app_config(app).name.startswith("essaim.")})


def one_back(label: str) -> list[tuple[str, str | None]]:
    """Return the target that takes back the last migration of an app, and with it all that stands on it."""
    graph = MigrationLoader(None).graph
    own = [name for app, name in graph.forwards_plan(graph.leaf_nodes(label)[0]) if app == label]
    return [(label, own[-2] if len(own) > 1 else None)]


def fill(model: type[models.Model]) -> models.Model:
    """Make a row of a model as a migration knows it, every column filled, unlike every other row."""
    values = {}
    for field in model._meta.concrete_fields:
        if isinstance(field, models.AutoField):
            continue
        if field.is_relation:
            values[field.attname] = related_value(model, field)
        else:
            values[field.attname] = value_for(field, next(NUMBERS))
    return model._base_manager.create(**values)


def related_value(model: type[models.Model], field: Any) -> Any:
    """Return the key of a row that a foreign key may name: one that is there, a new one where each may be named once only."""
    related = field.remote_field.model
    if related is model:
        return None
    found = None if field.unique else related._base_manager.first()
    return getattr(found or fill(related), field.target_field.attname)


def value_for(field: models.Field[Any, Any], number: int) -> Any:
    """Return a value that a column takes and that is another for every row."""
    if field.choices:
        return field.flatchoices[-1][0]
    kinds: list[tuple[type[models.Field[Any, Any]], Any]] = [
        (models.BooleanField, True),
        (models.DateTimeField, datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC) + datetime.timedelta(hours=number)),
        (models.DateField, datetime.date(2026, 1, 1) + datetime.timedelta(days=number)),
        (models.TimeField, datetime.time(number % 24)),
        (models.IntegerField, number),
        (models.FloatField, number / 2),
        (models.JSONField, {"row": number}),
        (models.UUIDField, uuid.UUID(int=number)),
        (models.GenericIPAddressField, f"192.0.2.{number % 256}"),
        (models.BinaryField, b"row"),
    ]
    for kind, value in kinds:
        if isinstance(field, kind):
            return value
    return f"{number}-{field.name}@example.org"[: field.max_length or 60]


def rows(state: Any, labels: list[str]) -> dict[tuple[str, str], list[dict[str, Any]]]:
    """Return the rows of every model of some apps in a state of the migrations."""
    found = {}
    for label in labels:
        for model in state.apps.get_app_config(label).get_models() if label in state.apps.app_configs else []:
            if not model._meta.proxy and model._meta.managed:
                found[label, model._meta.model_name] = list(model._base_manager.order_by("pk").values())
    return found


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("label", house_apps())
def test_the_last_migration_of_an_app_keeps_every_row(label: str) -> None:
    executor = MigrationExecutor(connection)
    newest = executor.loader.graph.leaf_nodes()
    journal_guard.take_down(connection)
    try:
        before = executor.migrate(one_back(label))
        labels = [app for app in house_apps() if app in before.apps.app_configs]
        for app in labels:
            for model in before.apps.get_app_config(app).get_models():
                if not model._meta.proxy and model._meta.managed:
                    fill(model)
                    fill(model)
        kept = rows(before, labels)
        assert kept == {} or any(kept.values())
        executor = MigrationExecutor(connection)
        after = rows(executor.migrate(newest), labels)
        for name, lines in kept.items():
            assert name in after, f"{name} is gone: say so here when that is meant"
            assert len(after[name]) >= len(lines), name
            for old, new in zip(lines, after[name], strict=False):
                assert {column: value for column, value in new.items() if column in old} == old, name
    finally:
        journal_guard.take_down(connection)
        MigrationExecutor(connection).migrate(newest)
        journal_guard.take_down(connection)
