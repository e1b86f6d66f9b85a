"""Requests that no client of good will sends, over a real connection: each has an answer, none of which is 500."""

from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from tests.conftest import KG, environment

PARTS = ["/api/v1/papers?text=", "/api/v1/entity?name=", "/id/", "/data/", "/sparql?query=", "/mcp?", "/health?", "/"]
VALUES = {
    "traversal": "../../../../etc/passwd",
    "encoded traversal": "%2e%2e%2f%2e%2e%2fetc%2fpasswd",
    "twice encoded": "%252e%252e%252f",
    "NUL": "%00",
    "surrogate": "%ED%A0%80",
    "overlong slash": "%C0%AF",
    "no UTF-8": "%FF%FE",
    "broken escape": "%zz%",
    "line ends": "%0d%0aset-cookie:%20a=b",
    "markup": "%3Cscript%3Ealert(1)%3C/script%3E",
    "template": "%7B%7B7*7%7D%7D",
    "quotes": "'%22;--",
    "bidi": "%E2%80%AE%D7%90",
    "long": "a" * 30_000,
    "many": "&a=1" * 5_000,
    "deep": "a/" * 5_000,
}
ACCEPTS = ["", "*", "text/turtle;q=", ";;;", ",,,,", "a/b;q=9", '"', "text/turtle" * 3_000, "\xff/\xfe", "*/*;q=-1"]


def raw(address: str, request: bytes, *, whole: bool = True) -> bytes:
    """The first line that comes back for some bytes, or nothing; no more comes if they are not ``whole``."""
    host, port = address.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=30) as connection:
        connection.sendall(request)
        if not whole:
            connection.shutdown(socket.SHUT_WR)
        return connection.makefile("rb").readline()


@pytest.mark.parametrize("what", VALUES)
def test_strange_addresses_have_an_answer(address: str, what: str) -> None:
    for part in PARTS:
        head = "Host: 127.0.0.1\r\nConnection: close\r\n\r\n"
        line = raw(address, f"GET {part}{VALUES[what]} HTTP/1.1\r\n{head}".encode())
        assert line.startswith(b"HTTP/1.1 "), part
        status = int(line.split()[1])
        assert status < 500, (part, status)
        assert b"root:" not in line


@pytest.mark.parametrize("accept", ACCEPTS)
def test_strange_wishes_have_an_answer(address: str, accept: str) -> None:
    for part in ("/id/benchmark/gsm8k", "/sparql?query=ASK%20%7B%7D", "/sparql", "/api/v1/stats", "/mcp"):
        header = accept.encode("latin-1")
        request = b"GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: %s\r\nConnection: close\r\n\r\n" % (
            part.encode(),
            header,
        )
        status = int(raw(address, request).split()[1])
        assert status < 500, (part, status)


@pytest.mark.parametrize(
    "request_line",
    [
        b"GET / HTTP/9.9\r\n\r\n", b"\x00\x01\x02\r\n\r\n", b"GET\r\n\r\n",
        b"GET /\x00 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n", b"GET http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\n\r\n",
        b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcde",
        b"POST /sparql HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n" + b"X: y\r\n" * 20_000 + b"\r\n",
    ],
)  # fmt: skip
def test_what_is_no_request_ends_the_connection_and_nothing_else(address: str, request_line: bytes) -> None:
    try:
        line = raw(address, request_line, whole=False)
    except OSError:
        line = b""
    assert not line or 300 <= int(line.split()[1]) < 500
    assert httpx.get(f"{address}/health").status_code == 200


@pytest.mark.parametrize("command", ["serve", "mcp"])
def test_without_the_extra_one_line_says_what_to_install(command: str, tmp_path: Path, sample_graph: Path) -> None:
    missing = "import sys; sys.modules.update(dict.fromkeys(['starlette', 'uvicorn', 'mcp', 'pydantic', 'fastapi'])); "
    done = subprocess.run(
        [sys.executable, "-c", missing + KG, command, "--db", str(sample_graph)],
        capture_output=True, text=True, timeout=120, check=False, env=environment(), cwd=tmp_path,
    )  # fmt: skip
    assert done.returncode == 2
    assert "pip install 'paperkg[serve]'" in done.stderr
    assert done.stderr.count("\n") == 1
