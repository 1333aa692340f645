"""Addresses of the desk."""

from __future__ import annotations

from django.urls import path

from essaim.desk import link_page, mail_page

urlpatterns = [
    path("links/<slug:purpose>/<str:token>", link_page.signed_link, name="signed_link"),
    path("mail/", mail_page.my_mail, name="my_mail"),
]
