"""Streamable HTTP as strangers see it: whom it answers, and what it makes of what is no request."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from kg.server import Settings
from tests.server.conftest import Response, opened

HEADERS = {"accept": "application/json, text/event-stream", "content-type": "application/json"}
LIST = {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}}
HELLO = {
    "jsonrpc": "2.0",
    "id": 0,
    "method": "initialize",
    "params": {
        "protocolVersion": "2025-06-18",
        "capabilities": {},
        "clientInfo": {"name": "test", "version": "1"},
    },
}


@pytest.fixture(scope="module")
def served(sample_graph: Path) -> Iterator[TestClient]:
    with opened(Settings(db=sample_graph, origins=("https://friend.example.org",))) as client:
        yield client


def post(client: TestClient, message: Any, **headers: str) -> Response:
    content = message if isinstance(message, bytes) else json.dumps(message)
    return client.post("/mcp", content=content, headers=HEADERS | headers)


def test_it_shakes_hands_and_lists_its_tools_without_a_session(served: TestClient) -> None:
    hello = post(served, HELLO)
    assert hello.status_code == 200
    assert hello.json()["result"]["serverInfo"]["name"] == "paperkg"
    assert "mcp-session-id" not in hello.headers
    listed = post(served, LIST, **{"mcp-protocol-version": "2025-06-18"})
    assert len(listed.json()["result"]["tools"]) == 12


@pytest.mark.parametrize(
    ("origin", "may"),
    [
        ("http://127.0.0.1:8080", True),
        ("http://localhost:3000", True),
        ("https://friend.example.org", True),
        ("https://evil.example", False),
        ("http://127.0.0.1.evil.example", False),
        ("null", False),
    ],
)
def test_pages_of_other_origins_cannot_use_it(served: TestClient, origin: str, may: bool) -> None:
    assert (post(served, LIST, origin=origin).status_code == 200) is may


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", ""])
def test_requests_addressed_to_another_host_are_refused(served: TestClient, host: str) -> None:
    assert post(served, LIST, host=host).status_code in (400, 421)


@pytest.mark.parametrize(
    "message",
    [b"", b"{", b"[]", b"\x00", b"\xff\xfe", b'"text"', b'{"jsonrpc": "2.0"}', b"[" * 10_000, b'{"id": 1e999}'],
)
def test_what_is_no_request_is_told_so(served: TestClient, message: bytes) -> None:
    assert 400 <= post(served, message).status_code < 500
    assert post(served, LIST).status_code == 200


def test_other_types_of_content_are_refused(served: TestClient) -> None:
    assert post(served, LIST, **{"content-type": "text/plain"}).status_code in (400, 415)
    assert post(served, LIST, accept="image/png").status_code in (200, 406)


def test_what_is_too_large_is_refused(served: TestClient) -> None:
    assert post(served, b" " * 1_000_001).status_code == 413


@pytest.mark.parametrize("method", ["PUT", "PATCH"])
def test_other_methods_are_not_allowed(served: TestClient, method: str) -> None:
    assert served.request(method, "/mcp").status_code == 405


@pytest.mark.parametrize("method", ["GET", "DELETE"])
def test_there_is_no_stream_to_wait_for_and_no_session_to_end(served: TestClient, method: str) -> None:
    answer = served.request(method, "/mcp", headers={"accept": "text/event-stream"})
    assert (answer.status_code, answer.headers["allow"]) == (405, "POST")
