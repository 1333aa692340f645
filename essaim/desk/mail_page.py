"""The page on which a person chooses what mail comes: by a signed link from any letter, or signed in."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from essaim.accounts.models import Person
from essaim.desk.links import LinkError, Purpose, SignedLink
from essaim.desk.mail import UNSUBSCRIBE
from essaim.desk.mail_choices import Recipient, choose, chosen
from essaim.desk.mail_digest import DIGEST
from essaim.desk.mail_topics import HowOften, Topic, topics

GATHERED = frozenset({HowOften.DAILY.value, HowOften.WEEKLY.value})


def by_link(request: HttpRequest, link: SignedLink) -> HttpResponse:
    """Answer the link of a letter: show the choices, keep them, or stop at once what a mail program asks to stop."""
    recipient = recipient_of_link(link)
    if request.method == "POST":
        link.use()
        choose(recipient, asked(request, recipient, link.details.get("topic", "")))
    return render(request, "desk/mail/choices.html", context(request, recipient, link.details.get("topic", "")))


def recipient_of_link(link: SignedLink) -> Recipient:
    """Return for whom a link chooses.

    Raises:
        LinkError: the person is gone.
    """
    if link.about_kind == "address":
        return link.about_id
    person = Person.objects.filter(pk=link.about_id, erased_at__isnull=True).first()
    if person is None:
        raise LinkError("revoked", "the person is gone")
    return person


@never_cache
@login_required
def my_mail(request: HttpRequest) -> HttpResponse:
    """Show and keep the choices of whoever is signed in."""
    person = request.user
    assert isinstance(person, Person)
    if request.method == "POST":
        choose(person, asked(request, person, ""))
    return render(request, "desk/mail/choices.html", context(request, person, "") | {"is_signed_in": True})


def asked(request: HttpRequest, recipient: Recipient, topic: str) -> dict[str, str]:
    """Return what a form asks: a choice a topic, or the one topic that the button or a mail program stops.

    Stopping the digest stops what is gathered in it, and leaves what comes by itself.
    """
    if request.POST.get("stop") or request.POST.get("List-Unsubscribe") == "One-Click":
        if topic == DIGEST.name:
            return {name: HowOften.NEVER for name, often in current(recipient).items() if often in GATHERED}
        return {topic: HowOften.NEVER.value}
    words = {name: request.POST.get(f"topic-{name}", "") for name in current(recipient)}
    return {name: word for name, word in words.items() if word in HowOften.values}


def current(recipient: Recipient) -> dict[str, str]:
    """Return how often each topic comes that a recipient can choose about."""
    made = dict(chosen(recipient).values_list("topic", "how_often"))
    return {topic.name: made.get(topic.name, topic.how_often) for topic in topics() if is_offered(topic, recipient)}


def is_offered(topic: Topic, recipient: Recipient) -> bool:
    """Tell whether one can choose about a topic; answers to what one just did always come, the digest follows its topics."""
    return topic != DIGEST and not topic.is_asked_for and (isinstance(recipient, Person) or not topic.needs_account)


def context(request: HttpRequest, recipient: Recipient, topic: str) -> dict[str, Any]:
    """Return what the page shows."""
    held = current(recipient)
    labels = {one.name: one.label for one in topics()}
    return {
        "choices": [{"name": name, "label": labels[name], "how_often": often} for name, often in held.items()],
        "options": HowOften.choices,
        "stopping": {"name": topic, "label": labels[topic]} if topic in labels else None,
        "is_stopped": held.get(topic) == HowOften.NEVER or (topic == DIGEST.name and not GATHERED & set(held.values())),
        "has_changed": request.method == "POST",
    }


PURPOSE = Purpose(UNSUBSCRIBE, _("Choose what mail comes"), by_link)
