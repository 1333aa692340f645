"""Real files of real publishers are read to their end, or refused in plain words; the page about them tells the truth."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from essaim.formats import ReadOptions, read
from tools.formats_on_real_files import PAGE, data_files, outcome, page

SAID = os.environ.get("ESSAIM_TEST_DATA", "")
FOLDER = Path(SAID) / "orgs"
FILES = data_files(FOLDER) if SAID else []
pytestmark = [
    pytest.mark.real_data,
    pytest.mark.skipif(not SAID, reason="ESSAIM_TEST_DATA names no folder of real files"),
]


def test_every_real_file_is_read_or_refused_and_the_page_tells_which() -> None:
    assert FILES, f"no file under {FOLDER}"
    outcomes = [outcome(file, FOLDER) for file in FILES]
    refused = [one for one in outcomes if one.refusal is not None]
    assert [one.name for one in outcomes if one.refusal is None and one.rows == 0] == []
    assert all(one.refusal is not None and one.refusal.next_step for one in refused)
    assert len(outcomes) > len(refused) * 10
    assert PAGE.read_text("utf-8") == page(outcomes)


def test_the_template_of_a_partner_is_read_below_its_line_of_advice() -> None:
    file = FOLDER / "transformap" / "inkota_template_-_SSEDAS_Mapping_v.0.2_sb.xls"
    columns = next(read(file, ReadOptions(header_row=2)).rows).fields
    assert {"name", "addr:country", "addr:street", "addr:postcode"} <= set(columns)


def test_the_sections_of_a_list_made_by_hand_are_told_when_asked() -> None:
    file = FOLDER / "uk_local" / "newcastle_groups_combined.csv"
    rows = list(read(file, ReadOptions(has_section_rows=True)).rows)
    assert rows[0].fields["section"] == "Climate Change groups"
    assert len({row.fields["section"] for row in rows}) > 20


def test_the_coops_of_a_markdown_list_have_their_continent() -> None:
    file = FOLDER / "tech_coops" / "tech_coops_README.md"
    sections = {row.fields["section"] for row in read(file).rows}
    assert "Coops / Europe" in sections
