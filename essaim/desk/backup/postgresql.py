"""The database in PostgreSQL: dumped at one moment, laid into a schema beside the one in use, exchanged in one transaction."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from essaim.desk.backup.layout import BackupError

if TYPE_CHECKING:
    import psycopg

VARIABLES = {
    "host": "PGHOST",
    "port": "PGPORT",
    "user": "PGUSER",
    "password": "PGPASSWORD",
    "dbname": "PGDATABASE",
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
}
STAGED = "restoring"
"""Schema that holds a database that was laid and is not in use yet."""
HIDDEN = "hidden_while_restoring"
COUNTED = "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = %s::regnamespace ORDER BY relname"


def environment(url: str) -> dict[str, str]:
    """Return the variables by which PostgreSQL's own programs find the database; a password never stands in a command."""
    from psycopg.conninfo import conninfo_to_dict

    told = conninfo_to_dict(url)
    return os.environ | {VARIABLES[name]: str(value) for name, value in told.items() if name in VARIABLES}


def program(name: str) -> str:
    """Return the path of pg_dump, pg_restore or psql.

    Raises:
        BackupError: it is not on this machine.
    """
    found = shutil.which(name)
    if found is None:
        raise BackupError(f"{name} is not on this machine", next_step="Install it: sudo apt-get install postgresql-client")
    return found


@contextmanager
def connected(url: str) -> Iterator[psycopg.Connection]:
    """Give a connection with one transaction, committed at the end.

    Raises:
        BackupError: the database does not answer, or refuses what was asked.
    """
    import psycopg

    try:
        with psycopg.connect(url) as connection:
            yield connection
    except psycopg.Error as error:
        told = str(error).strip().splitlines()
        raise BackupError(f"PostgreSQL says: {told[0] if told else error}", "database", next_step="Run essaim doctor") from error


def dump(url: str, target: Path) -> tuple[dict[str, list[str]], dict[str, int]]:
    """Write the database as it is at this moment into a file of PostgreSQL's own format.

    Returns:
        Its migrations by app, and its rows by table, of the same moment.
    """
    with connected(url) as connection:
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        [moment] = connection.execute("SELECT pg_export_snapshot()").fetchone() or [""]
        options = ["--format=custom", "--no-owner", "--no-privileges", f"--snapshot={moment}", f"--file={target}"]
        _run([program("pg_dump"), *options, "--exclude-schema=before_*", f"--exclude-schema={STAGED}"], url)
        return migrations(connection), rows(connection)


def migrations(connection: psycopg.Connection, schema: str = "public") -> dict[str, list[str]]:
    """Return app -> the migrations that were run, in their order."""
    from psycopg import sql

    found: dict[str, list[str]] = {}
    asked = sql.SQL("SELECT app, name FROM {}.django_migrations ORDER BY id").format(sql.Identifier(schema))
    for app, name in connection.execute(asked):
        found.setdefault(app, []).append(name)
    return found


def rows(connection: psycopg.Connection, schema: str = "public") -> dict[str, int]:
    """Return table -> its number of rows; nothing for a schema that is not there."""
    from psycopg import sql

    if not has_schema(connection, schema):
        return {}
    counted = {}
    for [table] in connection.execute(COUNTED, [schema]).fetchall():
        asked = sql.SQL("SELECT count(*) FROM {}.{}").format(sql.Identifier(schema), sql.Identifier(table))
        [counted[table]] = connection.execute(asked).fetchone() or [0]
    return counted


def has_schema(connection: psycopg.Connection, schema: str) -> bool:
    """Tell whether there is such a schema."""
    return connection.execute("SELECT 1 FROM pg_namespace WHERE nspname = %s", [schema]).fetchone() is not None


def lay(url: str, dumped: Path) -> dict[str, int]:
    """Lay a dump into the schema of its own, in one transaction; what is in use stays as it is.

    Returns:
        Its rows by table.
    """
    begin = f"DROP SCHEMA IF EXISTS {STAGED} CASCADE; ALTER SCHEMA public RENAME TO {HIDDEN}; CREATE SCHEMA public;\n"
    end = f"\nALTER SCHEMA public RENAME TO {STAGED}; ALTER SCHEMA {HIDDEN} RENAME TO public;\n"
    here = environment(url)
    read = [program("pg_restore"), "--no-owner", "--no-privileges", "--file=-", str(dumped)]
    write = [program("psql"), "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--single-transaction", "--output=/dev/null"]
    with (
        subprocess.Popen(read, env=here, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as reader,
        subprocess.Popen(write, env=here, stdin=subprocess.PIPE, stderr=subprocess.PIPE) as writer,
    ):
        assert reader.stdout is not None
        assert reader.stderr is not None
        assert writer.stdin is not None
        assert writer.stderr is not None
        try:
            writer.stdin.write(begin.encode())
            shutil.copyfileobj(reader.stdout, writer.stdin)
            if reader.wait() != 0:
                writer.kill()  # its transaction ends with it: nothing was laid
                raise BackupError(_last_words(reader.stderr.read()), "pg_restore", next_step="Use another backup")
            writer.stdin.write(end.encode())
            writer.stdin.close()
        except BrokenPipeError:
            reader.kill()
        if writer.wait() != 0:
            raise BackupError(_last_words(writer.stderr.read()), "psql", next_step="Look at the database's rights and version")
    with connected(url) as connection:
        return rows(connection, STAGED)


def exchange(url: str, aside: str) -> None:
    """Put what was laid in the place of what is in use, which stays as the schema `aside`; safe to repeat."""
    from psycopg import sql

    with connected(url) as connection:
        if has_schema(connection, STAGED):
            renaming = sql.SQL("ALTER SCHEMA {} RENAME TO {}")
            connection.execute(renaming.format(sql.Identifier("public"), sql.Identifier(aside)))
            connection.execute(renaming.format(sql.Identifier(STAGED), sql.Identifier("public")))


def forget_laid(url: str) -> None:
    """Drop what an earlier restore laid and never put in place."""
    with connected(url) as connection:
        connection.execute(f"DROP SCHEMA IF EXISTS {STAGED} CASCADE")


def _run(command: list[str], url: str) -> None:
    done = subprocess.run(command, env=environment(url), capture_output=True, check=False)
    if done.returncode != 0:
        raise BackupError(_last_words(done.stderr), Path(command[0]).name, next_step="See the message of PostgreSQL's program")


def _last_words(told: bytes) -> str:
    lines = told.decode("utf-8", "replace").strip().splitlines()
    return lines[-1] if lines else "ended without a word"
