"""The second run of `make test` (ESSAIM_TEST_DATABASE=postgresql): every test that touches the database, on a real PostgreSQL.

A pytest plugin, for the settings are read before any conftest.
"""

from __future__ import annotations

import os

import pytest

from tests.postgresql import MISSING, start

IS_ASKED = os.environ.get("ESSAIM_TEST_DATABASE") == "postgresql"
CLUSTER = start() if IS_ASKED else None
if CLUSTER is not None:
    os.environ["ESSAIM_DATABASE_URL"] = CLUSTER.make("essaim")
FIXTURES = {"db", "transactional_db", "django_db_setup", "packaged_facts"}


def pytest_configure(config: pytest.Config) -> None:
    """Without a PostgreSQL nothing runs; in CI that is a failure."""
    if IS_ASKED and CLUSTER is None:
        pytest.exit(f"Not run on PostgreSQL: {MISSING}", returncode=int(os.environ.get("CI") == "true"))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep the tests that touch the database."""
    if not IS_ASKED:
        return
    chosen = [item for item in items if touches_database(item)]
    config.hook.pytest_deselected(items=[item for item in items if not touches_database(item)])
    items[:] = chosen


def touches_database(item: pytest.Item) -> bool:
    """Tell whether a test asks for the database, by its mark or through a fixture."""
    is_marked = item.get_closest_marker("django_db") is not None
    return is_marked or bool(FIXTURES & set(getattr(item, "fixturenames", ())))
