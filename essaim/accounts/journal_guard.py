"""The database's own guard over the journal: triggers that refuse to change or delete a row, on SQLite and PostgreSQL."""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper

TABLE = "accounts_journalentry"
MESSAGE = "the journal is append-only"
SQLITE_PUT_UP = tuple(
    f"CREATE TRIGGER IF NOT EXISTS journal_no_{verb} BEFORE {verb} ON {TABLE} BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
    for verb in ("update", "delete")
)
SQLITE_TAKE_DOWN = ("DROP TRIGGER IF EXISTS journal_no_update", "DROP TRIGGER IF EXISTS journal_no_delete")
POSTGRESQL_PUT_UP = (
    f"CREATE OR REPLACE FUNCTION journal_refuse() RETURNS trigger LANGUAGE plpgsql AS $$"
    f" BEGIN RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    f"CREATE OR REPLACE TRIGGER journal_no_change BEFORE UPDATE OR DELETE ON {TABLE}"
    " FOR EACH ROW EXECUTE FUNCTION journal_refuse()",
    f"CREATE OR REPLACE TRIGGER journal_no_truncate BEFORE TRUNCATE ON {TABLE}"
    " FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse()",
)
POSTGRESQL_TAKE_DOWN = (
    f"DROP TRIGGER IF EXISTS journal_no_change ON {TABLE}",
    f"DROP TRIGGER IF EXISTS journal_no_truncate ON {TABLE}",
)


def put_up(connection: BaseDatabaseWrapper) -> None:
    """Put the triggers up; safe to repeat.

    A migration that remakes the table (on SQLite most changes do) must call this again: the triggers go with the old table.
    """
    _run(connection, SQLITE_PUT_UP if connection.vendor == "sqlite" else POSTGRESQL_PUT_UP)


def take_down(connection: BaseDatabaseWrapper) -> None:
    """Take the triggers down: for a migration that goes back, and for tests that empty their tables."""
    _run(connection, SQLITE_TAKE_DOWN if connection.vendor == "sqlite" else POSTGRESQL_TAKE_DOWN)


def _run(connection: BaseDatabaseWrapper, statements: tuple[str, ...]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
