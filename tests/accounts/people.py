"""Persons of the tests, named by what they are."""

from __future__ import annotations

from allauth.account.models import EmailAddress

from essaim.accounts.invitations import give, mandate
from essaim.accounts.models import Institution, Person

PASSWORD = "a calm swarm in June"


def a_person(name: str = "Ada Example", password: str | None = None, **columns: object) -> Person:
    address = f"{name.split()[0].lower()}@example.org"
    person = Person.objects.create_user(address, password, display_name=name, **columns)
    EmailAddress.objects.create(user=person, email=address, verified=True, primary=True)
    return person


def with_role(role: str, scope: str = "all", name: str = "") -> Person:
    person = a_person(name or f"{role.title()} Example")
    give(person, role, scope, None)
    return person


def with_mandate(role: str, institution: str = "EXA", name: str = "", scope: str = "", is_confirmed: bool = True) -> Person:
    an_institution(institution)
    person = a_person(name or f"{role.title().replace('_', '')} Example")
    mandate(person, institution, role, None, scope, is_confirmed)
    return person


def an_institution(id: str = "EXA") -> Institution:
    columns = {"acronym": id, "record_key": f"members:{id}", "titles": {"en": f"Institute of {id}"}, "package_version": 0}
    return Institution.objects.get_or_create(pk=id, defaults=columns)[0]
