"""`essaim user`: accounts from the command line: the first administrator, a forgotten password, a closed door."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from essaim.accounts.models import Person


@click.group("user")
def command() -> None:
    """Add, list, close accounts; give roles."""


@command.command("add")
@click.argument("email")
@click.option("--name", default="", help="How the person is called.")
@click.option("--role", default="", help="A role to give at once, over everything: administrator, secretariat ...")
@click.option("--language", type=click.Choice(["en", "fr", "es"]), default="en", show_default=True, help="Language of mail.")
def add(email: str, name: str, role: str, language: str) -> None:
    """Make an account and print the link that sets its password, once.

    For a person who has an account already, give the role and print a new link.

    \b
    Examples:
      essaim user add someone@example.org --role administrator
      essaim user add someone@example.org
    """
    _prepare()
    from allauth.account.models import EmailAddress
    from django.core.exceptions import ValidationError
    from django.core.validators import validate_email
    from django.db import transaction

    from essaim.accounts.invitations import give
    from essaim.accounts.journal import record
    from essaim.accounts.models import Person
    from essaim.accounts.people import key_of
    from essaim.errors import ConfigurationError

    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError as error:
        raise ConfigurationError("this is no e-mail address", found=email, next_step="Write it as name@example.org") from error
    with transaction.atomic():
        person = Person.objects.filter(email=address).first()
        if person is None:
            person = Person.objects.create_user(address, display_name=name, language=language)
            EmailAddress.objects.create(user=person, email=address, verified=True, primary=True)
            record("joined", ("person", key_of(person)), None, words={"role": role or "contributor"})
        if role and not person.grants.in_force().filter(role=role, scope_kind="all").exists():
            give(person, role, "all", None)
    click.echo(f"{person.email}{f' ({role})' if role else ''}. Set the password here, within three days; the link works once:")
    click.echo(_password_link(person))


@command.command("list")
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON on a terminal too.")
def list_users(as_json: bool) -> None:
    """List accounts with what each person is."""
    _prepare()
    from essaim.accounts.models import Person
    from essaim.cli.output import show_rows

    rows = [
        {
            "email": person.email,
            "name": person.display_name,
            "state": "open" if person.is_active else "closed",
            "roles": ", ".join(f"{one.role} ({one.scope})" for one in person.grants.in_force()),
            "mandates": ", ".join(f"{one.institution_id} ({one.role}, {one.state().value})" for one in person.mandates.begun()),
            "last_login": person.last_login,
        }
        for person in Person.objects.filter(erased_at__isnull=True)
    ]
    show_rows(rows, ["email", "name", "state", "roles", "mandates"], as_json=as_json)


@command.command("grant")
@click.argument("email")
@click.argument("role")
@click.option("--scope", default="all", show_default=True, help="all, country:SEN, network:ID, institution:ID or body:ID.")
@click.option("--end", is_flag=True, help="End the role instead.")
def grant(email: str, role: str, scope: str, end: bool) -> None:
    """Give a person a role over a scope, or end it.

    \b
    Examples:
      essaim user grant someone@example.org reviewer --scope country:SEN
      essaim user grant someone@example.org reviewer --scope country:SEN --end
    """
    _prepare()
    from essaim.accounts.invitations import end_role, give
    from essaim.errors import ConfigurationError

    person = _find(email)
    held = next((one for one in person.grants.in_force() if (one.role, one.scope) == (role, scope)), None)
    if end:
        if held is None:
            raise ConfigurationError(
                "has no such role", person.email, found=f"{role} ({scope})", next_step="See essaim user list"
            )
        end_role(held, None)
        click.echo(f"{person.email} is {role} ({scope}) no more.")
    elif held is None:
        give(person, role, scope, None)
        click.echo(f"{person.email} is {role} ({scope}).")
    else:
        click.echo(f"{person.email} is {role} ({scope}) already.")


@command.command("disable")
@click.argument("email")
@click.option("--enable", is_flag=True, help="Open the account again instead.")
def disable(email: str, enable: bool) -> None:
    """Close an account: nobody signs in with it, and what it was stays in the journal."""
    _prepare()
    from essaim.accounts.people_pages import set_open

    person = _find(email)
    if person.is_active != enable:
        set_open(person, enable, None)
    click.echo(f"{person.email}: {'open' if person.is_active else 'closed'}")


def _prepare() -> None:
    from essaim.cli.database import django_command

    django_command("migrate", verbosity=0, interactive=False)


def _find(email: str) -> Person:
    from essaim.accounts.models import Person
    from essaim.errors import ConfigurationError

    person = Person.objects.filter(email=email.strip().lower(), erased_at__isnull=True).first()
    if person is None:
        raise ConfigurationError("there is no account with this address", found=email, next_step="See essaim user list")
    return person


def _password_link(person: Person) -> str:
    from allauth.account.forms import EmailAwarePasswordResetTokenGenerator
    from allauth.account.utils import user_pk_to_url_str
    from django.urls import reverse
    from django.utils import translation

    from essaim.config import configuration

    token = EmailAwarePasswordResetTokenGenerator().make_token(person)
    with translation.override(person.language):
        path = reverse("account_reset_password_from_key", args=[user_pk_to_url_str(person), token])
    return configuration().base_url + path
