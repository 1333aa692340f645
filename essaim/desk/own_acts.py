"""What the desk tells the journal, `may` and the copy of a person's data about files and letters."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from essaim.accounts.acts import Act, register_acts
from essaim.accounts.models import Person
from essaim.accounts.personal_data import PersonalData, register_personal_data
from essaim.accounts.scopes import Thing, register_thing
from essaim.desk.links import SignedLink
from essaim.desk.outbox import OutgoingMail
from essaim.desk.uploads import Upload

ACTS = (
    Act("upload_kept", _("File brought"), _("{by} brought the file {name}."), "desk"),
    Act("upload_opened", _("File opened to others"), _("{by} looked at the file {name} and let others have it."), "desk"),
    Act("upload_withdrawn", _("File withdrawn"), _("{by} withdrew the file {name}."), "desk"),
    Act("upload_infected", _("File found infected"), _("The scanner found {found} in the file {name}; it was deleted."), "desk"),
)


def register_all() -> None:
    """Make the acts, the files and the personal data of the desk known."""
    register_acts(*ACTS)
    register_thing(Upload, told)
    register_personal_data(PersonalData("letters_and_files", export, erase))


def told(upload: Upload) -> Thing:
    """Tell a file as `may` asks for it: the desk reviews it, whoever brought it has it."""
    return Thing("upload", str(upload.pk), frozenset(upload.about_scopes), "desk", upload.by_id)


def export(person: Person) -> dict[str, Any]:
    """Return what the desk keeps of a person."""
    return {
        "mail_choices": list(person.mail_choices.values("topic", "how_often")),
        "letters": list(person.letters.values("topic", "subject", "address", "state", "made_at", "sent_at")),
        "files": list(person.uploads.values("name", "size", "about_kind", "about_id", "state", "at", "version")),
    }


def erase(person: Person) -> None:
    """Take a person out of letters, choices and links; files that they brought stay with their things, under nobody's name."""
    person.mail_choices.all().delete()
    OutgoingMail.objects.filter(person=person).delete()
    OutgoingMail.objects.filter(address=person.email).delete()
    SignedLink.objects.filter(about_kind="person", about_id=str(person.pk)).delete()
    person.uploads.update(by=None)
