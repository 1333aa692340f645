"""`essaim mail`: try the mail of this installation, and see what waits in the outbox."""

from __future__ import annotations

import click


@click.group("mail")
def command() -> None:
    """Try the mail, and see what waits."""


@command.command("test")
@click.argument("address")
@click.option(
    "--language", type=click.Choice(["en", "fr", "es"]), default="en", help="Language of the letter.", show_default=True
)
def test(address: str, language: str) -> None:
    """Send a letter to ADDRESS now, and say what the mail server answered.

    Without a mail server in the configuration the letter is printed here.

    \b
    Example:
      essaim mail test you@example.org
    """
    from essaim.cli.database import set_up
    from essaim.config import configuration
    from essaim.errors import EssaimError

    set_up()
    from essaim.desk.try_mail import try_mail

    outcome, said = try_mail(address, language)
    here = configuration()
    place = f"{here.smtp_host}:{here.smtp_port}" if here.smtp_host else "this terminal (ESSAIM_SMTP_HOST is not set)"
    if outcome != "sent":
        step = "Check ESSAIM_SMTP_HOST, ESSAIM_SMTP_PORT, ESSAIM_SMTP_SECURITY, ESSAIM_SMTP_USER and ESSAIM_SMTP_PASSWORD"
        raise EssaimError("the letter was not taken", place, said, next_step=step)
    click.echo(f"Sent to {address} through {place}.", err=True)


@command.command("outbox")
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON on a terminal too.")
def outbox(as_json: bool) -> None:
    """Show how many letters wait, were sent and were given up, and what servers said last; no addresses."""
    from essaim.cli.database import set_up
    from essaim.cli.output import show_rows

    set_up()
    from essaim.desk.outbox import state_of_outbox

    show_rows(state_of_outbox(), ["state", "topic", "letters", "oldest", "last_error"], as_json=as_json)
