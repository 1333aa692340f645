"""Files given out as attachments to those who may have them; opening and withdrawing them."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from essaim.accounts.doors import require
from essaim.accounts.models import Person
from essaim.accounts.viewer import person_of
from essaim.desk.uploads import Upload, let_others_have, may_have, withdraw


@never_cache
@require_safe
def upload_file(request: HttpRequest, id: int, name: str) -> HttpResponseBase:
    """Give a file out; whoever may not have it learns nothing, not even that it is there."""
    upload = Upload.objects.filter(pk=id, name=name).first()
    if upload is None or not may_have(person_of(request), upload) or not upload.path.exists():
        raise Http404("no such file")
    response = FileResponse(upload.path.open("rb"), as_attachment=True, filename=upload.name, content_type=upload.media_type)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


@require_POST
def open_upload(request: HttpRequest, id: int) -> HttpResponseRedirect:
    """Let others have an unscanned file."""
    upload = get_object_or_404(Upload, pk=id)
    require(request, "review", upload)
    let_others_have(upload, asked_by(request))
    return back(request)


@require_POST
def withdraw_upload(request: HttpRequest, id: int) -> HttpResponseRedirect:
    """Take a file back."""
    upload = get_object_or_404(Upload, pk=id)
    require(request, "edit", upload)
    withdraw(upload, asked_by(request))
    return back(request)


def asked_by(request: HttpRequest) -> Person:
    """Return the person of a request that `require` let pass."""
    person = person_of(request)
    assert person is not None
    return person


def back(request: HttpRequest) -> HttpResponseRedirect:
    """Send the person back to the page they came from: a path of this site, or the first page."""
    path = request.POST.get("back", "")
    is_ours = path.startswith("/") and not path.startswith(("//", "/\\"))
    return HttpResponseRedirect(path if is_ours else reverse("home"))
