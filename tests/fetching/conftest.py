"""A server on this machine that plays the APIs, faults included."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest

from kg.fetching import Manners, PoliteClient


@dataclass
class Answer:
    """What the server sends. ``cut`` bytes are announced and not sent; ``slow`` seconds pass between two bytes."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    cut: int = 0
    slow: float = 0.0


@dataclass
class Request:
    """What the server was asked."""

    path: str
    query: dict[str, str]
    agent: str


class Api:
    """The server: ``answer`` makes the answer to each request, after the ``faults`` that come first are used up."""

    def __init__(self) -> None:
        self.requests: list[Request] = []
        self.faults: list[Answer] = []
        self.answer: Callable[[Request], Answer] = lambda request: Answer(b"nothing", 404)
        api = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                parts = urlsplit(self.path)
                query = {name: values[0] for name, values in parse_qs(parts.query).items()}
                request = Request(parts.path, query, self.headers.get("User-Agent", ""))
                api.requests.append(request)
                answer = api.faults.pop(0) if api.faults else api.answer(request)
                self.send_response(answer.status)
                for name, value in answer.headers.items():
                    self.send_header(name, value)
                if "Transfer-Encoding" not in answer.headers:
                    self.send_header("Content-Length", str(len(answer.body) + answer.cut))
                self.end_headers()
                try:
                    if answer.slow:
                        for byte in answer.body:
                            self.wfile.write(bytes([byte]))
                            self.wfile.flush()
                            time.sleep(answer.slow)
                    else:
                        self.wfile.write(answer.body)
                except OSError:
                    pass  # the client has had enough

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()
        self.base = f"http://127.0.0.1:{self._server.server_port}"
        self.slept: list[float] = []

    def client(self, **manners: float | int) -> PoliteClient:
        """A client of this server that notes its waits instead of waiting."""
        settings = {"pause": 0.0, "silence": 5.0, **manners}
        return PoliteClient(self.base, Manners(**settings), version="0", sleep=self.slept.append)  # type: ignore[arg-type]

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def api(monkeypatch: pytest.MonkeyPatch) -> Iterator[Api]:
    """The server, running; proxies that this machine may have are for other hosts."""
    monkeypatch.setenv("NO_PROXY", "*")
    server = Api()
    yield server
    server.close()
