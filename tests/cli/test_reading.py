"""What a reader asks of a release on the command line: search, show, export, sources."""

from __future__ import annotations

import csv
import io
import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import openpyxl
import polars as pl
import pytest

from tests.cli.running import ESSAIM, Done, environment, run_in

Run = Callable[..., Done]


@pytest.mark.parametrize("words", ["ripess", "RIPÉSS", "ripes"])
def test_search_finds_in_spite_of_accents_and_slips(run: Run, words: str) -> None:
    found = json.loads(run("search", words).stdout)
    shown = json.loads(run("show", "ripess").stdout)
    assert f"organisation:{shown['id']}" in [row["id"] for row in found["results"]]


def test_search_obeys_filters_and_limit(run: Run) -> None:
    found = json.loads(run("search", "cooperative", "--country", "CAN", "--kind", "organisation", "--limit", "3").stdout)
    assert 0 < len(found["results"]) <= 3 <= found["total"]
    countries = {
        json.loads(run("show", row["id"].partition(":")[2]).stdout)["values"]["country"][0]["value"] for row in found["results"]
    }
    assert countries == {"CAN"}


def test_search_gives_addresses_in_the_language_asked(run: Run) -> None:
    found = json.loads(run("search", "economie solidaire", "--lang", "fr", "--kind", "work").stdout)
    assert found["results"]
    assert all(row["address"].startswith("/fr/works/") for row in found["results"])


def test_search_finds_nothing_and_says_so(run: Run) -> None:
    done = run("search", "zzzzqqqqxxxx")
    assert done.returncode == 0
    assert json.loads(done.stdout)["total"] == 0


def test_one_thing_answers_to_all_its_keys(run: Run) -> None:
    keys = (["ripess"], ["organisations:ripess"], ["organisation", "ripess"], ["network", "ripess"])
    pages = [json.loads(run("show", *key).stdout) for key in keys]
    assert len({page["id"] for page in pages}) == 1
    assert json.loads(run("show", pages[0]["id"]).stdout)["record_keys"] == pages[0]["record_keys"]
    assert pages[0]["members"]


def test_every_value_shown_names_its_source(run: Run) -> None:
    page = json.loads(run("show", "ripess").stdout)
    numbers = {source["number"] for source in page["sources"]}
    said = [*page["names"], *(value for values in page["values"].values() for value in values)]
    assert said
    assert all(value["sources"] and set(value["sources"]) <= numbers for value in said)


def rows_of(data: bytes, format_: str) -> list[dict[str, object]]:
    """Read a table back with programs that are not ours."""
    if format_ == "csv":
        return list(csv.DictReader(io.StringIO(data.decode("utf-8"))))
    if format_ == "json":
        return list(json.loads(data))
    if format_ == "jsonl":
        return [json.loads(line) for line in data.decode("utf-8").splitlines()]
    if format_ == "parquet":
        return pl.read_parquet(io.BytesIO(data)).to_dicts()
    head, *rows = openpyxl.load_workbook(io.BytesIO(data), read_only=True).active.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


@pytest.mark.parametrize("format_", ["csv", "json", "jsonl", "parquet", "xlsx"])
def test_an_export_reads_back_as_the_table(run: Run, packaged_home: Path, tmp_path: Path, format_: str) -> None:
    file = tmp_path / f"organisations.{format_}"
    done = run("export", "organisation", "-o", str(file))
    assert done.returncode == 0, done.stderr
    told = [(row["organisation_id"], row["name"], str(row["members_count"] or "")) for row in rows_of(file.read_bytes(), format_)]
    table = pl.read_parquet(packaged_home / "releases" / "current" / "tables" / "organisation.parquet")
    assert told == [(row["organisation_id"], row["name"], str(row["members_count"] or "")) for row in table.to_dicts()]
    piped = subprocess.run(
        [*ESSAIM, "export", "organisation", "--format", format_], env=environment(packaged_home), capture_output=True, check=True
    )
    assert len(rows_of(piped.stdout, format_)) == table.height


def test_an_export_can_be_tried_without_writing(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "organisations.csv"
    done = run("export", "organisation", "-o", str(file), "--dry-run")
    assert done.returncode == 0
    assert "rows of organisation" in done.stdout
    assert not file.exists()


def test_every_source_is_listed_with_its_licence(run: Run) -> None:
    rows = json.loads(run("source", "list").stdout)
    assert {"documents", "members", "memberships", "organisations"} <= {row["id"] for row in rows}
    assert all(row["licence"] for row in rows)


def test_a_source_is_checked_with_examples_beside_their_rows(run: Run) -> None:
    told = json.loads(run("source", "check", "organisations").stdout)
    assert told["faults"] == []
    assert told["report"]["records"]["organisation"] > 600
    assert len(told["examples"]) == 3
    assert all(example["position"] and example["statements"] for example in told["examples"])


def test_a_source_that_yields_too_little_is_told(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "organisations.yaml"
    file.write_text("- {id: one, names: {en: One Example}}\n", "utf-8")
    done = run("source", "check", "organisations", "--file", str(file))
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert done.stderr.startswith("essaim: organisations: yields fewer records than expected '1'. Expected at least 600.")


def test_what_a_build_would_read_is_told_without_building(empty_home: Path) -> None:
    done = run_in(empty_home, "build", "--dry-run")
    assert done.returncode == 0
    assert "organisations" in {row["id"] for row in json.loads(done.stdout)}
    assert not (empty_home / "releases").exists()


def test_gathering_keeps_the_bytes_and_can_be_tried_first(empty_home: Path) -> None:
    assert json.loads(run_in(empty_home, "gather", "organisations", "--dry-run").stdout)[0]["state"] == "would be asked"
    assert not (empty_home / "snapshots").exists()
    (row,) = json.loads(run_in(empty_home, "gather", "organisations").stdout)
    assert row["state"] == "fresh"
    assert row["bytes"] > 0
