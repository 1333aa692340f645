"""A clamd of our own for the tests: it speaks the real protocol (INSTREAM) and finds the EICAR test signature."""

from __future__ import annotations

import socketserver
import struct
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread
from typing import Any

# The EICAR anti-malware test file, put together here so that no scanner takes this file for it.
EICAR = (r"X5O!P%@AP[4\PZX54(P^)7CC)7}" + "$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*").encode()


@dataclass
class Clamd:
    """A scanner.

    Attributes:
        socket: path of a socket to listen on; None listens on a free port.
        max_bytes: larger streams are refused, as clamd's StreamMaxLength does.
        seen: the streams it was given.
    """

    socket: Path | None = None
    max_bytes: int = 10_000_000
    seen: list[bytes] = field(default_factory=list)

    def __enter__(self) -> Clamd:
        if self.socket:
            self.server: Any = socketserver.ThreadingUnixStreamServer(str(self.socket), _Conversation)
        else:
            self.server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Conversation)
        self.server.daemon_threads = True
        self.server.clamd = self
        Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *error: Any) -> None:
        self.server.shutdown()
        self.server.server_close()

    @property
    def place(self) -> str:
        """Where it listens, as ESSAIM_CLAMAV names it."""
        return str(self.socket) if self.socket else f"127.0.0.1:{self.server.server_address[1]}"


class _Conversation(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        clamd: Clamd = self.server.clamd  # type: ignore[attr-defined]
        command = b""
        while not command.endswith(b"\0"):
            sign = self.rfile.read(1)
            if not sign:
                return
            command += sign
        if command != b"zINSTREAM\0":
            self.wfile.write(b"UNKNOWN COMMAND\0")
            return
        stream = b""
        while length := struct.unpack(">I", self.rfile.read(4))[0]:
            stream += self.rfile.read(length)
            if len(stream) > clamd.max_bytes:
                self.wfile.write(b"INSTREAM size limit exceeded. ERROR\0")
                return
        clamd.seen.append(stream)
        self.wfile.write(b"stream: Eicar-Test-Signature FOUND\0" if EICAR in stream else b"stream: OK\0")
