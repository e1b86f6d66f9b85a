"""A polite HTTP client for one API: one request at a time, with pauses, patience and bounds.

It waits between requests as the API's terms ask, tries again what may pass (429, 5xx, broken connections, half
answers) after ever longer waits or those that the server names, and says who it is. It follows redirects within the
API's own host only, never from https to http, so no answer can send it elsewhere; it bounds the time and the size of
every answer.
"""

from __future__ import annotations

import email.utils
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

import requests
import urllib3

from kg.errors import FetchError
from kg.text.characters import storable

__all__ = ["HalfAnswerError", "Manners", "PoliteClient"]

_PASSING = frozenset((408, 425, 429, 500, 502, 503, 504))
_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_MOST_REDIRECTS = 5
_BLOCK = 1 << 16


@dataclass(frozen=True, slots=True)
class Manners:
    """How patient to be: seconds, tries, bytes."""

    pause: float = 3.0  # between the beginnings of two requests
    tries: int = 6
    first_wait: float = 2.0  # before the second try; doubled before each further one
    longest_wait: float = 600.0  # that a server may ask for
    silence: float = 30.0  # without a byte
    deadline: float = 180.0  # for a whole answer
    largest: int = 64_000_000


class HalfAnswerError(Exception):
    """An answer that came whole as far as HTTP can tell, and is not: worth another try."""


class _PassingError(Exception):
    """A fault that may pass, and how long the server asks to wait."""

    def __init__(self, reason: str, wait: float | None = None) -> None:
        super().__init__(reason)
        self.wait = wait


class PoliteClient:
    """GETs from one API, whose address is ``base``."""

    def __init__(
        self,
        base: str,
        manners: Manners,
        *,
        version: str,
        contact: str | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        parts = urlsplit(base)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise FetchError(f"{base}: is no address of an API; it must begin with https://")
        if contact and not re.fullmatch(r"[!-~]+@[!-~]+", contact):
            raise FetchError(f"{contact!r}: is no e-mail address")
        self._base, self._manners, self._sleep = base.rstrip("/"), manners, sleep
        self._session = requests.Session()
        mailto = f"; mailto:{contact}" if contact else ""
        self._session.headers["User-Agent"] = f"paperkg/{version} (+https://w3id.org/paperkg{mailto})"
        self._next = 0.0

    def get(self, path: str, parameters: Mapping[str, str], check: Callable[[bytes], None]) -> bytes:
        """The body of an answer that ``check`` takes (it raises ``HalfAnswerError`` at one that is cut off).

        Raises:
            FetchError: the API refuses, or the fault does not pass.
        """
        parameters = {name: storable(value) for name, value in parameters.items()}
        wait = self._manners.first_wait
        for left in reversed(range(self._manners.tries)):
            try:
                body = self._request(f"{self._base}{path}", parameters)
                check(body)
                return body
            except (_PassingError, HalfAnswerError) as error:
                asked = getattr(error, "wait", None)
                if asked is not None and asked > self._manners.longest_wait:
                    raise FetchError(
                        f"{self._base}{path}: asks to wait {asked:,.0f} seconds; run the same command again after "
                        "that, what has been fetched is kept"
                    ) from None
                if not left:
                    raise FetchError(
                        f"{self._base}{path}: {error}, {self._manners.tries} times; run the same command again later, "
                        "what has been fetched is kept"
                    ) from None
                self._sleep(wait if asked is None else asked)
                wait *= 2
        raise AssertionError("unreachable")

    def _request(self, address: str, parameters: Mapping[str, str]) -> bytes:
        """One try, redirects included."""
        asked: Mapping[str, str] | None = parameters
        for _ in range(_MOST_REDIRECTS + 1):
            self._keep_pace()
            try:
                with self._session.get(
                    address, params=asked, stream=True, allow_redirects=False, timeout=self._manners.silence
                ) as answer:
                    if answer.status_code not in _REDIRECTS:
                        return self._body(answer, self._name(address))
                    address, asked = self._redirect(address, answer.headers.get("Location", "")), None
            except (requests.Timeout, urllib3.exceptions.TimeoutError):
                raise _PassingError(f"no byte for {self._manners.silence:g} seconds") from None
            except (requests.RequestException, urllib3.exceptions.HTTPError) as error:
                # The text of these errors holds the whole address, key and all.
                raise _PassingError(f"the connection failed ({type(error).__name__})") from None
        raise FetchError(f"{self._base}: redirects in circles")

    def _keep_pace(self) -> None:
        now = time.monotonic()
        if now < self._next:
            self._sleep(self._next - now)
        self._next = max(now, self._next) + self._manners.pause

    def _body(self, answer: requests.Response, name: str) -> bytes:
        if answer.status_code in _PASSING:
            raise _PassingError(f"HTTP {answer.status_code}", _retry_after(answer.headers.get("Retry-After")))
        end = time.monotonic() + self._manners.deadline
        body = bytearray()
        # Not iter_content, which waits until a block is full, however slowly the bytes drip in.
        while block := answer.raw.read1(_BLOCK, decode_content=True):
            body += block
            if len(body) > self._manners.largest:
                raise FetchError(f"{name}: answers with more than {self._manners.largest:,} bytes, which is no page")
            if time.monotonic() > end:
                raise _PassingError(f"the answer was not complete after {self._manners.deadline:g} seconds")
        if answer.status_code != 200:
            said = " ".join(bytes(body[:300]).decode("utf-8", "replace").split())
            raise FetchError(f"{name}: HTTP {answer.status_code}: {said}")
        return bytes(body)

    def _redirect(self, address: str, location: str) -> str:
        target = urljoin(address, location)
        new, old = urlsplit(target), urlsplit(address)
        downgraded = old.scheme == "https" and new.scheme != "https"
        if new.hostname != old.hostname or new.scheme not in ("http", "https") or downgraded or not location:
            place = f"{new.scheme}://{new.hostname or ''}"
            raise FetchError(f"{self._name(address)}: redirects to {place}, which is not the API; it was not followed")
        return target

    @staticmethod
    def _name(address: str) -> str:
        """The address without its query, which may hold a key."""
        return address.partition("?")[0]


def _retry_after(value: str | None) -> float | None:
    """Seconds, from a number of them or a date; None if the server names neither."""
    if not value:
        return None
    if value.strip().isascii() and value.strip().isdigit():
        return float(value.strip()[:9])
    try:
        return max(0.0, email.utils.parsedate_to_datetime(value).timestamp() - time.time())
    except (ValueError, TypeError, OverflowError):
        return None
