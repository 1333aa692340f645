"""Packaged facts: loaded once, a later package proposed as a difference, applied only when accepted."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from essaim.coordination.kinds import FACTS
from essaim.coordination.models import Meeting
from essaim.errors import SourceError
from essaim.pages.facts import json_ready, notes_of, partial_date, sources_of
from essaim.pages.models import FactsPackage
from essaim.pages.packaged import accept, load, own_words, read_documents, read_things
from essaim.pages.registry import FactsFolder, facts_folders

pytestmark = pytest.mark.django_db
State = FactsPackage.State


@pytest.fixture
def a_folder(tmp_path: Path) -> FactsFolder:
    """A copy of the coordination room's packaged facts that a test may change."""
    copied = tmp_path / "facts"
    shutil.copytree(FACTS.folder, copied)
    return replace(FACTS, folder=copied)


def change(folder: FactsFolder, version: int) -> None:
    """Write a later package: one meeting gone, one new, one with another town."""
    file = folder.folder / "meetings.yaml"
    document = yaml.safe_load(file.read_text("utf-8"))
    meetings = document["meetings"]
    document["meetings"] = [one for one in meetings if one["id"] != "tfsse-001"]
    next(one for one in meetings if one["id"] == "tfsse-symposium-1")["place"]["city"] = "Exampleville"
    new = {"id": "tfsse-999", "kind": "regular", "number": 999, "date": "2026-01", "source": "https://example.org/999"}
    document["meetings"].append(new)
    file.write_text(yaml.safe_dump(document, allow_unicode=True), "utf-8")
    (folder.folder / "VERSION").write_text(str(version))


def test_the_first_load_writes_everything_and_the_second_nothing(a_folder: FactsFolder) -> None:
    first = load(a_folder)
    assert (first.state, first.version, first.counts["gone"]) == (State.ACCEPTED, 1, 0)
    assert Meeting.objects.count() == len(read_documents(a_folder)["meetings"]["meetings"])
    assert load(a_folder).pk == first.pk
    assert FactsPackage.objects.count() == 1


def test_a_later_package_is_proposed_and_overwrites_nothing(a_folder: FactsFolder) -> None:
    load(a_folder)
    change(a_folder, 2)
    proposed = load(a_folder)
    assert (proposed.state, proposed.version) == (State.PROPOSED, 2)
    assert [one["id"] for one in proposed.diff["new"]] == ["tfsse-999"]
    assert [one["id"] for one in proposed.diff["gone"]] == ["tfsse-001"]
    (changed,) = proposed.diff["changed"]
    assert changed["fields"]["city"] == {"was": "Rome", "now": "Exampleville"}
    assert changed["fields"]["facts.place"]["now"]["city"] == "Exampleville"
    assert Meeting.objects.get(id="tfsse-symposium-1").city == "Rome"
    assert load(a_folder).pk == proposed.pk


def test_an_accepted_package_is_written_whole(a_folder: FactsFolder) -> None:
    load(a_folder)
    change(a_folder, 2)
    load(a_folder)
    accepted = accept(a_folder)
    assert accepted is not None
    assert accepted.state == State.ACCEPTED
    assert Meeting.objects.get(id="tfsse-symposium-1").city == "Exampleville"
    assert Meeting.objects.get(id="tfsse-999").package_version == 2
    assert not Meeting.objects.filter(id="tfsse-001").exists()
    assert load(a_folder).pk == accepted.pk
    assert accept(a_folder) is None


def test_files_changed_after_the_proposal_are_not_accepted(a_folder: FactsFolder) -> None:
    load(a_folder)
    change(a_folder, 2)
    load(a_folder)
    with (a_folder.folder / "meetings.yaml").open("a") as file:
        file.write("# changed since\n")
    with pytest.raises(SourceError, match="changed after they were proposed"):
        accept(a_folder)
    assert Meeting.objects.filter(id="tfsse-001").exists()


def test_a_proposal_that_was_taken_back_is_replaced(a_folder: FactsFolder) -> None:
    accepted = load(a_folder)
    change(a_folder, 2)
    load(a_folder)
    shutil.copytree(FACTS.folder, a_folder.folder, dirs_exist_ok=True)
    assert load(a_folder).pk == accepted.pk
    assert FactsPackage.objects.filter(state=State.REPLACED).count() == 1


def test_two_entries_with_one_id_are_told(a_folder: FactsFolder) -> None:
    file = a_folder.folder / "meetings.yaml"
    file.write_text(file.read_text("utf-8").replace("id: tfsse-041", "id: tfsse-040"), "utf-8")
    with pytest.raises(SourceError, match="the same id 'tfsse-040'"):
        load(a_folder)
    assert not Meeting.objects.exists()


@pytest.mark.parametrize(("name", "content"), [("meetings.yaml", "meetings: ["), ("VERSION", "one")])
def test_a_broken_file_is_told_with_its_place(a_folder: FactsFolder, name: str, content: str) -> None:
    (a_folder.folder / name).write_text(content)
    with pytest.raises(SourceError, match=name):
        load(a_folder)


@pytest.mark.parametrize("folder", facts_folders(), ids=lambda folder: folder.room)
def test_nothing_of_a_packaged_entry_is_lost(folder: FactsFolder) -> None:
    """Every scalar of the files stands in the rows; what has a table of its own may leave the entry it came from."""
    written = {value for things in read_things(folder).values() for thing in things.values() for value in scalars(thing.facts)}  # type: ignore[attr-defined]
    assert set(scalars(json_ready(read_documents(folder)))) - written == set()


def scalars(value: object) -> list[str]:
    """Return every value of a document, with its key."""
    if isinstance(value, dict):
        return [
            f"{key}={found}" if isinstance(item, str | int) else found for key, item in value.items() for found in scalars(item)
        ]
    if isinstance(value, list):
        return [found for item in value for found in scalars(item)]
    return [str(value)]


def test_a_date_is_no_more_precise_than_it_is_known() -> None:
    assert partial_date(2025, "year") == "2025"
    assert partial_date("2013-05-01", "month") == "2013-05"
    assert partial_date(yaml.safe_load("2013-09-30")) == "2013-09-30"
    assert partial_date(None) == ""


def test_a_copy_is_evidence_and_no_readers_link() -> None:
    entry = {
        "source": "https://example.org/a",
        "host": "unrelated_site",
        "more_sources": ["https://example.org/b", "https://docplayer.fr/1"],
        "steps": [{"source": "https://example.org/c"}],
        "website": "https://example.org/",
    }
    told = {source["url"]: source["is_shown"] for source in sources_of(entry)}
    assert told == {
        "https://example.org/a": False,
        "https://example.org/b": True,
        "https://docplayer.fr/1": False,
        "https://example.org/c": True,
    }


def test_notes_keep_what_they_are_about() -> None:
    notes = list(notes_of({"note": "n", "date_note": "d", "date": "2011"}))
    assert notes == [{"about": "", "text": "n"}, {"about": "date", "text": "d"}]


def test_a_sentence_that_yaml_takes_for_a_mapping_stays_a_sentence() -> None:
    assert json_ready(["needs named", {"needs named": "data, funds"}]) == ["needs named", "needs named: data, funds"]


def test_own_words_are_those_of_the_keys_that_hold_them() -> None:
    found = own_words("coordination")
    assert "task force created" in found
    assert "Geneva" not in found
    assert "UNRISD" not in found
