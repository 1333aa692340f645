"""The search index over any kinds of thing: words made comparable, found in any language, shown with why."""

from __future__ import annotations

from essaim.text.analyse import Token, analyse
from essaim.text.build import build_index
from essaim.text.entry import FACETS, Entry, Hit, Query, Results
from essaim.text.fold import fold
from essaim.text.index import Index
from essaim.text.merge import merge

__all__ = ["FACETS", "Entry", "Hit", "Index", "Query", "Results", "Token", "analyse", "build_index", "fold", "merge"]
