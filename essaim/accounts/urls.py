"""Addresses of institutions."""

from __future__ import annotations

from django.urls import path

from essaim.accounts import views

urlpatterns = [
    path("institutions/", views.institutions, name="institutions"),
    path("institutions.csv", views.institutions_csv, name="institutions_csv"),
    path("institutions.json", views.institutions_json, name="institutions_json"),
    path("institutions/<str:id>.json", views.institution_json, name="institution_json"),
    path("institutions/<str:id>", views.institution, name="institution"),
]
