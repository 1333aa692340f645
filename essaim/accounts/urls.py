"""Addresses of institutions, of one's account and sign-in, of people and of the journal."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path, re_path

from essaim.accounts import invitation_page, journal_page, my_account, people_pages, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("institutions/", views.institutions, name="institutions"),
    path("institutions.csv", views.institutions_csv, name="institutions_csv"),
    path("institutions.json", views.institutions_json, name="institutions_json"),
    path("institutions/<str:id>.json", views.institution_json, name="institution_json"),
    path("institutions/<str:id>", views.institution, name="institution"),
    path("journal/", journal_page.journal_page, name="journal"),
    path("journal/<int:number>/undo", journal_page.undo_entry, name="undo_entry"),
    path("people/", people_pages.people, name="people"),
    path("people/<int:id>", people_pages.person_page, name="person"),
    path("people/<int:id>/open-or-close", people_pages.open_or_close, name="open_or_close_account"),
    path("people/<int:id>/export", people_pages.export_one, name="export_person"),
    path("people/<int:id>/erase", people_pages.erase_one, name="erase_person"),
    path("people/invitations/<int:id>/revoke", people_pages.revoke_invitation, name="revoke_invitation"),
    re_path(r"^people/mandates/(?P<id>\d{1,18})/(?P<what>confirm|end)$", people_pages.change_mandate, name="change_mandate"),
    path("people/roles/<int:id>/end", people_pages.end_grant, name="end_grant"),
    path("account/", my_account.my_account, name="my_account"),
    path("account/export", my_account.export_me, name="export_me"),
    path("account/erase", my_account.erase_me, name="erase_me"),
    path("account/erased", my_account.erased, name="erased"),
    path("account/invitation/take-up", invitation_page.take_up, name="take_up_invitation"),
    path("account/invitation/<str:token>", invitation_page.open_invitation, name="open_invitation"),
    path("account/", include("allauth.account.urls")),
    path("account/second-step/", include("allauth.mfa.urls")),
]
