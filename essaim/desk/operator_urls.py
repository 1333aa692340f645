"""Addresses of the operator's page."""

from __future__ import annotations

from django.urls import path

from essaim.desk import operator_page

urlpatterns = [
    path("operator/", operator_page.operator, name="operator"),
    path("operator/build", operator_page.start_build, name="start_build"),
]
