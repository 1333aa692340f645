"""Addresses of the room."""

from __future__ import annotations

from django.urls import path

from essaim.policy import views

urlpatterns = [
    path("policy/", views.room, name="policy"),
    path("instruments/", views.instruments, name="instruments"),
    path("instruments.csv", views.instruments_csv, name="instruments_csv"),
    path("instruments.json", views.instruments_json, name="instruments_json"),
    path("instruments/<str:id>.json", views.instrument_json, name="instrument_json"),
    path("instruments/<str:id>", views.instrument, name="instrument"),
    path("norms/", views.norms, name="norms"),
    path("norms.csv", views.norms_csv, name="norms_csv"),
    path("norms.json", views.norms_json, name="norms_json"),
    path("norms/<str:id>.json", views.norm_json, name="norm_json"),
    path("norms/<str:id>", views.norm, name="norm"),
]
