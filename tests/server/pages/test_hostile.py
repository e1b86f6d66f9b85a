"""Names, titles and requests that are out to do harm become text, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from tests.server.pages.conftest import served
from tests.server.pages.reading import Seen

HARM = "<img src=x onerror=alert(1)>\"'><script>alert(1)</script>"


@pytest.fixture(scope="module")
def hostile(hostile_graph: Path) -> Iterator[TestClient]:
    with served(hostile_graph) as found:
        yield found


def harmless(client: TestClient, address: str, **params: str) -> Seen:
    """A page that holds no more scripts, handlers and addresses than we wrote."""
    answer = client.get(address, params=params or None)
    assert answer.status_code < 500
    seen = Seen(answer.text)
    assert len(seen.values("script", "src")) == [tag for tag, _ in seen.elements].count("script") == 1
    assert not any(tag in ("img", "iframe", "object", "embed") for tag, _ in seen.elements)
    assert not any(name.startswith("on") for _, attrs in seen.elements for name in attrs)
    hrefs = seen.values("a", "href") + seen.values("form", "action")
    assert all(each.startswith(("/", "#", "?", "http://", "https://")) for each in hrefs)
    assert not any(each.startswith("//") for each in hrefs)
    return seen


def test_titles_and_names_are_text_on_every_page(hostile: TestClient) -> None:
    papers = hostile.get("/papers.json").json()
    entities = hostile.get("/entities.json").json()
    assert papers
    from kg.server.pages.address import entity_address, paper_address, results_address

    pages = [
        *(paper_address(each["id"]) for each in papers), *(entity_address(each["id"]) for each in entities),
        *(results_address(each["id"]) for each in entities[:20]), "/", "/papers", "/entities", "/review", "/stats",
    ]  # fmt: skip
    for address in pages:
        harmless(hostile, address)


@pytest.mark.parametrize(
    ("address", "names"),
    [
        ("/search", ["q"]), ("/papers", ["text", "benchmark", "author", "venue", "since", "sort", "type"]),
        ("/entities", ["begins", "type", "sort"]), ("/compare", ["a", "b"]), ("/query", ["query", "shipped"]),
        ("/results/benchmark/gsm8k", ["metric", "split", "system", "since"]), ("/review", ["what"]),
        ("/login", ["back"]), ("/entity", ["name"]), ("/paper", ["name"]),
    ],
)  # fmt: skip
def test_what_is_asked_is_text_on_the_page(hostile: TestClient, address: str, names: list[str]) -> None:
    for name in names:
        for harm in (HARM, "javascript:alert(1)", "//evil.example/", "\x00\ud800".encode("utf-8", "replace").decode()):
            harmless(hostile, address, **{name: harm})


@given(st.text(max_size=60))
def test_any_name_is_answered(hostile: TestClient, name: str) -> None:
    from kg.server.pages.address import author_address, entity_address, paper_address

    for address in (entity_address(name), paper_address(name), author_address(name)):
        assert hostile.get(address).status_code in (200, 400, 404, 410)


@given(st.text(max_size=40))
def test_anything_may_be_typed(hostile: TestClient, text: str) -> None:
    assert hostile.get("/suggest", params={"q": text}).status_code == 200
    assert hostile.get("/search", params={"q": text, "go": "1"}).status_code == 200


def test_data_for_spreadsheets_hold_no_formula(hostile: TestClient) -> None:
    lines = hostile.get("/papers.csv").text
    assert not any(cell.startswith(("=", "+", "@")) for line in lines.splitlines() for cell in line.split(","))


def test_an_address_that_is_too_long_is_refused(hostile: TestClient) -> None:
    assert hostile.get("/search", params={"q": "x" * 20_000}).status_code == 400
