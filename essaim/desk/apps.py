"""The desk as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class Desk(AppConfig):
    """What every room's writing needs."""

    name = "essaim.desk"
    label = "desk"
