"""The addresses of the recognition room."""

from __future__ import annotations

from django.urls import path, re_path

from essaim.recognition import views

urlpatterns = [
    path("recognition/", views.landing, name="recognition"),
    path("organisations/", views.organisations, name="organisations"),
    re_path(
        r"^organisations/(?P<key>[^/]+)\.(?P<form>json|jsonld|nt|ttl|csv)$", views.organisation_form, name="organisation_form"
    ),
    path("organisations/<str:key>", views.organisation, name="organisation"),
]
