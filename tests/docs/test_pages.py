"""The pages: whole, linked, and as the code says."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import fields
from pathlib import Path
from xml.etree import ElementTree

import pytest
import yaml

from essaim.cli.main import COMMANDS
from essaim.config import Configuration
from essaim.model.properties import BY_KIND
from essaim.model.schema import PEOPLE_TABLES, TABLES
from essaim.pipeline.source_file import PACKAGED, find_sources
from tests.docs.reading import DOCS, ROOT, anchors, links, named, pages


@pytest.mark.parametrize("page", pages(), ids=named)
def test_links_lead_somewhere(page: Path) -> None:
    for link in links(page):
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), f"{named(page)}: {link}"
        if anchor:
            assert anchor in anchors(target), f"{named(page)}: {link}"


@pytest.mark.parametrize("page", sorted(DOCS.rglob("*.md")), ids=named)
def test_every_page_is_reached_from_the_index(page: Path) -> None:
    reached, waiting = set(), [DOCS / "README.md"]
    while waiting:
        here = waiting.pop()
        if here not in reached:
            reached.add(here)
            waiting += [
                target for link in links(here) if (target := (here.parent / link.partition("#")[0]).resolve()).suffix == ".md"
            ]
    assert page.resolve() in reached


def test_the_generated_pages_are_as_the_code_says() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tools.reference", "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def headings(page: str) -> list[str]:
    return re.findall(r"^#+ (.+)$", (DOCS / "reference" / page).read_text("utf-8"), re.MULTILINE)


def test_every_command_and_subcommand_is_documented() -> None:
    said = headings("commands.md")
    assert {f"essaim {name}" for name in COMMANDS} <= set(said)
    assert {"essaim release rollback", "essaim source check"} <= set(said)


def test_every_setting_is_documented_with_its_variable() -> None:
    text = (DOCS / "reference" / "settings.md").read_text("utf-8")
    for field in fields(Configuration):
        assert f"| `{field.name}` | `ESSAIM_" in text


def test_every_table_is_documented() -> None:
    assert set(TABLES) <= set(headings("tables.md"))
    text = (DOCS / "reference" / "tables.md").read_text("utf-8")
    assert all(f"`{name}`" in text for name in PEOPLE_TABLES)


def test_every_property_of_every_kind_is_documented_and_none_that_is_gone() -> None:
    kept = yaml.safe_load((ROOT / "tools" / "reference" / "sentences.yaml").read_text("utf-8"))
    for kind, properties in BY_KIND.items():
        assert set(kept[kind]) == set(properties)


def test_every_packaged_source_says_what_it_is_in_three_languages() -> None:
    for source in find_sources(PACKAGED).values():
        assert set(source.title) >= {"en", "fr", "es"}, source.id
        assert set(source.summary) >= {"en", "fr", "es"}, source.id
        assert source.licence.id, source.id


def test_every_variable_the_code_reads_is_documented() -> None:
    text = (DOCS / "reference" / "settings.md").read_text("utf-8")
    code = [*(ROOT / "essaim").rglob("*.py"), ROOT / "hatch_build.py", ROOT / "tests" / "conftest.py"]
    for file in code:
        for variable in set(re.findall(r"environ(?:\.get\(|\[)\"(ESSAIM_[A-Z_]+)\"", file.read_text("utf-8"))):
            assert f"`{variable}`" in text, f"{file.name}: {variable}"


def test_the_picture_of_the_path_is_a_picture_with_words_for_those_who_do_not_see_it() -> None:
    picture = ElementTree.parse(DOCS / "explanation" / "data-path.svg").getroot()
    names = {child.tag.rpartition("}")[2] for child in picture}
    assert {"title", "desc"} <= names
    assert "prefers-color-scheme: dark" in "".join(picture.itertext())


def test_every_decision_is_listed() -> None:
    index = (DOCS / "adr" / "README.md").read_text("utf-8")
    assert all(page.name in index for page in (DOCS / "adr").glob("[0-9]*.md"))
