"""The doctor: what it looks at, and that each fault it finds names the command that mends it."""

from __future__ import annotations

import json
import socket
from pathlib import Path
from typing import Any

from tests.cli.running import run_in


def findings(home: Path, expected: int, **more: str) -> dict[str, dict[str, Any]]:
    """Run the doctor and return its findings by what was looked at."""
    done = run_in(home, "doctor", **more)
    assert done.returncode == expected, done.stdout + done.stderr
    return {finding["what"]: finding for finding in json.loads(done.stdout)}


def test_a_machine_in_good_health_is_told_good(packaged_home: Path) -> None:
    found = findings(packaged_home, 0)
    assert {found[what]["state"] for what in ("Python", "data folder", "front end", "message catalogues", "database")} == {"good"}
    assert "is whole" in found["release"]["found"]


def test_before_the_first_build_the_doctor_names_it(empty_home: Path) -> None:
    found = findings(empty_home, 0)
    assert (found["release"]["state"], found["release"]["mend"]) == ("warning", "essaim build")
    assert found["database"]["mend"] == "essaim manage migrate"


def test_a_broken_release_is_found_bad(own_home: Path) -> None:
    (own_home / "releases" / "current" / "diff.json").write_text("{}", "utf-8")
    found = findings(own_home, 1)
    assert found["release"]["state"] == "bad"
    assert "diff.json" in found["release"]["found"]
    assert found["release"]["mend"] == "essaim release rollback"


def test_a_release_without_manifest_is_found_bad(own_home: Path) -> None:
    (own_home / "releases" / "current" / "manifest.json").unlink()
    assert findings(own_home, 1)["release"]["state"] == "bad"


def test_a_taken_port_is_found_with_another_to_use(packaged_home: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        found = findings(packaged_home, 0, ESSAIM_PORT=str(port))
    assert found["port"]["state"] == "warning"
    assert found["port"]["mend"] == f"essaim start --port {port + 1}"
