"""The SPARQL 1.1 Protocol, clause by clause: https://www.w3.org/TR/sparql11-protocol/."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox
import pytest
import rdflib
from starlette.testclient import TestClient

from kg.server import Settings
from tests.server.conftest import Response, opened

SELECT = "SELECT ?name { <benchmark/gsm8k> foaf:name ?name }"
ASK = "ASK { <benchmark/gsm8k> a kg:Benchmark }"
CONSTRUCT = "CONSTRUCT WHERE { <benchmark/gsm8k> a ?type }"
DESCRIBE = "DESCRIBE <benchmark/gsm8k>"
ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . FILTER(?a < ?g) }"
FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"
SD = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")


def ask(client: TestClient, query: str, accept: str | None = None, **more: str) -> Response:
    return client.get("/sparql", params={"query": query, **more}, headers={"accept": accept} if accept else None)


def problem(answer: Response) -> str:
    """What a refusal says, which is always a problem of the same status."""
    assert answer.headers["content-type"] == "application/problem+json"
    told = answer.json()
    assert told["status"] == answer.status_code
    return str(told["detail"])


# 2.1 The query operation


def test_a_query_is_asked_by_get_and_by_both_kinds_of_post(client: TestClient) -> None:
    by_get = ask(client, SELECT)
    by_form = client.post("/sparql", data={"query": SELECT})
    directly = client.post("/sparql", content=SELECT, headers={"content-type": DIRECT})
    assert by_get.status_code == by_form.status_code == directly.status_code == 200
    assert by_get.json() == by_form.json() == directly.json()
    assert [row["name"]["value"] for row in by_get.json()["results"]["bindings"]] == ["GSM8K"]


def test_letters_of_all_scripts_arrive_whichever_way_they_are_sent(client: TestClient) -> None:
    query = 'SELECT ("Ünï — 数学" AS ?x) {}'
    for answer in (
        ask(client, query),
        client.post("/sparql", data={"query": query}),
        client.post("/sparql", content=query.encode(), headers={"content-type": f"{DIRECT}; charset=UTF-8"}),
    ):
        assert answer.json()["results"]["bindings"][0]["x"]["value"] == "Ünï — 数学"


def test_head_answers_as_get_without_a_body(client: TestClient) -> None:
    answer = client.head("/sparql", params={"query": SELECT})
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["content-type"].startswith("application/sparql-results+json")


def test_options_tells_the_methods(client: TestClient) -> None:
    answer = client.options("/sparql")
    assert answer.status_code == 204
    assert set(answer.headers["allow"].split(", ")) == {"GET", "HEAD", "POST", "OPTIONS"}


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_other_methods_are_not_allowed(client: TestClient, method: str) -> None:
    assert client.request(method, "/sparql").status_code == 405


@pytest.mark.parametrize("way", ["get", "form"])
def test_a_request_with_no_query_or_two_is_bad(client: TestClient, way: str) -> None:
    def send(*pairs: tuple[str, str]) -> Response:
        text = "&".join(f"{name}={quote(value)}" for name, value in pairs)
        if way == "get":
            return client.get(f"/sparql?{text}")
        return client.post("/sparql", content=text, headers={"content-type": FORM})

    for pairs in [(("other", "1"),), (("query", SELECT), ("query", ASK))]:
        answer = send(*pairs)
        assert answer.status_code == 400
        assert "one query" in problem(answer)
    assert send(("query", "")).status_code == 400


def test_a_query_in_the_address_and_another_in_the_body_are_two(client: TestClient) -> None:
    answer = client.post("/sparql", params={"query": ASK}, content=SELECT, headers={"content-type": DIRECT})
    assert answer.status_code == 400


def test_a_post_without_a_query_is_bad(client: TestClient) -> None:
    assert client.post("/sparql", content="", headers={"content-type": FORM}).status_code == 400
    assert client.post("/sparql", content="", headers={"content-type": DIRECT}).status_code == 400


@pytest.mark.parametrize("kind", ["text/plain", "application/json", "multipart/form-data; boundary=x", None])
def test_other_types_of_content_are_unsupported(client: TestClient, kind: str | None) -> None:
    answer = client.post("/sparql", content=SELECT, headers={"content-type": kind} if kind else None)
    assert answer.status_code == 415
    assert FORM in problem(answer)


def test_other_encodings_are_unsupported(client: TestClient) -> None:
    answer = client.post("/sparql", content=SELECT, headers={"content-type": f"{DIRECT}; charset=utf-16"})
    assert answer.status_code == 415


@pytest.mark.parametrize(
    "send",
    [
        lambda client: client.get("/sparql?query=%FF"),
        lambda client: client.post("/sparql", content=b"query=%ED%A0%80", headers={"content-type": FORM}),
        lambda client: client.post("/sparql", content=b"SELECT \xff", headers={"content-type": DIRECT}),
        lambda client: client.post("/sparql", content=b"query=\xff", headers={"content-type": FORM}),
        lambda client: client.get("/sparql?" + "a=1&" * 5_000),
    ],
)
def test_what_is_no_text_or_too_much_is_bad(client: TestClient, send: object) -> None:
    answer = send(client)  # type: ignore[operator]
    assert answer.status_code == 400
    problem(answer)


@pytest.mark.parametrize("query", ["SELECT\x00 ?x {}", 'SELECT ("a\x00b" AS ?x) {}', "\x00", "\u0085", "?" * 5_000])
def test_strange_queries_never_break_the_service(client: TestClient, query: str) -> None:
    assert ask(client, query).status_code in (200, 400)
    assert ask(client, ASK).json()["boolean"] is True


# 2.1.4 The dataset


def test_the_default_graph_may_be_named_and_no_other_is_there(client: TestClient) -> None:
    base = "https://w3id.org/paperkg/id/"
    assert ask(client, ASK, **{"default-graph-uri": base}).json()["boolean"] is True
    for name in ("default-graph-uri", "named-graph-uri"):
        answer = ask(client, ASK, **{name: "https://example.org/other"})
        assert answer.status_code == 400
        assert base in problem(answer)
    posted = client.post("/sparql", data={"query": ASK, "default-graph-uri": "https://example.org/other"})
    assert posted.status_code == 400


# 2.1.5 to 2.1.7 What is answered


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        (None, "application/sparql-results+json"),
        ("application/sparql-results+json", "application/sparql-results+json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv", "text/csv"),
        ("text/tab-separated-values", "text/tab-separated-values"),
        ("application/json", "application/json"),
        ("text/turtle, application/sparql-results+xml;q=0.1", "application/sparql-results+xml"),
        ("text/csv;q=0.8, application/sparql-results+xml;q=0.9", "application/sparql-results+xml"),
        ("not a media type", "application/sparql-results+json"),
    ],
)
@pytest.mark.parametrize("query", [SELECT, ASK])
def test_rows_and_booleans_come_in_the_format_that_is_preferred(
    client: TestClient, query: str, accept: str | None, kind: str
) -> None:
    answer = ask(client, query, accept)
    assert answer.status_code == 200
    assert answer.headers["content-type"].partition(";")[0] == kind
    assert "accept" in answer.headers["vary"].lower()
    if kind.startswith("text/"):  # which carry no types, and of yes or no define nothing
        assert answer.text.replace("\r", "").replace("?", "").strip('"\n') in ("name\nGSM8K", 'name\n"GSM8K', "true")
        return
    found = ox.QueryResultsFormat.XML if kind.endswith("xml") else ox.QueryResultsFormat.JSON
    read = ox.parse_query_results(answer.content, format=found)
    assert bool(read) if query is ASK else [row["name"].value for row in read] == ["GSM8K"]


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        (None, "text/turtle"),
        ("text/turtle", "text/turtle"),
        ("application/n-triples", "application/n-triples"),
        ("application/ld+json", "application/ld+json"),
        ("application/rdf+xml", "application/rdf+xml"),
        ("application/trig", "application/trig"),
        ("application/n-quads", "application/n-quads"),
        ("application/sparql-results+json, application/rdf+xml;q=0.2", "application/rdf+xml"),
    ],
)
def test_graphs_come_in_the_format_that_is_preferred(client: TestClient, accept: str | None, kind: str) -> None:
    answer = ask(client, CONSTRUCT, accept)
    assert answer.headers["content-type"].partition(";")[0] == kind
    subjects = {str(quad.subject) for quad in ox.parse(answer.content, format=ox.RdfFormat.from_media_type(kind))}
    assert subjects == {"<https://w3id.org/paperkg/id/benchmark/gsm8k>"}
    assert ask(client, DESCRIBE, accept).status_code == 200


def test_who_takes_no_format_of_the_answer_is_told_which_there_are(client: TestClient) -> None:
    for query, accept, offer in [
        (SELECT, "image/png", "text/csv"),
        (SELECT, "text/turtle", "application/sparql-results+json"),
        (CONSTRUCT, "text/csv", "text/turtle"),
    ]:
        answer = ask(client, query, accept)
        assert answer.status_code == 406
        assert offer in problem(answer)


def test_a_malformed_query_is_told_where_it_goes_wrong(client: TestClient) -> None:
    answer = ask(client, "SELECT ?x\nWHERE { ?x kg:uses ")
    assert answer.status_code == 400
    assert "line 2" in problem(answer)
    assert "prefix there is not declared" in problem(ask(client, "ASK { ?x nobody:knows ?y }"))


def test_more_rows_than_the_limit_are_cut_and_said_so(sample_graph: Path) -> None:
    with opened(Settings(db=sample_graph, sparql_rows=3)) as client:
        answer = ask(client, "SELECT ?s { ?s ?p ?o }")
        assert len(answer.json()["results"]["bindings"]) == 3
        assert answer.headers["kg-truncated"] == "only the first 3 rows"
        graph = ask(client, "CONSTRUCT WHERE { ?s ?p ?o }", "application/n-triples")
        assert graph.content.count(b"\n") == 3
        assert graph.headers["kg-truncated"] == "only the first 3 triples"
        assert "kg-truncated" not in ask(client, SELECT).headers


@pytest.fixture(scope="module")
def strict(sample_graph: Path) -> Iterator[TestClient]:
    with opened(Settings(db=sample_graph, sparql_seconds=0.5, sparql_bytes=1_000, sparql_memory=300_000_000)) as client:
        yield client


def test_a_query_that_takes_too_long_is_stopped_and_the_next_is_answered(strict: TestClient) -> None:
    answer = ask(strict, ENDLESS)
    assert answer.status_code == 503
    assert "0.5 s" in problem(answer)
    assert ask(strict, ASK).json()["boolean"] is True


def test_an_answer_that_is_too_large_is_refused(strict: TestClient) -> None:
    answer = ask(strict, "SELECT * { ?s ?p ?o } LIMIT 1000")
    assert answer.status_code == 503
    assert "1,000" in problem(answer)


def test_a_query_that_takes_all_memory_ends_alone(sample_graph: Path) -> None:
    doubled = "ten"
    query = f'SELECT ?{doubled} {{ BIND("0123456789" AS ?x0) '
    for step in range(30):
        query += f"BIND(CONCAT(?x{step}, ?x{step}, ?x{step}, ?x{step}) AS ?x{step + 1}) "
    query += "BIND(?x30 AS ?ten) }"
    with opened(Settings(db=sample_graph, sparql_memory=200_000_000)) as client:
        answer = ask(client, query)
        assert answer.status_code == 503
        assert "ask for less" in problem(answer)
        assert ask(client, ASK).json()["boolean"] is True


# What is refused


@pytest.mark.parametrize(
    "send",
    [
        lambda client: client.post("/sparql", data={"update": "CLEAR ALL"}),
        lambda client: client.get("/sparql", params={"update": "CLEAR ALL"}),
        lambda client: client.post(
            "/sparql", content="CLEAR ALL", headers={"content-type": "application/sparql-update"}
        ),
    ],
)
def test_updates_are_forbidden(client: TestClient, send: object) -> None:
    answer = send(client)  # type: ignore[operator]
    assert answer.status_code == 403
    assert "only read" in problem(answer)


@pytest.mark.parametrize(
    "query", ["CLEAR ALL", "INSERT DATA { <a> <b> <c> }", "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }"]
)
def test_updates_and_federation_are_no_queries(client: TestClient, query: str) -> None:
    answer = ask(client, query)
    assert answer.status_code == 400
    assert "refused" in problem(answer)


def test_load_from_other_places_finds_nothing(client: TestClient) -> None:
    assert ask(client, "SELECT * FROM <http://127.0.0.1:1/> { ?s ?p ?o }").json()["results"]["bindings"] == []


# The service description


@pytest.mark.parametrize("accept", [None, "text/turtle", "application/rdf+xml", "application/ld+json"])
def test_without_a_query_the_service_describes_itself(client: TestClient, accept: str | None) -> None:
    answer = client.get("/sparql", headers={"accept": accept} if accept else None)
    graph = rdflib.Graph().parse(data=answer.content, format=answer.headers["content-type"].partition(";")[0])
    (service,) = graph.subjects(rdflib.RDF.type, SD.Service)
    assert str(graph.value(service, SD.endpoint)) == "http://127.0.0.1:8080/sparql"
    assert (service, SD.supportedLanguage, SD.SPARQL11Query) in graph
    assert len(set(graph.objects(service, SD.resultFormat))) == 10
    assert graph.value(graph.value(service, SD.defaultDataset), SD.defaultGraph) == rdflib.URIRef(
        "https://w3id.org/paperkg/id/"
    )


def test_browsers_without_a_query_are_sent_to_the_editor(client: TestClient) -> None:
    answer = client.get("/sparql", headers={"accept": "text/html,*/*;q=0.8"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/query")
    assert client.get("/sparql", headers={"accept": "image/png"}).status_code == 406


# CORS


def test_a_graph_that_is_served_to_others_may_be_read_by_pages_of_any_origin(sample_graph: Path) -> None:
    with opened(Settings(db=sample_graph, hosts=("kg.example.org",))) as client:
        headers = {"host": "kg.example.org", "origin": "https://page.example.org"}
        answer = client.get("/sparql", params={"query": ASK}, headers=headers)
        assert answer.headers["access-control-allow-origin"] == "*"
        assert "kg-truncated" in answer.headers["access-control-expose-headers"]
        asked = headers | {
            "access-control-request-method": "POST",
            "access-control-request-headers": "content-type",
        }
        allowed = client.options("/sparql", headers=asked)
        assert allowed.status_code == 200
        assert "POST" in allowed.headers["access-control-allow-methods"]
        assert "content-type" in allowed.headers["access-control-allow-headers"]
        failed = client.get("/sparql", params={"query": "x"}, headers=headers)
        assert failed.headers["access-control-allow-origin"] == "*"  # or a page cannot tell what is wrong


def test_a_graph_for_this_machine_alone_is_read_by_its_own_pages_and_those_that_are_allowed(sample_graph: Path) -> None:
    with opened(Settings(db=sample_graph, origins=("https://friend.example.org",))) as client:
        for origin, may in [
            ("http://localhost:5173", True),
            ("https://friend.example.org", True),
            ("https://page.example.org", False),
            ("http://localhost.evil.example", False),
            ("null", False),
        ]:
            answer = client.get("/sparql", params={"query": ASK}, headers={"origin": origin})
            assert (answer.headers.get("access-control-allow-origin") == origin) is may, origin


def test_results_are_the_same_as_those_of_the_library(client: TestClient, sample_graph: Path) -> None:
    from kg.rdf.sparql import SparqlEngine

    query = "SELECT ?p ?o { <benchmark/gsm8k> ?p ?o } ORDER BY ?p ?o"
    with SparqlEngine(sample_graph) as engine:
        assert ask(client, query).json() == json.loads(engine.ask(query).serialise("json"))
