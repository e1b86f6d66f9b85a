"""Servers of the sample graphs, asked without a network."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from kg.server import Settings, application

HERE = "http://127.0.0.1:8080"


@contextmanager
def served(db: Path, **settings: object) -> Iterator[TestClient]:
    """A client of a server of this graph."""
    app = application(Settings(db=db, **settings))  # type: ignore[arg-type]
    with TestClient(app, base_url=HERE) as client:
        yield client


@pytest.fixture
def client(sample_graph: Path) -> Iterator[TestClient]:
    with served(sample_graph) as found:
        yield found


@pytest.fixture
def authored(authored_graph: Path) -> Iterator[TestClient]:
    with served(authored_graph) as found:
        yield found
