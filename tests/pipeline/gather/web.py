"""One file on a real web server of this machine, which can change, fail, and say that nothing changed."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Server:
    """The state of the file, and the headers (lower case) of each request for it."""

    url: str
    content: bytes
    etag: str
    content_type: str
    status: int = 200
    asked: list[dict[str, str]] = field(default_factory=list)

    def become(self, content: bytes, etag: str = "") -> None:
        """Change the file."""
        self.content, self.etag, self.status = content, etag, 200

    def fail(self, status: int) -> None:
        """Answer with a fault until the file becomes something again."""
        self.status = status


@contextmanager
def serving(content: bytes, *, etag: str = "", path: str = "/members.csv", content_type: str = "text/csv") -> Iterator[Server]:
    """Serve one file on a free port until the block ends."""
    side = Server("", content, etag, content_type)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path != path:
                self.answer(404, b"")
                return
            side.asked.append({name.lower(): value for name, value in self.headers.items()})
            is_same = bool(side.etag) and self.headers.get("If-None-Match") == side.etag
            self.answer(304 if is_same and side.status == 200 else side.status, b"" if is_same else side.content)

        def answer(self, status: int, body: bytes) -> None:
            self.send_response(status)
            for name, value in {"ETag": side.etag, "Content-Type": side.content_type}.items():
                if value:
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Keep quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    side.url = f"http://127.0.0.1:{server.server_port}{path}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield side
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
