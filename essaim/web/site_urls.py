"""The addresses of the frame's own pages: home, search, map, sources, releases, and what is said about the site."""

from __future__ import annotations

from django.urls import path

from essaim.web import about, crawlers, home, machine_urls, map, release_files, releases, sources
from essaim.web.search import views as search

urlpatterns = [
    path("", home.home, name="home"),
    path("search/", search.search, name="search"),
    path("search/suggest", search.suggestions, name="suggest"),
    path("map/", map.map_page, name="map"),
    path("map/list", map.map_list, name="map_list"),
    path("sources/", sources.sources, name="sources"),
    path("sources/<str:id>", sources.source, name="source"),
    path("releases/", releases.releases, name="releases"),
    path("releases/<str:number>", releases.release, name="release"),
    path("releases/<str:number>/files/<path:path>", release_files.release_file, name="release_file"),
    path("about-the-data/", about.about_the_data, name="about_the_data"),
    path("privacy/", about.privacy, name="privacy"),
    path("accessibility/", about.accessibility, name="accessibility"),
    path("attribution/", about.attribution, name="attribution"),
    *machine_urls.urlpatterns,
]
machine_urlpatterns = [
    path("robots.txt", crawlers.robots, name="robots"),
    path("sitemap.xml", crawlers.sitemap, name="sitemap"),
    path("sitemap-<str:name>.xml", crawlers.sitemap_part, name="sitemap_part"),
    path("favicon.ico", crawlers.favicon, name="favicon"),
    *machine_urls.machine_urlpatterns,
]
