"""A reader walks the site: search, filter, map, organisation, languages; with script, without, by keyboard, on a phone."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.walking import Visitor, open_window

pytestmark = pytest.mark.browser

PAGES = [
    "/",
    "/search/?q=exemple",
    "/map/",
    "/organisations/world",
    "/organisations/R1",
    "/works/",
    "/institutions/",
    "/meetings/",
    "/norms/",
    "/instruments/",
    "/countries/",
    "/countries/SEN",
    "/meetings/tfsse-001",
    "/norms/UNGA-77-281",
    "/sources/",
    "/sources/mini_register",
    "/releases/",
    "/about-the-data/",
    "/privacy/",
    "/accessibility/",
    "/attribution/",
    "/api/",
    "/recognition/",
    "/knowledge/",
    "/policy/",
    "/coordination/",
    "/styleguide/",
]


def test_search_suggests_as_one_types_and_leads_to_the_organisation(visitor: Visitor) -> None:
    page = visitor.go("/en/")
    box = page.get_by_role("combobox").first
    box.press_sequentially("jardins", delay=30)
    options = page.get_by_role("option")
    expect(options.first).to_contain_text("Example Gardens Co-operative")
    box.press("ArrowDown")
    box.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Example Gardens Co-operative")
    assert "/en/organisations/o" in page.url
    assert visitor.faults == []


def test_a_filter_narrows_the_list_and_stays_in_the_address(visitor: Visitor) -> None:
    page = visitor.go("/en/search/?q=&kind=organisation")
    before = len(page.locator("ol.hits > li").all())
    page.get_by_role("checkbox", name=re.compile("^Senegal")).check()
    expect(page).to_have_url(re.compile("country=SEN"))
    expect(page.locator("ol.hits > li")).to_have_count(2)
    assert before > 2
    page.reload()
    expect(page.locator("ol.hits > li")).to_have_count(2)
    page.go_back()
    expect(page.locator("ol.hits > li")).to_have_count(before)


@pytest.mark.parametrize("words", ["Fondation Exemple pour les Communs", "fondation exémple communs", "fondatoin communs"])
def test_search_is_blind_to_accents_and_tolerant_of_typing_mistakes(visitor: Visitor, words: str) -> None:
    page = visitor.go(f"/fr/search/?q={words}")
    expect(page.locator("ol.hits > li").first).to_contain_text("Fondation Exemple pour les Communs")


def test_nothing_found_gives_advice(visitor: Visitor) -> None:
    page = visitor.go("/en/search/?q=qqqqqqqqqqqq")
    expect(page.get_by_text("Nothing found")).to_be_visible()


def test_the_organisation_page_shows_the_conflict_side_by_side_with_its_sources(visitor: Visitor) -> None:
    page = visitor.go("/en/organisations/R1")
    founded = page.locator("tr", has=page.get_by_role("rowheader", name="Founded"))
    expect(founded).to_contain_text("1998")
    expect(founded).to_contain_text("2001")
    expect(founded).to_contain_text("disagree")
    expect(page.get_by_text("Example register", exact=False).first).to_be_visible()
    expect(page.get_by_text("Example directory", exact=False).first).to_be_visible()


def test_the_language_switch_keeps_the_page(visitor: Visitor) -> None:
    page = visitor.go("/en/organisations/R1")
    page.locator("header").get_by_role("link", name=re.compile("Français")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Coopérative des Jardins d’Exemple")
    assert page.locator("html").get_attribute("lang") == "fr"
    assert "/fr/organisations/" in page.url


def test_the_front_door_answers_in_the_browser_s_language(browser: Browser, site: str) -> None:
    context, visitor = open_window(browser, site, locale="es-CL")
    visitor.go("/")
    assert urlsplit(visitor.page.url).path == "/es/"
    context.close()


def test_the_map_draws_points_beside_a_list_that_follows_its_filters(visitor: Visitor) -> None:
    with visitor.page.expect_response(re.compile(r"/tiles/current/\d+/\d+/\d+")) as tile:
        page = visitor.go("/en/map/")
    assert tile.value.ok
    expect(page.locator("canvas.maplibregl-canvas")).to_be_visible()
    page.get_by_role("checkbox", name=re.compile("^Senegal")).check()
    expect(page).to_have_url(re.compile("country=SEN"))
    expect(page.locator("#map-list, [data-map-list], .map-list").first).to_contain_text("Fondation Exemple pour les Communs")
    assert [fault for fault in visitor.faults if "WebGL" not in fault] == []


def test_nothing_is_asked_of_others_and_no_cookie_is_set(visitor: Visitor) -> None:
    for path in PAGES:
        visitor.go(f"/en{path}")
    hosts = {urlsplit(address).netloc for address in visitor.asked if not address.startswith(("data:", "blob:"))}
    assert hosts == {urlsplit(visitor.site).netloc}
    assert visitor.page.context.cookies() == []
    assert [fault for fault in visitor.faults if "WebGL" not in fault and "GPU stall" not in fault] == []


@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_axe_finds_nothing_serious(visitor: Visitor, language: str) -> None:
    found = {}
    for path in PAGES:
        visitor.go(f"/{language}{path}")
        violations = visitor.axe()
        if violations:
            found[path] = violations
    assert found == {}


def test_axe_finds_nothing_serious_in_the_dark(visitor: Visitor) -> None:
    visitor.page.emulate_media(color_scheme="dark")
    found = {}
    for path in PAGES:
        visitor.go(f"/en{path}")
        violations = visitor.axe()
        if violations:
            found[path] = violations
    assert found == {}


@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_no_page_is_wider_than_a_small_phone(phone: Visitor, language: str) -> None:
    wide = {}
    for path in PAGES:
        page = phone.go(f"/{language}{path}")
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > 320:
            wide[path] = width
    assert wide == {}


def test_the_first_load_is_light(visitor: Visitor) -> None:
    sizes: dict[str, int] = {}
    visitor.page.on("response", lambda answer: sizes.update({answer.url: answer.request.sizes()["responseBodySize"]}))
    visitor.go("/en/")
    visitor.page.wait_for_load_state("networkidle")
    counted = {url: size for url, size in sizes.items() if not url.endswith((".woff2", ".woff"))}
    assert sum(counted.values()) < 150_000, counted


def test_the_keyboard_reaches_the_content_and_the_focus_is_seen(visitor: Visitor) -> None:
    page = visitor.go("/en/organisations/world")
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    expect(skip).to_be_visible()
    assert (skip.get_attribute("href") or "").startswith("#")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_everything_can_be_read_and_searched_without_script(without_script: Visitor) -> None:
    page = without_script.go("/en/")
    page.get_by_role("searchbox").or_(page.get_by_role("combobox")).first.fill("jardins")
    page.get_by_role("button", name="Search").first.click()
    expect(page.locator("ol.hits > li").first).to_contain_text("Example Gardens Co-operative")
    page.goto(f"{without_script.site}/en/search/?kind=organisation")
    page.get_by_role("checkbox", name=re.compile("^Senegal")).check()
    page.get_by_role("button", name=re.compile("Apply|Filter|Show", re.IGNORECASE)).first.click()
    expect(page).to_have_url(re.compile("country=SEN"))
    expect(page.locator("ol.hits > li")).to_have_count(2)
    page.locator("ol.hits > li a").first.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.goto(f"{without_script.site}/en/map/")
    expect(page.locator("main svg").first).to_be_visible()


def test_a_missing_page_is_told_in_the_reader_s_language_with_a_way_on(visitor: Visitor) -> None:
    answer = visitor.page.goto(f"{visitor.site}/fr/organisations/personne")
    assert answer is not None
    assert answer.status == 404
    assert visitor.page.locator("html").get_attribute("lang") == "fr"
    expect(visitor.page.get_by_role("search").first).to_be_visible()
