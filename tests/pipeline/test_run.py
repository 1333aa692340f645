"""The whole path on the small world: what is published, what is set aside, and what survives a kill."""

from __future__ import annotations

import json
import resource
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from essaim.config import Configuration
from essaim.errors import ReleaseError
from essaim.model.schema import TABLES
from essaim.pipeline.run import build, only_build
from essaim.release import Release, all_releases, current, verify

MINI = Path(__file__).parent.parent / "mini" / "sources"


@pytest.fixture
def here(tmp_path: Path) -> Configuration:
    """A data folder of the test's own."""
    return Configuration(home=tmp_path / "home")


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """The small world's sources, to change at will."""
    return Path(shutil.copytree(MINI, tmp_path / "sources"))


def page(release: Release, key: str) -> dict[str, Any]:
    found = release.page("organisation", key)
    assert found is not None, key
    return found


def test_two_sources_of_one_co_operative_make_one_page_with_the_conflict_side_by_side(mini_release: Release) -> None:
    gardens = page(mini_release, "mini_register:R1")
    assert gardens["id"] == page(mini_release, "mini_directory:d1")["id"]
    assert gardens["titles"] == {"fr": "Coopérative des Jardins d’Exemple", "en": "Example Gardens Co-operative"}
    assert gardens["disputed"] == ["founded"]
    assert {value["value"]: value["sources"] for value in gardens["values"]["founded"]} == {"1998": [1], "2001": [2]}
    assert {value["certainty"] for value in gardens["values"]["founded"]} == {"disputed"}
    assert gardens["match"][0]["weights"]


def test_the_same_value_of_two_sources_is_told_once_with_both(mini_release: Release) -> None:
    gardens = page(mini_release, "mini_register:R1")
    assert [(value["value"], value["sources"]) for value in gardens["values"]["identifier"]] == [("552100554", [1, 2])]


def test_a_page_answers_to_its_lasting_id_its_record_keys_and_its_readable_ids(mini_release: Release) -> None:
    world = page(mini_release, "world")
    assert page(mini_release, "mini_networks:world") == page(mini_release, world["id"]) == world
    assert mini_release.page("organisation", "nobody") is None


def test_memberships_stand_on_both_pages_and_a_cycle_is_told_and_kept(mini_release: Release) -> None:
    europe = page(mini_release, "europe")
    members, total = mini_release.members(europe["id"])
    assert total == len(members)
    assert "world" in {told["other"]["slug"] for told in members} or page(mini_release, "world")["id"] in {
        told["other"]["id"] for told in members
    }
    assert sorted([page(mini_release, "world")["id"], europe["id"]]) in mini_release.figures()["cycle"]
    assert europe["members_total"] == len({told["other"]["id"] for told in members})


def test_what_cannot_be_used_is_set_aside_with_its_reason_and_counted(mini_release: Release) -> None:
    reasons = {}
    for source in mini_release.sources():
        asides, total = mini_release.asides(source["id"], limit=100)
        assert total == len(asides) == sum(source["report"]["asides"].values())
        reasons[source["id"]] = sorted(aside["reason"]["code"] for aside in asides)
    assert reasons["mini_register"] == sorted(["record_duplicate_id", "record_without_id", *["value_unusable"] * 3])
    assert reasons["mini_directory"] == ["value_unusable", "value_unusable"]
    assert reasons["mini_edges"] == ["membership_of_itself", "membership_unknown_end"]


def test_broken_text_is_mended_and_the_mending_is_reported(mini_release: Release) -> None:
    assert page(mini_release, "mini_register:R7")["titles"] == {"fr": "Coopérative Mojibakée d’Exemple"}
    assert page(mini_release, "mini_register:R8")["values"]["country"][0]["value"] == "CIV"
    register = mini_release.source("mini_register")
    assert register is not None
    assert {"mojibake_mended", "html_entity_decoded", "encoding_guessed:cp1252"} <= register["report"]["repairs"].keys()


def test_no_point_is_invented(mini_release: Release) -> None:
    swapped = page(mini_release, "mini_directory:d5")
    assert [site["place_precision"] for site in swapped["sites"]] == ["town"]
    nowhere = page(mini_release, "mini_directory:d8")
    assert [(site["place_precision"], site["longitude"]) for site in nowhere["sites"]] == [("country", None)]


def test_every_table_has_the_columns_of_the_schema(mini_release: Release) -> None:
    for name, columns in TABLES.items():
        frame = pl.read_parquet(mini_release.folder / "tables" / f"{name}.parquet")
        assert frame.columns == [column.name for column in columns]
        assert frame.height == mini_release.manifest["counts"][name]


def test_tables_and_pages_say_the_same(mini_release: Release) -> None:
    organisations = pl.read_parquet(mini_release.folder / "tables" / "organisation.parquet")
    pages = {told["id"]: told for told in mini_release.every("organisation")}
    assert set(organisations["organisation_id"]) == set(pages)
    assert mini_release.figures()["organisation"] == len(pages)
    assert mini_release.listing("organisation", limit=1000)[1] == len(pages)
    clusters = pl.read_parquet(mini_release.folder / "tables" / "cluster.parquet")
    assert dict(clusters.iter_rows()) == mini_release.clusters()
    assert {key for told in pages.values() for key in told["record_keys"]} == set(clusters["record_key"])


def test_the_release_is_whole_and_its_catalogue_names_every_table(mini_release: Release) -> None:
    assert verify(mini_release) == []
    catalogue = json.loads((mini_release.folder / "catalogue.jsonld").read_text("utf-8"))
    named = {told["dct:title"] for told in catalogue["dcat:dataset"][0]["dcat:distribution"]}
    assert {f"tables/{name}.parquet" for name in TABLES} <= named


def test_a_second_build_of_the_same_bytes_changes_nothing(here: Configuration) -> None:
    first = build(here, packaged=MINI)
    second = build(here, packaged=MINI)
    assert (first.is_served, second.is_served) == (True, True)
    assert second.manifest["diff"] == {"new": 0, "gone": 0, "merged": 0, "split": 0, "changed": 0}
    assert Release(first.folder).clusters() == Release(second.folder).clusters()


def test_a_new_and_a_changed_row_are_told_in_the_diff_and_in_the_page_s_history(here: Configuration, sources: Path) -> None:
    build(here, packaged=sources)
    edges = sources / "networks" / "networks.yaml"
    edges.write_text(edges.read_text("utf-8").replace("Example World Network", "Example Network of the World"), "utf-8")
    edges.write_text(
        edges.read_text("utf-8") + "  - {id: asia, names: {en: Example Network of Asia}, scope: continent}\n", "utf-8"
    )
    second = build(here, packaged=sources)
    release = Release(second.folder)
    assert [told["title"] for told in release.diff()["new"]] == ["Example Network of Asia"]
    world = page(release, "world")
    assert [(told["release"], told["event"]) for told in world["history"]] == [
        (second.number, "changed"),
        (second.number[:-1] + "1", "new"),
    ]


def test_a_source_that_fails_keeps_its_last_good_state_and_the_manifest_says_so(here: Configuration, sources: Path) -> None:
    build(here, packaged=sources)
    (sources / "register" / "register.csv").write_text("quite;other;columns\n1;2;3\n")
    second = build(here, packaged=sources)
    assert second.is_served
    assert any("mini_register" in problem for problem in second.problems)
    assert page(Release(second.folder), "mini_register:R2")["titles"]
    told = {source["id"]: source for source in second.manifest["sources"]}
    assert "stays in the release" in told["mini_register"]["problem"]


def test_a_source_that_never_was_good_is_left_out_and_the_others_go_on(here: Configuration, sources: Path) -> None:
    (sources / "register" / "register.csv").write_bytes(b"")
    built = build(here, packaged=sources)
    assert built.is_served
    assert any("empty" in problem for problem in built.problems)
    assert Release(built.folder).figures()["organisation"] > 0


def test_a_source_that_disappears_keeps_the_release_from_being_served(here: Configuration, sources: Path) -> None:
    first = build(here, packaged=sources)
    shutil.rmtree(sources / "directory")
    second = build(here, packaged=sources)
    assert not second.is_served
    assert "mini_directory" in second.faults[0]
    served = current(here.releases)
    assert served is not None
    assert served.number == first.number


def test_two_builds_do_not_run_at_once(here: Configuration) -> None:
    with only_build(here), pytest.raises(ReleaseError, match="another build"):
        build(here, packaged=MINI)


KILL = """
import os, signal, sys
from pathlib import Path
from essaim.config import Configuration
from essaim.pipeline.run import build

class Killer:
    def stage(self, name, detail=""):
        if f"{name} {detail}".startswith(sys.argv[3]):
            os.kill(os.getpid(), signal.SIGKILL)
    def note(self, message):
        pass

build(Configuration(home=Path(sys.argv[1])), Killer(), packaged=Path(sys.argv[2]))
"""


@pytest.mark.parametrize("stage", ["gather", "normalise mini_networks", "match", "publish serve", "publish search", "seal"])
def test_a_build_killed_at_any_stage_leaves_the_served_release_and_the_next_one_completes(
    stage: str, mini_release: Release, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    shutil.copytree(mini_release.folder, home / "releases" / mini_release.number)
    (home / "releases" / "current").symlink_to(mini_release.number)
    killed = subprocess.run([sys.executable, "-c", KILL, str(home), str(MINI), stage], check=False, capture_output=True)
    assert killed.returncode == -signal.SIGKILL, killed.stderr.decode()
    served = current(home / "releases")
    assert served is not None
    assert served.number == mini_release.number
    assert verify(served) == []
    again = build(Configuration(home=home), packaged=MINI)
    assert again.is_served
    assert again.manifest["diff"]["new"] == 0
    assert all_releases(home / "releases")[0].number == again.number
    assert not list((home / "releases").glob(".unfinished-*"))


def test_a_full_disk_stops_the_build_in_words_and_leaves_the_served_release(mini_release: Release, tmp_path: Path) -> None:
    home = tmp_path / "home"
    shutil.copytree(mini_release.folder, home / "releases" / mini_release.number)
    (home / "releases" / "current").symlink_to(mini_release.number)

    def small_files_only() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))

    program = KILL.replace("Killer(), ", "None, ")
    failed = subprocess.run(
        [sys.executable, "-c", program, str(home), str(MINI)], check=False, capture_output=True, preexec_fn=small_files_only
    )
    assert failed.returncode != 0
    last = failed.stderr.decode().strip().splitlines()[-1]
    assert "cannot be written" in last
    assert "essaim build again" in last
    served = current(home / "releases")
    assert served is not None
    assert verify(served) == []


def test_a_source_that_knows_the_point_is_not_hidden_by_one_that_knows_the_town(mini_release: Release) -> None:
    sites = page(mini_release, "mini_register:R1")["sites"]
    assert [(site["place_precision"], site["longitude"], site["sources"]) for site in sites] == [("point", 4.8357, [1, 2])]
