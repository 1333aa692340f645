"""A mail server of our own for the tests: it speaks SMTP (RFC 5321) on a free port and keeps what it is given."""

from __future__ import annotations

import socketserver
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from threading import Thread
from typing import Any


@dataclass
class MailServer:
    """What the server was given, and what it shall refuse.

    Attributes:
        letters: everything it took.
        refusals: answers to the next RCPT commands instead of 250, in order.
    """

    letters: list[EmailMessage] = field(default_factory=list)
    refusals: list[bytes] = field(default_factory=list)

    def __enter__(self) -> MailServer:
        self.server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Conversation)
        self.server.daemon_threads = True
        self.server.mail = self  # type: ignore[attr-defined]
        self.port: int = self.server.server_address[1]
        Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *error: Any) -> None:
        self.server.shutdown()
        self.server.server_close()


class _Conversation(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        mail: MailServer = self.server.mail  # type: ignore[attr-defined]
        self.say(b"220 tests")
        while line := self.rfile.readline():
            word = line[:4].upper().strip()
            if word == b"DATA":
                self.say(b"354 go on")
                mail.letters.append(message_from_bytes(self.read_letter(), policy=policy.default))  # type: ignore[arg-type]
                self.say(b"250 taken")
            elif word == b"RCPT" and mail.refusals:
                self.say(mail.refusals.pop(0))
            elif word == b"QUIT":
                self.say(b"221 bye")
                return
            else:
                self.say(b"250 ok")

    def say(self, line: bytes) -> None:
        self.wfile.write(line + b"\r\n")

    def read_letter(self) -> bytes:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line[1:] if line.startswith(b"..") else line)
        return b"".join(lines)
