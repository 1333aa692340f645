"""Documents of the released things: the record sheet of an organisation as PDF and as DOCX."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from essaim.desk import documents
from essaim.desk.documents.organisation import sheet
from essaim.pages.released import forms
from essaim.pages.released.serving import find, unknown, with_release

if TYPE_CHECKING:
    from essaim.release import Release


@require_safe
@with_release
def organisation_document(request: HttpRequest, release: Release, key: str, form: str) -> HttpResponse:
    """Give the record sheet of an organisation; one that the reader has already is not made again."""
    document = find(release, "organisation", key)
    if document is None:
        return unknown(request, release, "organisation", key)
    language = get_language() or "en"
    tag = forms.etag_of(release, "sheet", document["id"], form, language)
    held: HttpResponse | None = get_conditional_response(request, etag=tag)
    if held is not None:
        return held
    data = sheet(document, release)
    if form == "pdf":
        body = documents.pdf("organisation", data, language, forms.sealed_at(release))
    else:
        body = documents.docx("organisation", data, language)
    response = HttpResponse(body, content_type=documents.MEDIA[form])
    response.headers["Content-Disposition"] = content_disposition_header(form == "docx", f"{document['slug']}.{form}") or ""
    response.headers["ETag"] = tag
    response.headers["X-Robots-Tag"] = "noindex"
    return response
