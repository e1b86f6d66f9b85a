"""Feeds of any query, for readers that ask again and again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree
from starlette.testclient import TestClient

from kg.server import Settings, application

ENTRIES = "{http://www.w3.org/2005/Atom}entry"


@pytest.fixture
def client(sample_graph: Path) -> Iterator[TestClient]:
    with TestClient(application(Settings(db=sample_graph)), base_url="http://127.0.0.1:8080") as client:
        yield client


def test_a_feed_has_the_papers_of_a_query_and_says_where_it_is(client: TestClient) -> None:
    answer = client.get("/feed.atom?benchmark=GSM8K&benchmark=MATH")
    assert answer.headers["content-type"].startswith("application/atom+xml")
    feed = etree.fromstring(answer.content)
    both = len(feed.findall(ENTRIES))
    assert 0 < both < len(etree.fromstring(client.get("/feed.atom?benchmark=GSM8K").content).findall(ENTRIES))
    assert b'href="http://127.0.0.1:8080/feed.atom?benchmark=GSM8K&amp;benchmark=MATH"' in answer.content


def test_what_has_not_changed_is_not_sent_again(client: TestClient) -> None:
    tag = client.get("/feed.atom?benchmark=GSM8K").headers["etag"]
    again = client.get("/feed.atom?benchmark=GSM8K", headers={"if-none-match": tag})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get("/feed.atom?benchmark=MATH", headers={"if-none-match": tag}).status_code == 200


def test_what_nobody_names_yet_has_an_empty_feed(client: TestClient) -> None:
    answer = client.get("/feed.atom?benchmark=Nothing Of The Kind")
    assert answer.status_code == 200
    assert etree.fromstring(answer.content).findall(ENTRIES) == []


@pytest.mark.parametrize(
    "query", ["", "sheep=1", "since=spring", "benchmark=GSM8K&limit=1", "base=x&text=a", "exact=true"]
)
def test_what_cannot_be_asked_is_refused(client: TestClient, query: str) -> None:
    answer = client.get(f"/feed.atom?{query}")
    assert answer.status_code == 400
    assert answer.headers["content-type"].startswith("text/plain")
