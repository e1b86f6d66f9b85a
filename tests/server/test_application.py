"""The application as a whole: it answers, it is protected, and it follows the file."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from kg.errors import GraphError
from kg.server import ServedGraph, Settings, application


@pytest.fixture
def db(tmp_path: Path, sample_graph: Path) -> Path:
    return Path(shutil.copy(sample_graph, tmp_path / "kg.db"))


@pytest.fixture
def client(db: Path) -> Iterator[TestClient]:
    with TestClient(application(Settings(db=db, body_bytes=1_000)), base_url="http://127.0.0.1:8080") as client:
        yield client


def test_it_answers_and_says_what_browsers_may_load(client: TestClient) -> None:
    answer = client.get("/health")
    assert answer.json()["status"] == "ok"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", ""])
def test_requests_addressed_to_another_host_are_refused(client: TestClient, host: str) -> None:
    assert client.get("/health", headers={"host": host}).status_code == 400


def test_a_request_that_sends_too_much_is_refused_whether_it_says_so_or_not(client: TestClient) -> None:
    assert client.post("/health", content=b"x" * 1_001).status_code == 413
    assert client.post("/health", content=iter([b"x" * 600, b"x" * 600])).status_code == 413
    assert client.post("/health", content=b"x", headers={"content-length": "-1"}).status_code == 413


def test_without_a_graph_it_does_not_start(tmp_path: Path) -> None:
    with pytest.raises(GraphError):
        application(Settings(db=tmp_path / "none.db"))


def test_a_file_put_in_place_of_the_old_is_served_and_the_old_one_read_to_its_end(
    db: Path, authored_graph: Path, tmp_path: Path
) -> None:
    served = ServedGraph(Settings(db=db))
    state = served.state()
    with served.graph() as before:
        papers = before.stats().papers
        other = Path(shutil.copy(authored_graph, tmp_path / "other.db"))
        other.replace(db)
        with served.graph() as after:
            assert after is not before
        assert before.stats().papers == papers or before.stats().papers == after.stats().papers
    assert served.state() != state
    served.close()


def test_a_broken_file_put_in_place_leaves_the_old_one_served(db: Path, tmp_path: Path) -> None:
    served = ServedGraph(Settings(db=db))
    broken = tmp_path / "broken.db"
    broken.write_text("half of a copy")
    with served.graph() as before:
        broken.replace(db)
        with served.graph() as after:
            assert after is before
    served.close()
