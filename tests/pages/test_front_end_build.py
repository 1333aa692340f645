"""The build hook: certificates reach Node, a change of sources is seen, an unchanged build is left alone."""

from __future__ import annotations

import importlib.util
import json
import subprocess
from itertools import pairwise
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def hook() -> ModuleType:
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def a_frontend(hook: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "frontend"
    (folder / "js").mkdir(parents=True)
    (folder / "js" / "main.js").write_text("1")
    (folder / "node_modules").mkdir()
    monkeypatch.setattr(hook, "ROOT", tmp_path)
    monkeypatch.setattr(hook, "FRONTEND", folder)
    monkeypatch.setattr(hook, "__file__", str(tmp_path / "hatch_build.py"))
    (tmp_path / "hatch_build.py").write_text("")
    return folder


def test_a_changed_a_new_and_a_renamed_file_are_seen(hook: ModuleType, a_frontend: Path) -> None:
    seen = {hook.inputs_digest()}
    (a_frontend / "js" / "main.js").write_text("2")
    seen.add(hook.inputs_digest())
    (a_frontend / "js" / "more.js").write_text("2")
    seen.add(hook.inputs_digest())
    (a_frontend / "js" / "more.js").rename(a_frontend / "js" / "other.js")
    seen.add(hook.inputs_digest())
    assert len(seen) == 4


def test_what_npm_and_the_build_write_is_no_input(hook: ModuleType, a_frontend: Path) -> None:
    before = hook.inputs_digest()
    (a_frontend / "node_modules" / "thing.js").write_text("x")
    (a_frontend / "js" / "generated").mkdir()
    (a_frontend / "js" / "generated" / "world.json").write_text("{}")
    assert hook.inputs_digest() == before


def test_the_certificates_of_the_environment_reach_node(
    hook: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bundle = tmp_path / "bundle.pem"
    bundle.write_text("")
    monkeypatch.delenv("NODE_EXTRA_CA_CERTS", raising=False)
    monkeypatch.setenv("SSL_CERT_FILE", str(bundle))
    assert hook.node_environment()["NODE_EXTRA_CA_CERTS"] == str(bundle)
    monkeypatch.setenv("NODE_EXTRA_CA_CERTS", "/kept.pem")
    assert hook.node_environment()["NODE_EXTRA_CA_CERTS"] == "/kept.pem"


def test_the_node_of_the_python_package_runs(hook: ModuleType) -> None:
    done = subprocess.run([str(hook.node_program()), "--version"], capture_output=True, text=True, check=True)
    assert int(done.stdout.lstrip("v").split(".")[0]) >= 22
    assert hook.npm_script().is_file()


def test_the_lock_names_no_registry() -> None:
    lock = json.loads((ROOT / "frontend" / "package-lock.json").read_text("utf-8"))
    assert not [name for name, package in lock["packages"].items() if "resolved" in package]
    assert all("integrity" in package for name, package in lock["packages"].items() if name)


def test_the_built_front_end_is_of_the_present_sources(hook: ModuleType) -> None:
    assert hook.STAMP.read_text("ascii").strip() == hook.inputs_digest()


def test_no_built_line_crosses_the_antimeridian() -> None:
    """A ring that jumps from edge to edge would be painted over the world; Antarctica's own edge runs below 80 degrees."""
    manifest = json.loads((ROOT / "essaim/web/static/essaim/manifest.json").read_text("utf-8"))
    file = ROOT / "essaim/web/static/essaim" / manifest["build/generated/world.json"]["file"]
    world = json.loads(file.read_text("utf-8"))
    rings = [
        ring
        for one in world["features"]
        if one["geometry"]["type"] == "MultiPolygon"
        for part in one["geometry"]["coordinates"]
        for ring in part
    ]
    assert len(rings) > 1000
    assert not [ring for ring in rings if any(abs(a[0] - b[0]) > 180 and abs(a[1]) < 80 for a, b in pairwise(ring))]
    assert all(-180 <= x <= 180 and -90 <= y <= 90 for ring in rings for x, y in ring)


def test_the_build_before_is_kept_for_open_pages_and_older_ones_go(hook: ModuleType, tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    for folder in (old, new):
        (folder / "assets").mkdir(parents=True)
    for name in ("main-1.js", "main-1.js.br", "main-1.css", "main-0.js"):
        (old / "assets" / name).write_text(name)
    (old / "manifest.json").write_text(json.dumps({"js/main.js": {"file": "assets/main-1.js", "css": ["assets/main-1.css"]}}))
    (new / "assets" / "main-2.js").write_text("")
    hook.keep_previous(old, new)
    kept = sorted(file.name for file in (new / "assets").iterdir())
    assert kept == ["main-1.css", "main-1.js", "main-1.js.br", "main-2.js"]
