"""What the tests of the server share: a client of the sample graph, and a server that other programs can reach."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeAlias

import pytest
import uvicorn
from starlette.testclient import TestClient
from starlette.types import ASGIApp

from kg.server import Settings, application

HERE = "http://127.0.0.1:8080"
Response: TypeAlias = Any
"""Of the HTTP library that Starlette's client is made of, which is one of two."""


@pytest.fixture(scope="module")
def client(sample_graph: Path) -> Iterator[TestClient]:
    """Asks the sample graph, in this process."""
    with opened(Settings(db=sample_graph)) as client:
        yield client


@contextmanager
def opened(settings: Settings) -> Iterator[TestClient]:
    """A client of an application of its own; what it does not expect ends the test."""
    with TestClient(application(settings), base_url=HERE, follow_redirects=False) as client:
        yield client


@pytest.fixture(scope="module")
def address(sample_graph: Path) -> Iterator[str]:
    """Where a server of the sample graph listens."""
    with listening(application(Settings(db=sample_graph))) as address:
        yield address


@contextmanager
def listening(app: ASGIApp) -> Iterator[str]:
    """A server of its own, on a free port of this machine."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        port = found.getsockname()[1]
        server = uvicorn.Server(uvicorn.Config(app, log_level="critical"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [found]})
        thread.start()
        try:
            while not server.started and thread.is_alive():
                time.sleep(0.01)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.should_exit = True
            thread.join()
