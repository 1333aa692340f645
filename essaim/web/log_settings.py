"""What is logged, where to and in which form: Django's LOGGING, made from the one configuration."""

from __future__ import annotations

from typing import Any

from essaim.config import Configuration


def log_settings(configuration: Configuration) -> dict[str, Any]:
    """Return Django's LOGGING: lines on standard error, and errors kept for the operator's page.

    Requests are logged in JSON only: for people they would be noise. Errors are kept for some days in the data folder.
    """
    is_json = configuration.log_format == "json"
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "text": {"()": "essaim.web.logs.TextLine"},
            "json": {"()": "essaim.web.logs.JsonLine"},
        },
        "handlers": {
            "console": {"class": "logging.StreamHandler", "formatter": configuration.log_format},
            "kept": {"class": "essaim.web.kept_errors.KeptErrors", "level": "ERROR", "home": str(configuration.home)},
        },
        "root": {"handlers": ["console", "kept"], "level": "WARNING"},
        "loggers": {
            "essaim": {"level": "INFO"},
            "essaim.request": {"level": "INFO" if is_json else "ERROR"},
            "django": {"handlers": [], "level": "INFO" if is_json else "WARNING", "propagate": True},
            "django_tasks": {"level": "INFO" if is_json else "WARNING"},
            "django.request": {"level": "ERROR"},  # what was not found is no fault; JSON tells every request anyway
            "django.server": {"handlers": [], "propagate": True},
        },
    }
