"""The addresses of the knowledge room."""

from __future__ import annotations

from django.urls import path, re_path

from essaim.knowledge import views

urlpatterns = [
    path("knowledge/", views.landing, name="knowledge"),
    path("works/", views.works, name="works"),
    re_path(r"^works/(?P<key>[^/]+)\.(?P<form>json|jsonld|nt|ttl|csv)$", views.work_form, name="work_form"),
    path("works/<str:key>", views.work, name="work"),
]
