"""Addresses of the desk."""

from __future__ import annotations

from django.urls import path, re_path

from essaim.desk import (
    claims_page,
    document_page,
    link_page,
    mail_page,
    operator_urls,
    review_page,
    suggestions_page,
    upload_page,
)

urlpatterns = [
    path("links/<slug:purpose>/<str:token>", link_page.signed_link, name="signed_link"),
    path("mail/", mail_page.my_mail, name="my_mail"),
    path("suggest/sent", suggestions_page.sent, name="suggestion_sent"),
    path("suggest/<slug:kind>/<str:id>", suggestions_page.suggest, name="suggest"),
    path("claim/sent", claims_page.sent, name="claim_sent"),
    path("claim/<str:id>", claims_page.claim_page, name="claim"),
    path("review/claims", claims_page.claims_queue, name="claims"),
    path("review/", review_page.queue, name="review"),
    path("review/decide", review_page.decide, name="review_decide"),
    path("review/suggestions/<str:key>", review_page.suggestion, name="review_suggestion"),
    *operator_urls.urlpatterns,
    re_path(
        r"^documents/organisation/(?P<key>[^/]+)\.(?P<form>pdf|docx)$",
        document_page.organisation_document,
        name="organisation_document",
    ),
]
machine_urlpatterns = [
    path("uploads/<int:id>/open", upload_page.open_upload, name="open_upload"),
    path("uploads/<int:id>/withdraw", upload_page.withdraw_upload, name="withdraw_upload"),
    path("uploads/<int:id>/file/<str:name>", upload_page.upload_file, name="upload_file"),
]
