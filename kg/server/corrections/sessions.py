"""Who may correct, and whether a request that says so is theirs.

Whoever knows the token of the server signs in with it and a name; a cookie says so from then on, signed with a key that
the server makes when it starts. Or a proxy in front tells who it is, in a header that it sets and clears. Either way a
form carries a secret that pages of others cannot read, and comes from our own origin.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.requests import Request

from kg.server.settings import Settings
from kg.text.terminal import one_line

__all__ = ["COOKIE", "Sessions", "Visitor"]

COOKIE = "kg-session"
_LONGEST = 100  # characters of a name


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody who may correct, and the secret of their forms."""

    name: str
    secret: str


class Sessions:
    """Tells visitors who may correct from all others. A server that is started anew knows nobody any more."""

    def __init__(self, settings: Settings) -> None:
        self._token, self._header = settings.edit_token, settings.user_header
        self._key = secrets.token_bytes(32)

    @property
    def enabled(self) -> bool:
        """Whether anybody may correct."""
        return self._token is not None or self._header is not None

    @property
    def by_token(self) -> bool:
        """Whether one signs in here."""
        return self._token is not None

    def sign_in(self, name: str, token: str) -> str | None:
        """The cookie for somebody who knows the token; None for all others."""
        name = _name(name)
        if self._token is None or not name or not hmac.compare_digest(_bytes(token.strip()), _bytes(self._token)):
            return None
        told = base64.urlsafe_b64encode(_bytes(name)).decode()
        return f"{told}.{self._signed('session', told)}"

    def visitor(self, request: Request) -> Visitor | None:
        """Who asks, if they may correct."""
        name = self._named(request)
        return Visitor(name, self._signed("form", name)) if name else None

    def trusts(self, request: Request, visitor: Visitor, secret: str) -> bool:
        """Whether what was sent comes from a form of ours that this visitor was shown."""
        return from_here(request) and hmac.compare_digest(_bytes(secret), _bytes(visitor.secret))

    def _named(self, request: Request) -> str | None:
        if self._header is not None and (told := _name(request.headers.get(self._header, ""))):
            return told
        told, _, signature = request.cookies.get(COOKIE, "").partition(".")
        if self._token is None or not told:
            return None
        if not hmac.compare_digest(_bytes(signature), _bytes(self._signed("session", told))):
            return None
        return base64.urlsafe_b64decode(told).decode("utf-8", "replace")

    def _signed(self, purpose: str, text: str) -> str:
        return hmac.new(self._key, _bytes(f"{purpose} {text}"), hashlib.sha256).hexdigest()


def from_here(request: Request) -> bool:
    """Whether a page of ours sent this: browsers name the origin of what they post, and nothing else may be."""
    origin = request.headers.get("origin")
    if origin is not None:
        return urlsplit(origin).netloc == request.headers.get("host")
    return request.headers.get("sec-fetch-site") == "same-origin"


def _name(name: str) -> str:
    return one_line(name).strip()[:_LONGEST]


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
