"""The settings of the desk's walk: the one settings file, with a local server in the place of an organisation's website."""

from __future__ import annotations

import json
import os

from essaim.web.settings import *  # noqa: F403  # every setting of the house

CLAIM_FILE_ORIGINS = json.loads(os.environ["ESSAIM_TEST_ORIGINS"])
