"""A reader's window on the site, with everything it asked for and complained of."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

AXE = Path(__file__).parents[2] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"


@dataclass
class Visitor:
    """A reader's browser window, with everything it asked for.

    Attributes:
        page: the window.
        asked: every address it requested.
        faults: what the page complained of: script errors, refused or failed requests.
    """

    page: Page
    site: str
    asked: list[str]
    faults: list[str]

    def go(self, path: str) -> Page:
        """Open a path of the site and wait until it stands."""
        answer = self.page.goto(self.site + path, wait_until="load")
        assert answer is not None
        assert answer.status < 400, f"{path}: {answer.status}"
        return self.page

    def axe(self) -> list[dict[str, Any]]:
        """Return what axe finds that is serious or critical."""
        if not AXE.exists():
            pytest.fail(f"{AXE} is missing: run make setup")
        self.page.evaluate(AXE.read_text("utf-8"))
        found = self.page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
        return [
            {"id": one["id"], "where": [node["html"][:160] for node in one["nodes"][:3]]}
            for one in found["violations"]
            if one["impact"] in ("serious", "critical")
        ]


def open_window(browser: Browser, site: str, **options: Any) -> tuple[BrowserContext, Visitor]:
    """Open a window of its own: no cookies, nothing cached."""
    context = browser.new_context(locale=options.pop("locale", "en-GB"), **options)
    visitor = Visitor(context.new_page(), site, [], [])
    visitor.page.set_default_timeout(15_000)
    visitor.page.on("request", lambda request: visitor.asked.append(request.url))
    visitor.page.on("pageerror", lambda error: visitor.faults.append(str(error)))
    visitor.page.on("console", lambda told: visitor.faults.append(told.text) if told.type == "error" else None)
    return context, visitor
