"""The server's own words (starts, stops, a worker that died) in the form of all other log lines."""

from __future__ import annotations

from typing import Any

from gunicorn.glogging import Logger

from essaim.config import configuration
from essaim.web.logs import JsonLine, TextLine


class ServerLog(Logger):  # type: ignore[misc]  # gunicorn tells no types
    """Gunicorn's logger with our lines; requests are told by `web.requests`, which knows their route."""

    def setup(self, cfg: Any) -> None:
        """Set gunicorn's handlers up, then give them our form."""
        super().setup(cfg)
        form = JsonLine() if configuration().log_format == "json" else TextLine()
        for handler in self.error_log.handlers:
            handler.setFormatter(form)
