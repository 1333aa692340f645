"""The one search: what is asked, the indexes that answer, and the answer as pages, suggestions and tables."""

from __future__ import annotations

from essaim.web.search.asked import Asked, read_asked
from essaim.web.search.found import Found, find

__all__ = ["Asked", "Found", "find", "read_asked"]
