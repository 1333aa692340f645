"""Addresses of the room."""

from __future__ import annotations

from django.urls import path

from essaim.coordination import views

urlpatterns = [
    path("coordination/", views.room, name="coordination"),
    path("meetings/", views.meetings, name="meetings"),
    path("meetings.csv", views.meetings_csv, name="meetings_csv"),
    path("meetings.json", views.meetings_json, name="meetings_json"),
    path("meetings/<str:id>.json", views.meeting_json, name="meeting_json"),
    path("meetings/<str:id>", views.meeting, name="meeting"),
]
