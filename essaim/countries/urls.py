"""Addresses of countries."""

from __future__ import annotations

from django.urls import path

from essaim.countries import views

urlpatterns = [
    path("countries/", views.countries, name="countries"),
    path("countries.csv", views.countries_csv, name="countries_csv"),
    path("countries.json", views.countries_json, name="countries_json"),
    path("countries/<str:id>.json", views.country_json, name="country_json"),
    path("countries/<str:id>", views.country, name="country"),
]
