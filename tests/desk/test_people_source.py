"""What was accepted leaves as a source, is obeyed by the next build, and is gone from the one after it was undone."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from django.core.management import call_command

from essaim.config import Configuration, configuration
from essaim.desk.people_source import write_people_source
from essaim.desk.review import accept, reopen, say_as_claimed
from essaim.desk.suggestions import Suggestion
from essaim.desk.suggestions_shown import with_corrections
from essaim.errors import SourceError
from essaim.pipeline.run import build
from essaim.release import Release
from essaim.text import Query

from ..conftest import MINI
from .test_review import a_reviewer, proposed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("mini_release")]


@pytest.fixture
def elsewhere(tmp_path: Path) -> Configuration:
    """A data folder of its own, so that the release of the other tests stays served."""
    return replace(configuration(), home=tmp_path)


def built(here: Configuration) -> Release:
    write_people_source(here.people)
    done = build(here, packaged=MINI)
    assert done.is_served, done.faults
    return Release(done.folder)


def page(release: Release, key: str = "mini_register:R1") -> dict[str, Any]:
    found = release.page("organisation", key)
    assert found is not None
    return found


def test_the_export_names_nobody_and_says_the_same_in_the_same_bytes(tmp_path: Path) -> None:
    one = accept(proposed(evidence="https://jardins.example.org/histoire"), a_reviewer(name="petra"))
    accept(proposed(property="other", value="They moved."), a_reviewer(name="paul"))
    file, count = write_people_source(tmp_path)
    assert (file.name, count) == (f"people_{configuration().installation}.jsonl", 1)
    first = file.read_bytes()
    told = json.loads(first)
    assert (told["key"], told["by"], told["about"], told["value"]) == (one.key, one.by_name_key, "mini_register:R1", "1999")
    for word in (b"Rita", b"reader@", b"petra", b"Petra", b"Seen on their page"):
        assert word not in first
    write_people_source(tmp_path)
    assert file.read_bytes() == first
    assert list(tmp_path.iterdir()) == [file], "no draft is left"


def test_the_command_before_every_build_writes_it() -> None:
    accept(proposed(), a_reviewer())
    call_command("export_people", verbosity=0)
    file = configuration().people / f"people_{configuration().installation}.jsonl"
    assert "1999" in file.read_text("utf-8")
    Suggestion.objects.all().delete()
    call_command("export_people", verbosity=0)
    assert file.read_text("utf-8") == ""


def test_the_next_build_obeys_and_the_one_after_the_undoing_forgets(elsewhere: Configuration) -> None:
    before = page(built(elsewhere))
    one = accept(proposed(evidence="https://jardins.example.org/histoire"), a_reviewer())
    release = built(elsewhere)
    after = page(release)
    value = after["values"]["founded"][0]
    assert [told["value"] for told in after["values"]["founded"]] == ["1999"]
    assert "founded" not in after["disputed"]
    assert {said["value"] for said in value["corrected"]["said"]} == {"1998", "2001"}
    source = after["sources"][value["sources"][0] - 1]
    assert (source["source_id"], source["record_id"]) == ("people_local", one.key)
    assert "people_local" in [told["id"] for told in release.manifest["sources"]]
    assert release.source("people_local")["report"]["records"] == {"organisation": 1}
    organisation = pl.read_parquet(release.folder / "tables" / "organisation.parquet").filter(
        pl.col("organisation_id") == after["id"]
    )
    assert organisation["founded"].to_list() == ["1999"]
    statements = pl.read_parquet(release.folder / "tables" / "statement.parquet").filter(pl.col("entity") == "mini_register:R1")
    founded = statements.filter(pl.col("property") == "founded")
    assert set(zip(founded["value"], founded["source_id"], strict=True)) == {("1998", "mini_register"), ("1999", "people_local")}
    assert next(told["event"] for told in after["history"]) == "changed"
    reopen(one, a_reviewer(name="second"))
    again = page(built(elsewhere))
    assert again["values"] == before["values"]
    assert again["disputed"] == before["disputed"]
    assert again["sources"] == before["sources"]


def test_what_was_undone_since_the_build_is_gone_from_the_page_at_once(elsewhere: Configuration) -> None:
    before = page(built(elsewhere))
    one = accept(proposed(), a_reviewer())
    name = accept(proposed(property="name", value="Jardins d’Exemple", language="fr"), a_reviewer(name="third"))
    town = accept(proposed(property="town", value="Villeurbanne"), a_reviewer(name="fourth"))
    baked = page(built(elsewhere))
    shown = with_corrections(baked)
    assert shown["values"]["founded"] == baked["values"]["founded"]
    assert shown["values"] == baked["values"]
    assert (shown["titles"]["fr"], shown["sites"][0]["town"]) == ("Jardins d’Exemple", "Villeurbanne")
    for done in (one, name, town):
        reopen(done, a_reviewer(name=f"r{done.pk}"))
    bare = with_corrections(baked)
    for part in ("values", "disputed", "names", "titles", "sites", "sources"):
        assert bare[part] == before[part], part


def test_a_corrected_type_is_asked_of_the_rules_anew(elsewhere: Configuration) -> None:
    def answer_of(release: Release) -> dict[str, Any]:
        return next(told for told in page(release, "mini_register:R4")["classifications"] if told["framework"] == "un")

    assert answer_of(built(elsewhere))["answer"] == "yes"
    accept(proposed("mini_register:R4", "entity_type", "other"), a_reviewer())
    answer = answer_of(built(elsewhere))
    assert answer["answer"] != "yes"
    assert next(told["value"] for told in answer["data"] if told["property"] == "entity_type") == "other"


def test_what_an_organisation_hides_is_in_no_part_of_the_release(elsewhere: Configuration) -> None:
    one = proposed(property="website", value="x")
    one.value = ""
    one.save()
    say_as_claimed(one)
    release = built(elsewhere)
    assert "website" not in page(release)["values"]
    assert page(release)["hidden"] == ["website"]
    statements = pl.read_parquet(release.folder / "tables" / "statement.parquet")
    of_it = statements.filter(pl.col("entity").is_in(page(release)["record_keys"]))
    assert "website" not in set(of_it["property"])
    assert b"jardins.example.org" not in (release.folder / "serve.sqlite").read_bytes().replace(
        b"jardins.example.org/histoire", b""
    )


def test_a_correction_on_a_record_that_is_gone_waits(elsewhere: Configuration) -> None:
    one = accept(proposed(), a_reviewer())
    Suggestion.objects.filter(pk=one.pk).update(about_id="mini_register:GONE")
    assert {value["value"] for value in page(built(elsewhere))["values"]["founded"]} == {"1998", "2001"}


def test_a_line_that_is_no_correction_is_told_with_its_place(elsewhere: Configuration) -> None:
    elsewhere.people.mkdir(parents=True)
    (elsewhere.people / "people_local.jsonl").write_text('{"key": "x"}\n', "utf-8")
    with pytest.raises(SourceError, match=r"people_local.jsonl, line 1"):
        build(elsewhere, packaged=MINI)


def test_other_pages_call_a_thing_by_its_corrected_name(elsewhere: Configuration) -> None:
    accept(proposed(property="name", value="Jardins d’Exemple", language="fr"), a_reviewer())
    release = built(elsewhere)
    network = page(release, "mini_networks:europe")
    members, _total = release.members(network["id"], 0, 100)
    assert "Jardins d’Exemple" in [member["other"]["titles"].get("fr") for member in members]
    hits = release.index().search(Query(words="Jardins d’Exemple", language="fr")).hits
    assert hits[0].title == "Jardins d’Exemple"
