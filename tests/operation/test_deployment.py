"""The deployment page and its files name settings and commands that there are."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import fields
from importlib import import_module
from pathlib import Path

import click
import pytest

from essaim.cli.main import COMMANDS
from essaim.config import Configuration, read_configuration
from tests.docs.reading import DOCS
from tools.reference.settings import variable

FOLDER = DOCS / "how-to" / "deploy"
PAGES = [DOCS / "how-to" / "deploy.md", DOCS / "how-to" / "back-up-and-restore.md", *sorted(FOLDER.iterdir())]
SETTINGS = {variable(field.name) for field in fields(Configuration)}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_setting_named_is_one(page: Path) -> None:
    assert set(re.findall(r"ESSAIM_[A-Z_]+[A-Z]", page.read_text("utf-8"))) <= SETTINGS


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_named_is_one_with_the_options_it_has(page: Path) -> None:
    for name, rest in re.findall(
        r"(?:bin/| |^)essaim (?:\"?, \")?([a-z]+)((?: +--[a-z-]+)*)", page.read_text("utf-8"), re.MULTILINE
    ):
        if name not in COMMANDS:
            assert name in ("docs", "env", "essaim"), f"{page.name}: essaim {name}"
            continue
        command: click.Command = import_module(f"essaim.cli.{name}").command
        known = {spelling for parameter in command.params for spelling in parameter.opts}
        assert set(rest.split()) <= known, f"{page.name}: essaim {name}{rest}"


def test_the_page_names_every_file_beside_it() -> None:
    text = PAGES[0].read_text("utf-8")
    for file in FOLDER.iterdir():
        assert f"deploy/{file.name}" in text, file.name


def test_the_environment_file_is_a_configuration_without_faults(tmp_path: Path) -> None:
    lines = (FOLDER / "essaim.env").read_text("utf-8").replace("#ESSAIM", "ESSAIM").splitlines()
    told = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    read = read_configuration({name: value.strip('"') for name, value in told.items()})
    assert read.database_url.startswith("postgresql://")
    assert (read.proxies, read.log_format) == (1, "json")
    assert read.base_url.startswith("https://")


@pytest.mark.parametrize("unit", sorted(FOLDER.glob("*.service")) + sorted(FOLDER.glob("*.timer")), ids=lambda unit: unit.name)
def test_systemd_finds_no_fault_in_the_units(unit: Path, tmp_path: Path) -> None:
    text = unit.read_text("utf-8")
    assert "NoNewPrivileges=yes" in text or "Type=oneshot" in text or unit.suffix == ".timer"
    program = shutil.which("systemd-analyze")
    if program is None:
        return  # the names are looked at above; systemd itself is on no developer's container
    copy = tmp_path / unit.name
    copy.write_text(re.sub(r"/opt/essaim/bin/essaim", "/bin/true", text), "utf-8")
    if unit.suffix == ".timer":
        (tmp_path / f"{unit.stem}.service").write_text("[Service]\nType=oneshot\nExecStart=/bin/true\n", "utf-8")
    done = subprocess.run([program, "verify", "--man=no", str(copy)], capture_output=True, text=True, check=False)
    faults = [line for line in done.stderr.splitlines() if unit.name in line and "Failed to" not in line]
    assert faults == []
