"""A letter to try the mail with: sent at once, past the worker, and told how it went."""

from __future__ import annotations

from essaim.desk.mail import address_of, write
from essaim.desk.outbox import OutgoingMail, deliver


def try_mail(address: str, language: str) -> tuple[str, str]:
    """Send a letter now.

    Args:
        address: to whom.
        language: of the letter.

    Returns:
        What came of it (`sent`, `put_off` or `given_up`), and what the server said.

    Raises:
        MailError: the address is none.
    """
    to = address_of(address)
    said = write("desk/mail/test", {}, language)
    letter = OutgoingMail.objects.create(
        topic="asked", address=to, language=language, subject=said.subject, text=said.text, html=said.html
    )
    outcome = deliver(letter.pk)
    letter.refresh_from_db()
    error = letter.error
    letter.delete()
    return outcome, error
