"""A real server over the small world and a real Chromium to walk it with."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.walking import Visitor, open_window

# No GPU, no calls of Chromium's own to the outside.
FLAGS = [
    "--no-sandbox",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def chromium() -> str:
    """Return the path of Chromium; without one the test is skipped (and fails in CI, see tests/conftest.py)."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        pytest.skip("no Chromium on this machine: sudo apt-get install chromium")
    return found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the whole session."""
    path = chromium()
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield running
        running.close()


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running_site(environment: Mapping[str, str]) -> Iterator[str]:
    """Give the address of a running Essaim over the tests' data folder, its database filled with the packaged facts."""
    essaim = [sys.executable, "-m", "essaim.cli.main"]
    for command in ("migrate", "load_facts", "reindex"):
        subprocess.run([*essaim, "manage", command], env=environment, check=True, capture_output=True)
    port = free_port()
    command_line = [*essaim, "serve", "--port", str(port)]
    server = subprocess.Popen(command_line, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(300):
            if server.poll() is not None:
                pytest.fail(f"the server ended: {server.stdout.read().decode() if server.stdout else ''}")
            try:
                urllib.request.urlopen(f"{address}/health", timeout=2).close()
                break
            except OSError:
                time.sleep(0.1)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=20)
        if server.stdout:
            server.stdout.close()


@pytest.fixture(scope="session")
def site(mini_release: object) -> Iterator[str]:
    """The address of a running Essaim that serves the small world and the packaged facts."""
    with running_site(os.environ) as address:
        yield address


@pytest.fixture
def visitor(browser: Browser, site: str) -> Iterator[Visitor]:
    """A reader at a desk."""
    context, opened = open_window(browser, site, viewport={"width": 1440, "height": 900})
    yield opened
    context.close()


@pytest.fixture
def phone(browser: Browser, site: str) -> Iterator[Visitor]:
    """A reader with a small phone, 320 px wide."""
    context, opened = open_window(browser, site, viewport={"width": 320, "height": 640}, has_touch=True)
    yield opened
    context.close()


@pytest.fixture
def without_script(browser: Browser, site: str) -> Iterator[Visitor]:
    """A reader whose browser runs no script."""
    context, opened = open_window(browser, site, viewport={"width": 1440, "height": 900}, java_script_enabled=False)
    yield opened
    context.close()
