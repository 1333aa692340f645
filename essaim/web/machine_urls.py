"""The addresses for programs, which stand without a language, and the page about them."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from essaim.web import tiles
from essaim.web.api.guide import guide
from essaim.web.api.interface import addresses
from essaim.web.identify import identify

urlpatterns: list[URLPattern | URLResolver] = [path("api/", guide, name="api_guide")]
machine_urlpatterns: list[URLPattern | URLResolver] = [
    *addresses(),
    path("id/<slug:kind>/<str:id>", identify, name="identify"),
    path("tiles/current/<int:z>/<int:x>/<int:y>.mvt", tiles.current, name="tiles_current"),
    path("tiles/filtered/<int:z>/<int:x>/<int:y>.mvt", tiles.filtered, name="tiles_filtered"),
    path("map/counts", tiles.counts, name="map_counts"),
]
