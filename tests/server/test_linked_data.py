"""Linked data: where IRIs lead, by what the client would rather have, and what the documents say."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from kg.building import build_graph, remove_sources
from kg.iris import DEFAULT_BASE, paper_iri
from kg.server import Settings
from kg.store import GraphReader
from tests.rdf.conftest import by_oxigraph, exported
from tests.samples import SMALL_PAPERS, jsonl
from tests.server.conftest import opened

GSM8K = "benchmark/gsm8k"


@pytest.mark.parametrize(
    ("accept", "where"),
    [
        ("text/html,application/xhtml+xml,*/*;q=0.8", "/entity/benchmark/gsm8k"),
        ("text/turtle", "/data/benchmark/gsm8k.ttl"),
        ("application/ld+json", "/data/benchmark/gsm8k.jsonld"),
        ("application/n-triples", "/data/benchmark/gsm8k.nt"),
        ("application/rdf+xml", "/data/benchmark/gsm8k.rdf"),
        ("*/*", "/data/benchmark/gsm8k.ttl"),
        ("rubbish", "/data/benchmark/gsm8k.ttl"),
    ],
)
def test_a_thing_leads_to_a_page_or_a_document_as_the_client_prefers(
    client: TestClient, accept: str, where: str
) -> None:
    answer = client.get(f"/id/{GSM8K}", headers={"accept": accept})
    assert (answer.status_code, answer.headers["location"]) == (303, where)
    assert "accept" in answer.headers["vary"].lower()
    assert '</data/benchmark/gsm8k.ttl>; rel="alternate"; type="text/turtle"' in answer.headers["link"]


def test_who_takes_neither_is_told_what_there_is(client: TestClient) -> None:
    answer = client.get(f"/id/{GSM8K}", headers={"accept": "image/png"})
    assert answer.status_code == 406
    assert "text/turtle" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("ending", "media"), [("ttl", "turtle"), ("jsonld", "jsonld"), ("nt", "ntriples"), ("rdf", "rdfxml")]
)
def test_documents_say_the_same_in_each_format(client: TestClient, ending: str, media: str) -> None:
    answer = client.get(f"/data/{GSM8K}.{ending}")
    assert answer.status_code == 200
    assert ox.RdfFormat.from_media_type(answer.headers["content-type"].partition(";")[0])
    assert by_oxigraph(answer.content, media) == by_oxigraph(client.get(f"/data/{GSM8K}.nt").content, "ntriples")


@pytest.mark.parametrize("graph", ["sample_graph", "authored_graph", "hostile_graph", "full_text_graph"])
def test_documents_say_what_the_export_says_all_of_the_thing_and_nothing_else(
    graph: str, request: pytest.FixtureRequest
) -> None:
    db = request.getfixturevalue(graph)
    whole = by_oxigraph(exported(db, "ntriples"), "ntriples")
    with GraphReader(db) as reader:
        entities = [entity.id for entity in reader.entities()][:40]
        papers = [paper.id for paper in reader.papers()][:15]
    with opened(Settings(db=db)) as client:
        for iri in [*(DEFAULT_BASE + quote(each) for each in entities), *map(paper_iri, papers)]:
            answer = client.get(f"/data/{iri.removeprefix(DEFAULT_BASE)}.nt")
            assert answer.status_code == 200, iri
            found = by_oxigraph(answer.content, "ntriples")
            assert found <= whole
            assert {quad for quad in whole if str(quad.subject) == f"<{iri}>"} <= found


def test_every_address_of_the_graph_is_answered(sample_graph: Path) -> None:
    subjects = {quad.subject.value for quad in by_oxigraph(exported(sample_graph, "ntriples"), "ntriples")}
    ours = sorted(each for each in subjects if each.startswith(DEFAULT_BASE))
    with opened(Settings(db=sample_graph)) as client:
        for iri in [*ours[:: len(ours) // 100], DEFAULT_BASE, f"{DEFAULT_BASE}software/paperkg"]:
            answer = client.get(f"/id/{iri.removeprefix(DEFAULT_BASE)}", headers={"accept": "application/n-triples"})
            assert answer.status_code == 303, iri
            document = client.get(answer.headers["location"])
            assert f"<{iri}>" in document.text


def test_a_part_of_a_paper_is_described_with_the_paper(client: TestClient, sample_graph: Path) -> None:
    with GraphReader(sample_graph) as reader:
        paper = next(paper for paper in reader.papers() if reader.results_of(paper))
    path = paper_iri(paper.id).removeprefix(DEFAULT_BASE)
    page = client.get(f"/id/{path}/result/1", headers={"accept": "text/html"})
    assert page.headers["location"] == f"/paper/{paper.id}"
    assert client.get(f"/id/{path}/result/999").status_code == 404
    assert client.get(f"/id/{path}/nothing").status_code == 404


def test_another_base_is_that_of_the_documents(sample_graph: Path) -> None:
    base = "https://kg.example.org/id/"
    with opened(Settings(db=sample_graph, base=base)) as client:
        answer = client.get(f"/data/{GSM8K}.nt")
        assert f"<{base}{GSM8K}>" in answer.text
        assert DEFAULT_BASE not in answer.text
        asked = client.get("/sparql", params={"query": f"ASK {{ <{base}{GSM8K}> a kg:Benchmark }}"})
        assert asked.json()["boolean"] is True


def test_the_graph_as_a_whole_is_where_crawlers_look(client: TestClient) -> None:
    answer = client.get("/.well-known/void", follow_redirects=True)
    assert answer.status_code == 200
    assert "void:Dataset" in answer.text
    assert client.get("/id/", headers={"accept": "text/html"}).headers["location"] == "/"


def test_a_document_that_the_client_has_is_not_sent_again(client: TestClient) -> None:
    tag = client.get(f"/data/{GSM8K}.ttl").headers["etag"]
    for header in (tag, f'"other", {tag}', f"W/{tag}", "*"):
        answer = client.get(f"/data/{GSM8K}.ttl", headers={"if-none-match": header})
        assert (answer.status_code, answer.content) == (304, b"")
    assert client.get(f"/data/{GSM8K}.ttl", headers={"if-none-match": '"other"'}).status_code == 200


def test_ids_of_before_lead_to_those_of_today_and_what_is_no_more_is_gone(tmp_path: Path) -> None:
    first, second = tmp_path / "first.jsonl", tmp_path / "second.jsonl"
    paper = {"title": "Slow Sums", "abstract": "We train Llama 2 with PPO and evaluate on GSM8K."}
    first.write_text(jsonl([paper, SMALL_PAPERS[2]]))
    db = tmp_path / "kg.db"
    build_graph([str(first)], db)
    with GraphReader(db) as reader:
        former = next(each.id for each in reader.papers() if each.title == "Slow Sums")
    second.write_text(jsonl([{**paper, "arxiv": "2402.00002"}]))
    build_graph([str(second)], db)
    with opened(Settings(db=db)) as client:
        answer = client.get(f"/id/paper/{former}")
        assert (answer.status_code, answer.headers["location"]) == (308, "/id/paper/arxiv/2402.00002")
        document = client.get(f"/data/paper/{former}.ttl")
        assert (document.status_code, document.headers["location"]) == (308, "/data/paper/arxiv/2402.00002.ttl")
        assert client.get("/id/benchmark/tidybench").status_code == 303
        remove_sources([str(first)], db)
        gone = client.get("/id/benchmark/tidybench")
        assert gone.status_code == 410
        assert "not" in gone.json()["detail"] or "nothing" in gone.json()["detail"]


HOSTILE = [
    "/id/../../etc/passwd", "/id/%2e%2e/%2e%2e/etc/passwd", "/id/..%2f..%2fetc%2fpasswd", "/id/benchmark/%00",
    "/id/benchmark/%ED%A0%80", "/id/benchmark/%FF", "/id/" + "a" * 5_000, "/id/paper/" + "a/" * 3_000, "/id/%",
    "/data/benchmark/gsm8k.exe", "/data/benchmark/gsm8k", "/data/.ttl.ttl", "/data/../kg.db", "/data/%00.ttl",
    "/id/benchmark/gsm8k%0d%0aset-cookie:%20a=b", "/id/paper", "/id/paper/", "/id//", "/id/benchmark/",
    "/id/<script>", "/id/benchmark/gsm8k/more", "/id/nothing/at/all",
]  # fmt: skip


@pytest.mark.parametrize("path", HOSTILE)
def test_hostile_addresses_are_not_found(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404, answer.status_code


@example(b".")
@example(b"..")
@given(st.binary(max_size=40))
def test_any_address_is_answered(client: TestClient, path: bytes) -> None:
    for below in ("/id/", "/id/benchmark/", "/id/paper/", "/data/"):
        answer = client.get(below + quote(path))
        # A client folds dots before it asks: "/id/." is "/id", which leads to "/id/".
        folded = answer.request.url.path in ("/id", "/data")
        assert answer.status_code in ((307,) if folded else (200, 303, 404))
