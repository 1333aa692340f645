"""Errors kept for the operator's page: one file a day in the data folder, masked, the old ones dropped."""

from __future__ import annotations

import logging
from pathlib import Path

from essaim.desk.errors_kept import keep
from essaim.web.logs import request_id, told


class KeptErrors(logging.Handler):
    """Writes each error as a line of the day's file; a full disk loses the line and never the answer."""

    def __init__(self, home: str, level: int = logging.ERROR) -> None:
        super().__init__(level)
        self._home = Path(home)

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one error."""
        try:
            line = told(record)
            line["where"] = getattr(record, "route", "") or route_of(record) or record.name
            line["request_id"] = request_id.get()
            keep(self._home, line)
        except Exception:
            self.handleError(record)


def route_of(record: logging.LogRecord) -> str:
    """Return the route of the request that a record is about: its pattern, never the address with what it holds."""
    match = getattr(getattr(record, "request", None), "resolver_match", None)
    return str(match.route) if match else ""
