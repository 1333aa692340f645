"""The polite fetch: says who asks, obeys robots.txt, asks only for what changed, waits when told to, gives up in time."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from types import TracebackType
from typing import TypeVar
from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser

import httpx

from essaim import __version__
from essaim.errors import FetchError

Answer = TypeVar("Answer")

ROBOTS_BYTES = 512 * 1024
PASSING = frozenset((408, 425, 429, 500, 502, 503, 504))
REDIRECTS = frozenset((301, 302, 303, 307, 308))


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class Courtesy:
    """How we ask: who we are, and the limits we keep.

    Attributes:
        contact: an address that tells who asks; part of the User-Agent.
        timeout_s: longest silence of a server, in seconds.
        longest_s: longest time for one fetch, waits included, in seconds.
        longest_wait_s: longest single wait, in seconds; a server that asks for more is left alone.
        retries: how often a passing fault is tried again.
        redirects: how many redirects are followed.
        max_bytes: largest answer, unpacked.
        now: the clock.
        sleep: how to wait, in seconds.
    """

    contact: str = ""
    timeout_s: float = 30.0
    longest_s: float = 3600.0
    longest_wait_s: float = 120.0
    retries: int = 3
    redirects: int = 5
    max_bytes: int = 4 * 1024**3
    now: Callable[[], datetime] = _now
    sleep: Callable[[float], None] = time.sleep

    @property
    def user_agent(self) -> str:
        """The name we give to servers."""
        return f"Essaim/{__version__}" + (f" (+{self.contact})" if self.contact else "")


@dataclass(frozen=True)
class Fetched:
    """What a fetch brought.

    Attributes:
        url: the address that answered, after redirects.
        status: 200, or 304 when nothing changed and nothing was written.
        sha256: checksum of the bytes written, hexadecimal; empty with 304.
        size: number of bytes written.
        etag: the server's tag of this state.
        last_modified: the server's date of this state, as it wrote it.
        content_type: the media type without parameters, in lower case.
    """

    url: str
    status: int
    sha256: str = ""
    size: int = 0
    etag: str = ""
    last_modified: str = ""
    content_type: str = ""


def _origin(url: str) -> str:
    """Return scheme, host and port of an address of the web; refuse any other."""
    step = "Write an http(s) address, or the path of a file"
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError as error:
        raise FetchError("the address cannot be used", url, str(error), "an http(s) address", step) from error
    if parts.scheme not in ("http", "https") or not host:
        raise FetchError("only http and https addresses are fetched", url, parts.scheme, "http or https", step)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"


def _joined(url: str, target: str) -> str:
    try:
        return urljoin(url, target)
    except ValueError as error:
        step = "Look at the address in a browser"
        raise FetchError("the server redirects to no address", url, target, "an address", step) from error


class _Passing(Exception):
    """A fault that may pass, with the wait the server asked for, in seconds."""

    def __init__(self, found: str, wait_s: float | None = None) -> None:
        super().__init__(found)
        self.found = found
        self.wait_s = wait_s


@dataclass
class Fetcher:
    """One visitor with its connection pool and the robots.txt files it has read; use it as a context manager.

    Example:
        with Fetcher(Courtesy(contact="https://example.org")) as fetcher:
            fetched = fetcher.fetch("https://example.org/members.csv", Path("members.csv"))
    """

    courtesy: Courtesy = field(default_factory=Courtesy)

    def __post_init__(self) -> None:
        headers = {"User-Agent": self.courtesy.user_agent, "Accept-Encoding": "gzip, deflate"}
        self._client = httpx.Client(headers=headers, timeout=self.courtesy.timeout_s, follow_redirects=False)
        self._robots: dict[str, RobotFileParser] = {}
        self._deadline: datetime | None = None

    def __enter__(self) -> Fetcher:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._client.close()

    def fetch(self, url: str, into: Path, etag: str = "", last_modified: str = "") -> Fetched:
        """Fetch an address into a file.

        Args:
            url: an http or https address.
            into: the file the answer is written to; it may hold a part of the answer when the fetch fails.
            etag: tag of the state we have; the server may then answer that nothing changed.
            last_modified: date of the state we have, as the server wrote it.

        Raises:
            FetchError: the address is refused by us (scheme), by the server (robots.txt, status), is too large, redirects
                too often, or does not answer in time.
            OSError: the file cannot be written.
        """
        conditions = {"If-None-Match": etag, "If-Modified-Since": last_modified}
        headers = {name: value for name, value in conditions.items() if value}
        self._deadline = None
        for _hop in range(self.courtesy.redirects + 1):
            self._check_allowed(url)
            answer = self._patiently(url, lambda address: self._once(address, headers, into))
            if isinstance(answer, Fetched):
                return answer
            url = answer
        step = "Look at the address in a browser and write the final one into the source"
        raise FetchError("the address redirects too often", url, expected=f"at most {self.courtesy.redirects}", next_step=step)

    def _once(self, url: str, headers: Mapping[str, str], into: Path) -> Fetched | str:
        """Ask once: return what came, or the address we are sent to."""
        with self._answer(url, headers) as response:
            if response.status_code in REDIRECTS and "location" in response.headers:
                return _joined(url, response.headers["location"])
            if response.status_code == 304 and headers:
                return self._fetched(url, response)
            if response.status_code != 200:
                step = "Look at the address in a browser, and correct it in the source"
                raise FetchError("the server does not give the file", url, f"status {response.status_code}", "200", step)
            digest, size = self._write(url, response, into)
            if size == 0:
                raise FetchError("the answer is empty", url, "0 bytes", "a file", "Look at the address in a browser")
            return self._fetched(url, response, digest, size)

    @contextmanager
    def _answer(self, url: str, headers: Mapping[str, str]) -> Iterator[httpx.Response]:
        try:
            with self._client.stream("GET", url, headers=dict(headers)) as response:
                if response.status_code in PASSING:
                    raise _Passing(f"status {response.status_code}", self._asked_wait(response))
                yield response
        except (httpx.TransportError, httpx.DecodingError) as error:
            raise _Passing(f"{type(error).__name__} {error}".strip()) from error
        except (httpx.InvalidURL, ValueError) as error:
            raise FetchError("the address cannot be used", url, str(error), next_step="Correct it in the source") from error

    def _write(self, url: str, response: httpx.Response, into: Path) -> tuple[str, int]:
        digest, size = hashlib.sha256(), 0
        promised = response.headers.get("content-length", "")
        self._check_size(url, int(promised) if promised.isdecimal() else 0)
        with into.open("wb") as stream:
            for chunk in response.iter_bytes(65536):
                size += len(chunk)
                self._check_size(url, size)
                self._check_time(url)
                digest.update(chunk)
                stream.write(chunk)
        return digest.hexdigest(), size

    def _check_size(self, url: str, size: int) -> None:
        if size > self.courtesy.max_bytes:
            found, expected = f"{size} bytes or more", f"at most {self.courtesy.max_bytes}"
            raise FetchError("the file is too large", url, found, expected, "Ask the publisher for a smaller extract")

    def _check_time(self, url: str, wait_s: float = 0.0) -> None:
        now = self.courtesy.now()
        self._deadline = self._deadline or datetime.fromtimestamp(now.timestamp() + self.courtesy.longest_s, UTC)
        if now.timestamp() + wait_s > self._deadline.timestamp():
            raise FetchError(
                "the fetch takes too long", url, expected=f"at most {self.courtesy.longest_s:g} s", next_step="Try again later"
            )

    def _patiently(self, url: str, ask: Callable[[str], Answer]) -> Answer:
        """Ask again after passing faults, waiting as long as the server says, or 1, 2, 4... seconds."""
        for attempt in range(self.courtesy.retries + 1):
            self._check_time(url)
            try:
                return ask(url)
            except _Passing as fault:
                last = fault
            wait_s = last.wait_s if last.wait_s is not None else float(2**attempt)
            if wait_s > self.courtesy.longest_wait_s:
                step = f"Try again after {wait_s:g} s"
                raise FetchError("the server asks us to wait longer than we do", url, last.found, next_step=step) from last
            if attempt < self.courtesy.retries:
                self._check_time(url, wait_s)
                self.courtesy.sleep(wait_s)
        tried = f"{last.found}, {self.courtesy.retries + 1} times"
        raise FetchError("the server does not answer well", url, tried, "the file", "Try again later") from last

    def _asked_wait(self, response: httpx.Response) -> float | None:
        asked = response.headers.get("retry-after", "").strip()
        if asked.isdecimal():
            return float(asked)
        try:
            until = parsedate_to_datetime(asked)
        except (TypeError, ValueError):
            return None
        aware = until if until.tzinfo else until.replace(tzinfo=UTC)
        return max(0.0, (aware - self.courtesy.now()).total_seconds())

    def _check_allowed(self, url: str) -> None:
        origin = _origin(url)
        robots = self._robots.get(origin)
        if robots is None:
            robots = self._robots[origin] = self._read_robots(origin)
        if not robots.can_fetch("Essaim", url):
            step = "Ask the publisher, or gather the file by hand and name its path in the source"
            raise FetchError("robots.txt asks us not to fetch this", url, f"{origin}/robots.txt", "leave to fetch", step)
        delay = robots.crawl_delay("Essaim")
        if delay:
            self.courtesy.sleep(min(float(delay), self.courtesy.longest_wait_s))

    def _read_robots(self, origin: str) -> RobotFileParser:
        """Read an origin's robots.txt; one that is not there allows everything, one that cannot be had stops the fetch.

        Source:
            RFC 9309, sections 2.3.1.2 to 2.3.1.4.
        """
        url, text = f"{origin}/robots.txt", ""
        for _hop in range(self.courtesy.redirects + 1):
            status, text = self._patiently(url, self._robots_once)
            if status not in REDIRECTS:
                break
            url, text = _joined(url, text), ""
            _origin(url)
        robots = RobotFileParser()
        robots.parse(text.splitlines())
        return robots

    def _robots_once(self, url: str) -> tuple[int, str]:
        """Return a status with the rules, none where there is no file, or with the address we are sent to."""
        with self._answer(url, {}) as response:
            if response.status_code in REDIRECTS:
                return response.status_code, response.headers.get("location", "")
            if response.status_code >= 500:
                raise _Passing(f"status {response.status_code}")
            if response.status_code != 200:
                return response.status_code, ""
            kept = bytearray()
            for chunk in response.iter_bytes(65536):
                kept += chunk
                if len(kept) >= ROBOTS_BYTES:
                    break
            return 200, kept[:ROBOTS_BYTES].decode("utf-8", "replace").removeprefix("\ufeff")

    @staticmethod
    def _fetched(url: str, response: httpx.Response, sha256: str = "", size: int = 0) -> Fetched:
        said = response.headers
        media = said.get("content-type", "").split(";")[0].strip().lower()
        return Fetched(url, response.status_code, sha256, size, said.get("etag", ""), said.get("last-modified", ""), media)
