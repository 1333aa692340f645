"""Suggest, confirm, review, see it, build, undo; claim by e-mail and by a file; a stranger learns nothing: in a real browser."""

from __future__ import annotations

import http.server
import json
import os
import re
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import running_site
from tests.browser.walking import Visitor, open_window
from tests.conftest import MINI

pytestmark = pytest.mark.browser
PASSWORD = "a calm swarm in June"
BUILD = """
from pathlib import Path
from essaim.cli.database import export_people
from essaim.config import configuration
from essaim.pipeline.run import build
export_people()
built = build(configuration(), packaged=Path({packaged!r}))
assert built.is_served, built.faults
"""


class House:
    """An Essaim with a data folder of its own, and the website of an organisation."""

    def __init__(self, home: Path) -> None:
        self.home, self.files = home, dict[str, bytes]()
        house = self

        class Website(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                body = house.files.get(self.path)
                self.send_response(200 if body else 404)
                self.end_headers()
                self.wfile.write(body or b"")

            def log_message(self, format: str, *args: object) -> None:
                return

        self.website = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Website)
        threading.Thread(target=self.website.serve_forever, daemon=True).start()
        origins = {"jardins.example.org": f"http://127.0.0.1:{self.website.server_port}"}
        self.environment = os.environ | {
            "ESSAIM_HOME": str(home),
            "ESSAIM_TEST_ORIGINS": json.dumps(origins),
            "DJANGO_SETTINGS_MODULE": "tests.browser.desk_settings",
            "PYTHONPATH": os.pathsep.join([str(Path(__file__).parents[2]), os.environ.get("PYTHONPATH", "")]),
        }

    def run(self, *command: str) -> str:
        done = subprocess.run([sys.executable, *command], env=self.environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def build(self) -> None:
        self.run("-c", BUILD.format(packaged=str(MINI)))

    def letter(self) -> str:
        """The path of the link in the last letter; no worker runs, so letters wait in the outbox."""
        with sqlite3.connect(self.home / "essaim.sqlite3") as database:
            text = database.execute("select text from desk_outgoingmail order by id desc limit 1").fetchone()[0]
        found = re.search(r"https?://\S+/links/\S+", text)
        assert found is not None, text
        return urlsplit(found[0]).path


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    here = House(tmp_path_factory.mktemp("desk"))
    here.run("-m", "essaim.cli.main", "manage", "migrate")
    here.build()
    yield here
    here.website.shutdown()
    here.website.server_close()


@pytest.fixture(scope="module")
def desk(house: House) -> Iterator[str]:
    with running_site(house.environment) as address:
        yield address


@pytest.fixture
def stranger(browser: Browser, desk: str) -> Iterator[Visitor]:
    context, opened = open_window(browser, desk, viewport={"width": 390, "height": 800}, java_script_enabled=False)
    yield opened
    context.close()


def signed_in(browser: Browser, desk: str, house: House, name: str) -> Visitor:
    """Somebody who reviews, signed in, at a desk."""
    command = ("-m", "essaim.cli.main", "user", "add", f"{name}@example.org", "--role", "reviewer")
    told = house.run(*command)
    _context, opened = open_window(browser, desk, viewport={"width": 1440, "height": 900})
    page = opened.go("/" + told.strip().splitlines()[-1].split("/", 3)[3])
    page.fill("[name=password1]", PASSWORD)
    page.fill("[name=password2]", PASSWORD)
    page.click("main .button")
    opened.go("/en/account/login/")
    page.fill("[name=login]", f"{name}@example.org")
    page.fill("[name=password]", PASSWORD)
    page.click("main .button >> nth=0")
    page.wait_for_url("**/en/account/")
    return opened


def suggest(stranger: Visitor, value: str) -> None:
    """Say that R1 was founded in another year, without script, on a phone."""
    page = stranger.go("/en/organisations/R1")
    page.get_by_role("link", name="Report an error").click()
    page.get_by_role("link", name="Founded").click()
    page.get_by_label("It should be").fill(value)
    page.get_by_label("How do you know?").fill("It stands on their page.")
    page.get_by_label("A page that shows it").fill("https://jardins.example.org/histoire")
    page.get_by_label("Your e-mail address").fill("reader@example.org")
    page.wait_for_timeout(2100)  # nobody fills a form in less: the trap for programs
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")


def founded(page: Page) -> str:
    return page.locator("tr", has=page.get_by_role("rowheader", name="Founded")).inner_text()


def test_a_word_goes_its_whole_way(browser: Browser, desk: str, house: House, stranger: Visitor) -> None:
    suggest(stranger, "May 1999")
    page = stranger.go(house.letter())
    page.get_by_role("button", name="Confirm it").click()
    expect(page.get_by_text("waits for review").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    reviewer = signed_in(browser, desk, house, "rea")
    queue = reviewer.go("/en/review/")
    assert reviewer.axe() == []
    expect(queue.locator("[data-line]")).to_contain_text("1998")
    expect(queue.locator("[data-line]")).to_contain_text("It stands on their page.")
    queue.keyboard.press("j")
    expect(queue.locator("[data-line]").first).to_be_focused()
    queue.keyboard.press("r")
    expect(queue.get_by_label("A word to the one")).to_be_focused()
    queue.get_by_label("A word to the one").fill("Well seen.")
    queue.locator("[data-line]").first.focus()
    queue.keyboard.press("a")
    expect(queue.get_by_text("1 suggestion accepted")).to_be_visible()

    page = stranger.go("/en/organisations/R1")
    assert "May 1999" in founded(page)
    assert "corrected by a reader" in founded(page)
    assert "the sources say: 1998" in founded(page)

    house.build()
    exported = (house.home / "people" / "people_local.jsonl").read_text("utf-8")
    assert json.loads(exported)["value"] == "1999-05"
    assert "reader@" not in exported
    page = stranger.go("/en/organisations/R1")
    assert "May 1999" in founded(page)
    machine = page.request.get(page.url + ".json").json()
    assert [value["value"] for value in machine["values"]["founded"]] == ["1999-05"]
    expect(page.get_by_text("Corrections by people on this installation").first).to_be_visible()

    queue = reviewer.go("/en/review/?state=accepted")
    queue.get_by_role("link", name="this suggestion").click()
    assert reviewer.axe() == []
    queue.get_by_role("button", name="Undo the decision").click()
    expect(queue.get_by_text("waits for review again")).to_be_visible()
    assert "May 1999" not in founded(stranger.go("/en/organisations/R1")), "gone from the page at once"
    house.build()
    page = stranger.go("/en/organisations/R1")
    assert "corrected" not in founded(page)
    machine = page.request.get(page.url + ".json").json()
    assert [value["value"] for value in machine["values"]["founded"]] == ["1998", "2001"]
    assert reviewer.faults == []
    reviewer.page.context.close()


def claim(stranger: Visitor, proof: str, email: str) -> None:
    page = stranger.go("/en/suggest/organisation/R1")
    page.get_by_role("link", name="Claim this page").click()
    page.get_by_label(proof).check()
    page.get_by_label("Your e-mail address").fill(email)
    page.wait_for_timeout(2100)
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")


def test_an_organisation_claims_its_page_by_e_mail_and_hides_a_figure(house: House, stranger: Visitor) -> None:
    claim(stranger, "An e-mail address at example.org", "office@jardins.example.org")
    page = stranger.go(house.letter())
    page.get_by_role("button", name="Yes, it was me").click()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("link", name="Change Founded").click()
    page.get_by_label("It should be").fill("1997")
    page.get_by_role("button", name="Keep").click()
    page.get_by_role("button", name="Do not show Members").click()
    page = stranger.go("/en/organisations/R1")
    assert "corrected by the organisation itself" in founded(page)
    members = page.locator("tr", has=page.get_by_role("rowheader", name="Members"))
    expect(members).to_contain_text("not shown, as the organisation wishes")
    page = stranger.go(house.letter())
    page.get_by_role("button", name="Show it again Members").click()
    expect(stranger.go("/en/organisations/R1").get_by_text("214").first).to_be_visible()


def test_an_organisation_claims_its_page_by_a_file(house: House, stranger: Visitor) -> None:
    claim(stranger, "A file on its website", "somebody@elsewhere.example")
    page = stranger.go(house.letter())
    page.get_by_role("button", name="Yes, it was me").click()
    page.get_by_role("button", name="Look for the file").click()
    expect(page.get_by_text("The file was not found")).to_be_visible()
    token, place = (line.inner_text() for line in page.locator("main li code").all())
    house.files[urlsplit(place).path] = token.encode()
    page.get_by_role("button", name="Look for the file").click()
    expect(page.get_by_text("The file is there")).to_be_visible()
    expect(page.get_by_role("link", name="Change Founded")).to_be_visible()


def test_a_stranger_learns_nothing(desk: str, stranger: Visitor) -> None:
    page = stranger.page
    for path in ("/en/suggest/person/1", "/en/suggest/organisation/none", "/en/claim/none", "/en/links/claim/x", "/en/links/x/y"):
        assert page.goto(desk + path).status == 404, path  # type: ignore[union-attr]
    for path in ("/en/review/", "/en/review/suggestions/none", "/en/review/claims"):
        page.goto(desk + path)
        assert "/account/login/" in page.url, path
    answer = page.request.post(f"{desk}/en/review/decide", form={"act": "accept", "key": "none"})
    assert answer.status == 403


def test_the_forms_stand_in_three_languages_and_axe_finds_nothing(browser: Browser, desk: str) -> None:
    context, visitor = open_window(browser, desk, viewport={"width": 390, "height": 800})
    for language in ("en", "fr", "es"):
        for path in ("suggest/organisation/R1", "suggest/organisation/R1?property=name", "claim/R1"):
            page = visitor.go(f"/{language}/{path}")
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
            assert visitor.axe() == [], path
    assert visitor.faults == []
    context.close()
