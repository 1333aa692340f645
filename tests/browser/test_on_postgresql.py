"""The smoke set: three walks of the site in a real browser, with its database in PostgreSQL."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from tests.browser.conftest import running_site
from tests.browser.test_reading import (
    test_a_filter_narrows_the_list_and_stays_in_the_address,
    test_everything_can_be_read_and_searched_without_script,
    test_the_language_switch_keeps_the_page,
)
from tests.postgresql import MISSING, start

__all__ = [
    "test_a_filter_narrows_the_list_and_stays_in_the_address",
    "test_everything_can_be_read_and_searched_without_script",
    "test_the_language_switch_keeps_the_page",
]
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def site(mini_release: object) -> Iterator[str]:
    """The address of a running Essaim that serves the small world, its database in PostgreSQL."""
    cluster = start()
    if cluster is None:
        pytest.skip(MISSING)
    try:
        with running_site(os.environ | {"ESSAIM_DATABASE_URL": cluster.make("walked")}) as address:
            yield address
    finally:
        cluster.stop()
