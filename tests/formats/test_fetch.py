"""The polite fetch against a real server: robots, changes, waits, cuts, limits, redirects."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from essaim.errors import FetchError
from essaim.formats.fetch import Courtesy, Fetched, Fetcher

from .a_server import Answer, AServer, a_server

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
CSV = (
    200,
    {"Content-Type": "text/csv; charset=utf-8", "ETag": '"1"', "Last-Modified": "Mon, 23 Nov 2026 10:00:00 GMT"},
    b"name\nA\n",
)
BROKEN: Answer = (503, {}, b"")


@pytest.fixture
def server() -> Iterator[AServer]:
    with a_server() as side:
        yield side


class Visit:
    """A visitor whose waits are written down instead of waited."""

    def __init__(self, folder: Path) -> None:
        self.into = folder / "part"
        self.waits: list[float] = []
        self.courtesy = Courtesy("https://essaim.example.org", timeout_s=0.5, retries=2, now=self.now, sleep=self.waits.append)

    def now(self) -> datetime:
        return NOON + timedelta(seconds=sum(self.waits))

    def fetch(self, url: str, etag: str = "", last_modified: str = "") -> Fetched:
        with Fetcher(self.courtesy) as fetcher:
            return fetcher.fetch(url, self.into, etag, last_modified)

    def refused(self, url: str) -> FetchError:
        with pytest.raises(FetchError) as caught:
            self.fetch(url)
        return caught.value


@pytest.fixture
def visit(tmp_path: Path) -> Visit:
    return Visit(tmp_path)


def test_a_file_is_fetched_with_what_the_server_says_of_it(server: AServer, visit: Visit) -> None:
    fetched = visit.fetch(server.says("/a.csv", CSV))
    assert visit.into.read_bytes() == CSV[2]
    assert (fetched.status, fetched.size, fetched.etag, fetched.content_type) == (200, 7, '"1"', "text/csv")
    assert fetched.last_modified == "Mon, 23 Nov 2026 10:00:00 GMT"
    assert visit.waits == []


def test_we_say_who_asks(server: AServer, visit: Visit) -> None:
    visit.fetch(server.says("/a.csv", CSV))
    assert [one.path for one in server.asked] == ["/robots.txt", "/a.csv"]
    for one in server.asked:
        assert one.headers["user-agent"].startswith("Essaim/")
        assert one.headers["user-agent"].endswith("(+https://essaim.example.org)")


def test_a_gzipped_answer_is_unpacked(server: AServer, visit: Visit) -> None:
    packed = (200, {"Content-Encoding": "gzip"}, gzip.compress(b"name\nA\n"))
    assert visit.fetch(server.says("/a.csv", packed)).size == 7
    assert visit.into.read_bytes() == b"name\nA\n"


def test_only_changes_are_asked_for(server: AServer, visit: Visit) -> None:
    url = server.says("/a.csv", (304, {"ETag": '"1"'}, b""))
    fetched = visit.fetch(url, '"1"', "Mon, 23 Nov 2026 10:00:00 GMT")
    assert fetched.status == 304
    assert not visit.into.exists()
    asked = server.asked_for("/a.csv")[0].headers
    assert asked["if-none-match"] == '"1"'
    assert asked["if-modified-since"] == "Mon, 23 Nov 2026 10:00:00 GMT"


@pytest.mark.parametrize("agent", ["*", "Essaim", "essaim"])
def test_robots_that_refuse_are_obeyed(server: AServer, visit: Visit, agent: str) -> None:
    server.says("/robots.txt", (200, {}, f"User-agent: {agent}\nDisallow: /private/\n".encode()))
    error = visit.refused(server.says("/private/a.csv", CSV))
    assert "robots.txt" in error.what
    assert "by hand" in error.next_step
    assert not server.asked_for("/private/a.csv")
    assert visit.fetch(server.says("/public/a.csv", CSV)).status == 200


def test_robots_that_refuse_others_do_not_refuse_us(server: AServer, visit: Visit) -> None:
    server.says("/robots.txt", (200, {}, b"User-agent: Other\nDisallow: /\n"))
    assert visit.fetch(server.says("/a.csv", CSV)).status == 200


def test_robots_that_redirect_are_followed(server: AServer, visit: Visit) -> None:
    server.says("/robots.txt", (301, {"Location": "/rules.txt"}, b""))
    server.says("/rules.txt", (200, {}, b"User-agent: *\nDisallow: /\n"))
    assert "robots.txt" in visit.refused(server.says("/a.csv", CSV)).what


def test_robots_that_cannot_be_had_stop_the_fetch(server: AServer, visit: Visit) -> None:
    server.says("/robots.txt", BROKEN)
    assert "robots.txt" in visit.refused(server.says("/a.csv", CSV)).where
    assert not server.asked_for("/a.csv")


def test_the_delay_robots_ask_for_is_kept(server: AServer, visit: Visit) -> None:
    server.says("/robots.txt", (200, {}, b"User-agent: *\nCrawl-delay: 7\n"))
    visit.fetch(server.says("/a.csv", CSV))
    assert visit.waits == [7.0]


def test_a_busy_server_is_asked_again_when_it_said(server: AServer, visit: Visit) -> None:
    later = (NOON + timedelta(seconds=25)).strftime("%a, %d %b %Y %H:%M:%S GMT")
    url = server.says("/a.csv", (503, {"Retry-After": "5"}, b""), (429, {"Retry-After": later}, b""), CSV)
    assert visit.fetch(url).status == 200
    assert visit.waits == [5.0, 20.0]


def test_a_server_that_wants_a_longer_wait_is_left_alone(server: AServer, visit: Visit) -> None:
    error = visit.refused(server.says("/a.csv", (503, {"Retry-After": "86400"}, b"")))
    assert "86400" in error.next_step
    assert visit.waits == []
    assert len(server.asked_for("/a.csv")) == 1


def test_a_server_that_stays_broken_is_given_up_after_growing_waits(server: AServer, visit: Visit) -> None:
    error = visit.refused(server.says("/a.csv", (500, {}, b"")))
    assert error.found == "status 500, 3 times"
    assert visit.waits == [1.0, 2.0]


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_a_refusal_is_not_asked_twice(server: AServer, visit: Visit, status: int) -> None:
    assert visit.refused(server.says("/a.csv", (status, {}, b"no"))).found == f"status {status}"
    assert len(server.asked_for("/a.csv")) == 1


def cut(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b"name\n")


def test_a_connection_that_is_cut_is_tried_again_and_then_told(server: AServer, visit: Visit) -> None:
    assert visit.fetch(server.says("/a.csv", cut, CSV)).size == 7
    assert visit.into.read_bytes() == CSV[2]
    assert "RemoteProtocolError" in visit.refused(server.says("/b.csv", cut)).found


def test_a_server_that_falls_silent_is_told(server: AServer, visit: Visit) -> None:
    is_over = threading.Event()

    def silent(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "10")
        handler.end_headers()
        is_over.wait(20)

    visit.courtesy = replace(visit.courtesy, retries=0, timeout_s=0.2)
    try:
        assert "ReadTimeout" in visit.refused(server.says("/a.csv", silent)).found
    finally:
        is_over.set()


def test_a_fetch_that_drags_on_is_stopped(server: AServer, visit: Visit) -> None:
    visit.courtesy = replace(visit.courtesy, longest_s=10)
    assert "too long" in visit.refused(server.says("/a.csv", (503, {"Retry-After": "11"}, b""))).what


def test_a_server_that_is_not_there_is_told(tmp_path: Path, visit: Visit) -> None:
    with a_server() as gone:
        url = gone.address + "/a.csv"
    assert "ConnectError" in visit.refused(url).found


@pytest.mark.parametrize("is_said", [True, False])
def test_a_file_that_is_too_large_is_refused(server: AServer, visit: Visit, is_said: bool) -> None:
    def endless(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Connection", "close")
        handler.end_headers()
        handler.wfile.write(b"x" * 200_000)

    visit.courtesy = replace(visit.courtesy, max_bytes=100_000)
    url = server.says("/a.csv", (200, {}, b"x" * 200_000) if is_said else endless)
    assert "too large" in visit.refused(url).what


def test_a_packed_answer_is_measured_unpacked(server: AServer, visit: Visit) -> None:
    visit.courtesy = replace(visit.courtesy, max_bytes=100_000)
    packed = (200, {"Content-Encoding": "gzip"}, gzip.compress(b"\0" * 10_000_000))
    assert "too large" in visit.refused(server.says("/a.csv", packed)).what


def test_an_empty_answer_is_told(server: AServer, visit: Visit) -> None:
    assert "empty" in visit.refused(server.says("/a.csv", (200, {}, b""))).what


def test_redirects_are_followed_and_robots_of_the_other_house_are_read(server: AServer, visit: Visit) -> None:
    with a_server() as other:
        url = server.says("/a.csv", (302, {"Location": other.says("/b.csv", CSV)}, b""))
        assert visit.fetch(url).url == f"{other.address}/b.csv"
        assert other.asked_for("/robots.txt")


def test_a_redirect_loop_is_told(server: AServer, visit: Visit) -> None:
    server.says("/b.csv", (302, {"Location": "/a.csv"}, b""))
    assert "redirects too often" in visit.refused(server.says("/a.csv", (302, {"Location": "/b.csv"}, b""))).what


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://example.org/a.csv", "gopher://example.org/"])
def test_a_redirect_leaves_the_web_for_nothing(server: AServer, visit: Visit, target: str) -> None:
    assert "only http" in visit.refused(server.says("/a.csv", (302, {"Location": target}, b""))).what


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://example.org/a.csv", "http://", "example.org/a.csv", "http://[::1/a", "data:,x"]
)
def test_an_address_that_is_none_is_told(visit: Visit, url: str) -> None:
    assert visit.refused(url).next_step


@pytest.mark.parametrize("target", ["http://", "http://[::1/", "", "http://a b/"])
def test_a_redirect_to_no_address_is_told(server: AServer, visit: Visit, target: str) -> None:
    assert visit.refused(server.says("/a.csv", (302, {"Location": target}, b""))).next_step


def test_a_disk_fault_is_no_fault_of_the_server(server: AServer, visit: Visit, tmp_path: Path) -> None:
    visit.into = tmp_path / "no folder" / "part"
    with pytest.raises(FileNotFoundError):
        visit.fetch(server.says("/a.csv", CSV))
    assert len(server.asked_for("/a.csv")) == 1
