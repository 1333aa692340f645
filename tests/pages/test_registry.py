"""The registry of kinds, and what is made of it: the site's index and the sealed copy of what is public."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from django.core.management import call_command

from essaim.accounts.models import Office
from essaim.coordination.persons import persons_named
from essaim.errors import ConfigurationError
from essaim.model.schema import PEOPLE_TABLES, SEALED_COLUMNS
from essaim.pages import registry
from essaim.pages.packaged import load
from essaim.pages.registry import facts_folders, kind, kinds, register
from essaim.pages.sealed_copy import WITHHELD, without_persons, write_public
from essaim.pages.site_index import entries, reindex
from essaim.text import Index, Query

pytestmark = pytest.mark.django_db


@pytest.fixture
def packaged_facts(db: None) -> None:
    for folder in facts_folders():
        load(folder)


def test_the_rooms_register_their_kinds() -> None:
    assert {"institution", "meeting", "norm", "instrument", "country"} <= {one.name for one in kinds()}
    assert kind("norm").address("ILO-R193") == "/norms/ILO-R193"


def test_two_kinds_may_not_share_a_letter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_kinds", dict(registry._kinds))
    with pytest.raises(ConfigurationError, match="share a name or a letter"):
        register(replace(kind("norm"), name="another"))
    with pytest.raises(ConfigurationError, match="share a name or a letter"):
        register(replace(kind("norm"), letter="z"))


def test_no_kind_takes_the_letter_of_a_kind_of_the_release() -> None:
    assert {one.letter for one in kinds()}.isdisjoint({"o", "w"})


@pytest.mark.usefixtures("packaged_facts")
def test_every_kind_finds_counts_and_tells_what_it_holds() -> None:
    for one in kinds():
        found = list(one.search_entries())
        assert len(found) == one.count() > 0
        thing = one.find(found[0].id)
        assert json.loads(json.dumps(one.as_json(thing)))["id"] == found[0].id
        assert one.find("no such id") is None


@pytest.mark.usefixtures("packaged_facts")
def test_the_index_finds_acronyms_former_names_and_translations(tmp_path: Path) -> None:
    place = tmp_path / "site-index"
    assert reindex(place) == len(list(entries()))
    index = Index.open(place)

    def first(words: str, language: str = "en") -> str:
        return index.search(Query(words, language)).hits[0].id

    assert first("CNUCED", "fr") == "UNCTAD"
    assert first("Rencontres du Mont-Blanc", "fr") == "SSE-IF"
    assert first("Ley Paul Singer", "es") == "bra-lei-15068-2024"
    assert first("Sénégal", "fr") == "SEN"


@pytest.mark.usefixtures("packaged_facts")
def test_a_second_index_replaces_the_first_at_once(tmp_path: Path) -> None:
    place = tmp_path / "site-index"
    reindex(place)
    before = place.resolve()
    reindex(place)
    assert place.resolve() != before
    assert not before.exists()
    assert Index.open(place).search(Query("RIPESS")).total > 0


@pytest.mark.usefixtures("packaged_facts")
def test_the_sealed_copy_has_the_tables_and_columns_of_the_schema(tmp_path: Path) -> None:
    folder = tmp_path / "people" / "public"
    counts = write_public(folder)
    assert set(PEOPLE_TABLES) <= set(counts)
    columns = {column.name for column in SEALED_COLUMNS}
    for file in folder.glob("*.jsonl"):
        rows = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
        assert len(rows) == counts[file.stem]
        assert all(set(row) == columns for row in rows)


@pytest.mark.usefixtures("packaged_facts")
def test_no_release_carries_a_persons_name(tmp_path: Path) -> None:
    folder = tmp_path / "public"
    write_public(folder)
    written = "".join(file.read_text("utf-8") for file in folder.glob("*.jsonl"))
    named = persons_named()
    assert Office.objects.exclude(person="").count() > 0
    assert "David Thompson" in named
    assert [name for name in named if name in written] == []


def test_a_name_is_withheld_from_sentences_and_left_in_addresses() -> None:
    value = {"person": "Ada Example", "text": ["homage to Ada Example"], "source": "https://example.org/Ada Example"}
    expected = {"text": [f"homage to {WITHHELD}"], "source": "https://example.org/Ada Example"}
    assert without_persons(value, ("Ada Example",)) == expected


@pytest.mark.usefixtures("packaged_facts")
def test_an_export_leaves_no_file_of_an_earlier_one(tmp_path: Path) -> None:
    folder = tmp_path / "public"
    folder.mkdir()
    (folder / "gone.jsonl").write_text("{}")
    write_public(folder)
    assert not (folder / "gone.jsonl").exists()
    assert [one.name for one in tmp_path.iterdir()] == ["public"]


def test_the_command_loads_once_and_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_facts")
    call_command("load_facts")
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 2 * len(facts_folders())
    assert all("version 1, accepted" in line for line in lines)
