"""The page of the settings, read from the configuration."""

from __future__ import annotations

from dataclasses import MISSING, fields

from essaim.config import Configuration
from tools.reference.markdown import GENERATED, attributes, code, sentence, table

INTRODUCTION = """
Nothing need be set to try Essaim. What is set is read in one place, once, when a process starts: first a TOML file,
then the variables of the environment, which win. The file is `$ESSAIM_HOME/essaim.toml`, or the one that
`ESSAIM_CONFIG` names; it uses the names of the first column:

```toml
base_url = "https://essaim.example.org"
allowed_hosts = "essaim.example.org"
database_url = "postgresql://essaim:secret@127.0.0.1:5432/essaim"
```

All faults of a configuration are told together, in one line, with exit code 1.
"""
AFTER = """
`home` is `var/` in a checkout; installed, it is `essaim` in the platform's data folder (`$XDG_DATA_HOME`, or
`~/.local/share`). Everything Essaim writes is in it: the database, the secret key made on the first start, snapshots,
releases, and the sources that people add (`sources/`).

## Variables beside the settings

| variable | says |
| --- | --- |
| `ESSAIM_CONFIG` | The TOML file to read; it must exist when it is named. |
| `ESSAIM_SKIP_FRONTEND` | `1` leaves the front end unbuilt during `make setup` and `pip install`. |
| `ESSAIM_TEST_DATABASE` | `postgresql` runs the tests that touch the database, and only those, on a PostgreSQL of their own. |
| `ESSAIM_TEST_DATA` | Folder of real files for the tests that read them; elsewhere those tests are skipped with the reason. |
"""


def page() -> str:
    """Return the whole page."""
    told = attributes(Configuration)
    rows = [
        [code(field.name), code(variable(field.name)), sentence(told[field.name]), _default(field.default)]
        for field in fields(Configuration)
    ]
    lines = ["# Settings", "", GENERATED, INTRODUCTION, *table(["setting", "variable", "says", "default"], rows)]
    return "\n".join(lines).rstrip() + "\n" + AFTER


def variable(name: str) -> str:
    """Return the variable that sets a setting."""
    return "ESSAIM_DEBUG" if name == "is_debug" else f"ESSAIM_{name.upper()}"


def _default(value: object) -> str:
    if value is MISSING:
        return "see below"
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else code(value)
