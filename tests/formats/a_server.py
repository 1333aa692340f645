"""A real web server on this machine whose answers a test writes, and which remembers what it was asked."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Answer = tuple[int, dict[str, str], bytes]


@dataclass
class Asked:
    """One request: its path and its headers by lower-case name."""

    path: str
    headers: dict[str, str]


@dataclass
class AServer:
    """The server's side of a test: answers by path, each a list of which the last one stays."""

    address: str = ""
    answers: dict[str, list[Answer | Callable[[BaseHTTPRequestHandler], None]]] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)

    def says(self, path: str, *answers: Answer | Callable[[BaseHTTPRequestHandler], None]) -> str:
        """Set the answers of a path, and return its address."""
        self.answers[path] = list(answers)
        return self.address + path

    def asked_for(self, path: str) -> list[Asked]:
        """Return the requests for a path, in order."""
        return [one for one in self.asked if one.path == path]


class _Quiet(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of connections the tests cut on purpose."""


@contextmanager
def a_server() -> Iterator[AServer]:
    """Serve on a free port of the loopback address until the block ends."""
    side = AServer()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            side.asked.append(Asked(self.path, {name.lower(): value for name, value in self.headers.items()}))
            known = side.answers.get(self.path, [(404, {}, b"nothing here")])
            answer = known.pop(0) if len(known) > 1 else known[0]
            if callable(answer):
                answer(self)
                self.close_connection = True
                return
            status, headers, body = answer
            self.send_response(status)
            for name, value in ({"Content-Length": str(len(body))} | headers).items():
                self.send_header(name, value)
            self.end_headers()
            if status != 304:
                self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Keep quiet."""

    server = _Quiet(("127.0.0.1", 0), Handler)
    side.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield side
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
