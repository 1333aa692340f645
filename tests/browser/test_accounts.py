"""Come in by invitation, set up a second step and a passkey, sign in with each; nothing overflows and axe finds nothing."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Browser

from tests.browser.walking import Visitor, open_window

PASSWORD = "a calm swarm in June"
KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def newcomer(browser: Browser, site: str) -> Iterator[Visitor]:
    """Someone with a phone; by the name localhost, for a passkey is bound to a name and not to a number."""
    context, opened = open_window(browser, site.replace("127.0.0.1", "localhost"), viewport={"width": 390, "height": 800})
    session = context.new_cdp_session(opened.page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    yield opened
    context.close()


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def test_the_first_administrator_sets_up_everything_and_invites_an_observer(newcomer: Visitor, browser: Browser) -> None:
    command = [sys.executable, "-m", "essaim.cli.main", "user", "add", "walker@example.org", "--role", "administrator"]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    page = newcomer.go("/" + told.strip().splitlines()[-1].split("/", 3)[3])
    page.fill("[name=password1]", PASSWORD)
    page.fill("[name=password2]", PASSWORD)
    page.click("main .button")
    newcomer.go("/en/account/login/")
    assert newcomer.axe() == []
    page.fill("[name=login]", "walker@example.org")
    page.fill("[name=password]", PASSWORD)
    page.click("main .button >> nth=0")
    newcomer.go("/en/account/second-step/totp/activate/")
    page.fill("[name=password]", PASSWORD)
    page.click("main .button >> nth=0")
    secret = page.inner_text("main code")
    page.fill("[name=code]", code_of(secret))
    page.click("main .button")
    assert page.locator(".codes li").count() == 10
    recovery = page.locator(".codes li").first.inner_text()
    newcomer.go("/en/account/second-step/webauthn/add/")
    page.check("[name=passwordless]")
    page.click("main .button")
    page.wait_for_url(re.compile(r"second-step/(?!webauthn/add)"))
    for sign_in in ("recovery", "passkey"):
        newcomer.go("/en/account/")
        page.click("text=Sign out")
        newcomer.go("/en/account/login/")
        if sign_in == "passkey":
            page.click("text=Sign in with a passkey")
        else:
            page.fill("[name=login]", "walker@example.org")
            page.fill("[name=password]", PASSWORD)
            page.click("main .button >> nth=0")
            page.fill("[name=code]", recovery)
            page.click("main .button >> nth=0")
        page.wait_for_url("**/en/account/")
    page = newcomer.go("/en/people/")
    page.fill("[name=email]", "observing@example.org")
    page.select_option("[name=role]", "observer")
    page.select_option("[name=institution]", "RIPESS")
    page.click("aside .button")
    invitation = page.inner_text(".notice code")
    assert newcomer.axe() == []
    for address in ("/fr/people/", "/es/account/", "/fr/journal/", "/es/account/second-step/"):
        newcomer.go(address)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
        assert newcomer.axe() == [], address
    assert newcomer.faults == []
    walk_in(browser, newcomer.site, "/" + invitation.split("/", 3)[3])


def walk_in(browser: Browser, site: str, invitation: str) -> None:
    """Take up an invitation without script, in the dark."""
    options = {"viewport": {"width": 390, "height": 800}, "java_script_enabled": False, "color_scheme": "dark"}
    context, guest = open_window(browser, site, **options)
    page = guest.go(invitation)
    page.fill("[name=display_name]", "Noor Example")
    page.fill("[name=password1]", PASSWORD)
    page.fill("[name=password2]", PASSWORD)
    page.click("main .button")
    assert "in force" in page.inner_text("main")
    guest.go("/en/institutions/RIPESS")
    assert "Noor Example" in page.inner_text("main")
    assert page.goto(f"{site}/en/people/").status == 404  # type: ignore[union-attr]
    context.close()
