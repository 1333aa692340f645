"""The tests' data folder, named before anything reads the configuration: a plugin of pytest (`-p tests.home`).

pytest-django imports the settings before it loads any conftest, and the settings read the configuration; so the folder must be
named earlier than a conftest can.
"""

from __future__ import annotations

import os
import tempfile

HOME = tempfile.TemporaryDirectory(prefix="essaim-tests-")
os.environ["ESSAIM_HOME"] = HOME.name
os.environ.pop("ESSAIM_CONFIG", None)
