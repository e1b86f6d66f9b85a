"""Posting: to where a person said, or nowhere; what fails is an error that keeps the address to itself."""

from __future__ import annotations

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from kg.errors import WatchError
from kg.watching.payload import webhook_payload
from kg.watching.posting import check_address, post
from tests.samples import HOSTILE_TEXTS
from tests.watching.made import news_of


class Hook(BaseHTTPRequestHandler):
    """Keeps what it is told; the path is the status that it answers with."""

    told: list[tuple[str, bytes]]

    def do_POST(self) -> None:
        self.told.append((self.path, self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(int(self.path.strip("/")))
        self.send_header("Location", "/200")
        self.end_headers()
        self.wfile.write(b"not\x1b[31m today")

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def hook() -> Iterator[tuple[str, list[tuple[str, bytes]]]]:
    handler = type("Kept", (Hook,), {"told": []})
    with HTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", handler.told
        server.shutdown()


def test_a_payload_is_posted_once(hook: tuple[str, list[tuple[str, bytes]]]) -> None:
    address, told = hook
    post(f"{address}/204", webhook_payload([news_of("Slow Sums")]))
    ((path, body),) = told
    assert path == "/204"
    payload = json.loads(body)
    assert payload["title"] == "sheep: 1 new paper, 1 new link, 1 new result, 1 broken record"
    assert payload["watches"][0]["papers"][0]["links"][0]["name"] == "Sheep Slow Sums"


@pytest.mark.parametrize("status", [302, 307, 400, 500])
def test_whoever_does_not_take_it_was_not_told_and_no_redirect_is_followed(
    hook: tuple[str, list[tuple[str, bytes]]], status: int
) -> None:
    address, told = hook
    with pytest.raises(WatchError, match=f"127.0.0.1: refuses .HTTP {status}.*it was not told") as caught:
        post(f"{address}/{status}", b"{}")
    assert len(told) == 1
    assert f"/{status}" not in str(caught.value)


def test_who_is_not_there_was_not_told() -> None:
    with pytest.raises(WatchError, match=r"127\.0\.0\.1: cannot be reached") as caught:
        post("http://127.0.0.1:9/secret", b"{}")
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    "address",
    ["http://example.org/x", "ftp://example.org", "file:///etc/passwd", "example.org", "https://", "https://[x", "",
     "http://localhost.example.org/", "https://exa mple.org/", "http://127.0.0.1@example.org/", "https://a\n.org"],
)  # fmt: skip
def test_nothing_is_posted_in_the_open_or_to_nowhere(address: str) -> None:
    with pytest.raises(WatchError):
        check_address(address)


@pytest.mark.parametrize(
    "address", ["https://example.org/x", "http://localhost:8080/", "http://[::1]/", "http://127.9.9.9"]
)
def test_https_and_this_machine_may_be_posted_to(address: str) -> None:
    assert check_address(address).hostname


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_a_payload_is_ascii_and_has_no_orders_for_terminals(text: str) -> None:
    payload = webhook_payload([news_of(text)])
    assert payload.isascii()
    assert "\x1b" not in json.loads(payload)["text"]
