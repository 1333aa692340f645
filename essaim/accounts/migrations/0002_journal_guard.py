"""Put up the triggers that refuse to change or delete a row of the journal."""

from __future__ import annotations

from typing import Any

from django.db import migrations

from essaim.accounts import journal_guard


def put_up(apps: Any, schema_editor: Any) -> None:
    journal_guard.put_up(schema_editor.connection)


def take_down(apps: Any, schema_editor: Any) -> None:
    journal_guard.take_down(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]
    operations = [migrations.RunPython(put_up, take_down)]
