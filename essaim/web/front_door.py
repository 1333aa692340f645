"""The door without a language: it answers by the visitor's languages."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_supported_language_variant
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.http import require_safe


def preferred_language(accept_language: str) -> str:
    """Choose the language of the site that a visitor's browser asks for first.

    Args:
        accept_language: the header `Accept-Language`, RFC 9110 section 12.5.4; may be empty or broken.

    Returns:
        A code of `settings.LANGUAGES`; English when none fits.
    """
    for code, _quality in parse_accept_lang_header(accept_language):
        try:
            return get_supported_language_variant(code)
        except LookupError:
            continue
    return str(settings.LANGUAGE_CODE)


@require_safe
def front_door(request: HttpRequest) -> HttpResponse:
    """Send a visitor of `/` to the home page in the best of their languages."""
    language = preferred_language(request.headers.get("Accept-Language", ""))
    query = request.META.get("QUERY_STRING", "")
    response = HttpResponseRedirect(f"/{language}/" + (f"?{query}" if query else ""))
    patch_vary_headers(response, ["Accept-Language"])
    return response
