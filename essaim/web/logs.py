"""Log lines: text for people or JSON for machines, each with its request, none with personal data."""

from __future__ import annotations

import json
import logging
import re
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

request_id: ContextVar[str] = ContextVar("request_id", default="")
"""The id of the request that is being answered in this thread; empty outside of requests."""

MAIL_ADDRESS = re.compile(r"[^\s@<>\"'(=:,;/]+@[^\s@<>\"'),;:/]+\.[^\s@<>\"'),;:/]+")
NETWORK_ADDRESS = re.compile(r"\b\d{1,3}(?:\.\d{1,3}){3}\b|(?<![\w:.])(?:[0-9a-f]{1,4}:){3,7}[0-9a-f:]*[0-9a-f](?![\w:])", re.I)
SECRET = re.compile(r"(?=[\w~+-]*\d)[\w~+-]{32,}")
POSTGRESQL_VALUES = re.compile(r"(Key \([^)]*\)=)\([^)]*\)")
MADE_BY_US = ("request_id", "route", "method", "status", "milliseconds", "task", "code")
"""What a call of a logger may add by `extra=`; anything else in a record stays out."""


def masked(text: str) -> str:
    """Take mail addresses, network addresses, long secrets (tokens, keys) and values of unique keys out of a text."""
    text = POSTGRESQL_VALUES.sub(r"\1(…)", text)
    return SECRET.sub("<secret>", NETWORK_ADDRESS.sub("<address>", MAIL_ADDRESS.sub("<mail>", text)))


def message_of(record: logging.LogRecord) -> str:
    """Return what a record says, masked; Django's own words on a request name its path and are replaced by the status."""
    status = getattr(record, "status_code", None)
    if record.name in ("django.request", "django.server") and status:
        return f"answered {status}"
    return masked(record.getMessage())


class TextLine(logging.Formatter):
    """A line for people: time, level, logger, message; the traceback below."""

    def format(self, record: logging.LogRecord) -> str:
        """Write the line."""
        at = datetime.fromtimestamp(record.created, UTC)
        line = f"{at:%Y-%m-%d %H:%M:%S} {record.levelname} {record.name}: {message_of(record)}"
        if found := request_id.get():
            line += f" [{found}]"
        return line + (f"\n{masked(self.formatException(record.exc_info))}" if record.exc_info else "")


class JsonLine(logging.Formatter):
    """A JSON object in one line: `at`, `level`, `logger`, `message`, `request_id`, what we added, `error` and `traceback`."""

    def format(self, record: logging.LogRecord) -> str:
        """Write the line."""
        return json.dumps(told(record), ensure_ascii=False, default=str)


def told(record: logging.LogRecord) -> dict[str, Any]:
    """Return a record as JSON shows it."""
    line: dict[str, Any] = {
        "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
        "level": record.levelname.lower(),
        "logger": record.name,
        "message": message_of(record),
    }
    if found := request_id.get():
        line["request_id"] = found
    line |= {name: getattr(record, name) for name in MADE_BY_US if hasattr(record, name)}
    if record.exc_info and record.exc_info[0]:
        line["error"] = record.exc_info[0].__name__
        line["traceback"] = masked(logging.Formatter().formatException(record.exc_info))
    return line
