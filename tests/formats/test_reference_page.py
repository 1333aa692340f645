"""The page on formats tells of every format, suffix, option, shape and code."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from essaim.formats import FORMATS, SUFFIXES, ReadOptions, limesurvey, repairs
from essaim.formats.detection import MB
from essaim.formats.json_shapes import SHAPES

TEXT = (Path(__file__).resolve().parents[2] / "docs" / "reference" / "formats.md").read_text("utf-8")
LINES = {line.split("|")[1].strip(): line for line in TEXT.splitlines() if line.startswith("| `")}


@pytest.mark.parametrize("format_", FORMATS)
def test_every_format_has_its_line_with_suffixes_and_limit(format_: str) -> None:
    line = LINES[f"`{format_}`"]
    assert all(f"`{suffix}`" in line for suffix, named in SUFFIXES.items() if named == format_)
    limit = FORMATS[format_].max_bytes // MB
    assert line.endswith(f"| {limit} MB |" if limit < 1024 else f"| {limit // 1024} GB |")


@pytest.mark.parametrize("option", [field.name for field in fields(ReadOptions)])
def test_every_option_has_its_line(option: str) -> None:
    assert f"`{option}`" in LINES


@pytest.mark.parametrize("profile", [*(shape.profile for shape in SHAPES), limesurvey.PROFILE, "umap"])
def test_every_shape_has_its_line(profile: str) -> None:
    assert f"`{profile}`" in LINES


@pytest.mark.parametrize("code", [value for name, value in vars(repairs).items() if name.isupper()])
def test_every_code_has_its_line(code: str) -> None:
    assert f"`{code.partition(':')[0]}`" in LINES
