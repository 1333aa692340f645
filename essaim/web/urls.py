"""Every address of the site: each room brings its own, under a language or without one."""

from __future__ import annotations

from importlib import import_module

from django.apps import apps
from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, path
from django.utils.module_loading import module_has_submodule

from essaim.pages.styleguide import styleguide
from essaim.web import errors
from essaim.web.front_door import front_door
from essaim.web.health import health

Addresses = list[URLPattern | URLResolver]


def addresses_of_the_house() -> tuple[Addresses, Addresses]:
    """Gather the addresses of every app of the house.

    An app offers `urls.py` (this frame's own are in `web/site_urls.py` and `web/machine_urls.py`) with `urlpatterns`, which get
    a language in front (`/fr/organisations/`), and `machine_urlpatterns`, which stand as they are (`/tiles/`, `/api/v1/`).

    Returns:
        The addresses with a language, then those without; both in the order of the installed apps.
    """
    spoken: Addresses = []
    machine: Addresses = []
    for app in apps.get_app_configs():
        for name in ("site_urls", "machine_urls") if app.name == "essaim.web" else ("urls",):
            if app.module is None or not app.name.startswith("essaim.") or not module_has_submodule(app.module, name):
                continue
            module = import_module(f"{app.name}.{name}")
            spoken += getattr(module, "urlpatterns", [])
            machine += getattr(module, "machine_urlpatterns", [])
    return spoken, machine


_spoken, _machine = addresses_of_the_house()
urlpatterns: Addresses = [
    path("", front_door, name="front_door"),
    path("health", health, name="health"),
    *_machine,
    *i18n_patterns(*_spoken, path("styleguide/", styleguide, name="styleguide"), prefix_default_language=True),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error
