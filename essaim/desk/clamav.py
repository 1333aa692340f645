"""A small client of ClamAV's clamd: streams a file to it (INSTREAM) and returns what it found."""

from __future__ import annotations

import socket
import struct
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from essaim.errors import EssaimError

CHUNK = 64 * 1024
TIMEOUT_S = 120.0
REPLY_BYTES = 4096


class ScannerError(EssaimError):
    """The scanner is not there, or could not scan the file."""


@dataclass(frozen=True)
class Verdict:
    """What the scanner found.

    Attributes:
        is_clean: True when it found nothing.
        words: name of what it found; empty when it found nothing.
    """

    is_clean: bool
    words: str = ""


def scan(file: Path, place: str, timeout_s: float = TIMEOUT_S) -> Verdict:
    """Have a file scanned.

    Args:
        file: the file; its bytes are sent, so that the scanner needs no right to read it.
        place: `host:port`, or the path of clamd's socket.
        timeout_s: how long to wait for each step, in seconds.

    Raises:
        ScannerError: the scanner did not answer, refused the file (too large for it) or said what we do not know.

    Source: clamd(8), command INSTREAM with the prefix z: chunks with their length in four bytes, big-endian, ended by a length
        of zero; the answer ends with a zero byte.
    """
    try:
        with closing(_connect(place, timeout_s)) as link, file.open("rb") as stream:
            link.sendall(b"zINSTREAM\0")
            try:
                while chunk := stream.read(CHUNK):
                    link.sendall(struct.pack(">I", len(chunk)) + chunk)
                link.sendall(struct.pack(">I", 0))
            except (BrokenPipeError, ConnectionResetError):
                pass  # it refused the file before its end; its answer says why
            reply = _read(link)
    except OSError as error:
        raise ScannerError("the virus scanner does not answer", place, str(error), next_step="Check ESSAIM_CLAMAV") from error
    return _verdict(reply, place)


def _connect(place: str, timeout_s: float) -> socket.socket:
    if place.startswith("/"):
        link = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        link.settimeout(timeout_s)
        try:
            link.connect(place)
        except OSError:
            link.close()
            raise
        return link
    host, _sep, port = place.rpartition(":")
    return socket.create_connection((host.strip("[]"), int(port)), timeout_s)


def _read(link: socket.socket) -> str:
    reply = b""
    while not reply.endswith(b"\0") and len(reply) < REPLY_BYTES:
        part = link.recv(REPLY_BYTES)
        if not part:
            break
        reply += part
    return reply.rstrip(b"\0\n").decode("utf-8", "replace")


def _verdict(reply: str, place: str) -> Verdict:
    said = reply.partition(": ")[2] or reply
    if said == "OK":
        return Verdict(True)
    if said.endswith(" FOUND"):
        return Verdict(False, said.removesuffix(" FOUND"))
    raise ScannerError("the virus scanner could not scan the file", place, reply or "no answer", "OK or FOUND")
