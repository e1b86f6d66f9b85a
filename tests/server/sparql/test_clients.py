"""Other people's clients, against a server that listens: what they send is understood, and they read what they get."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import pytest
import rdflib
import SPARQLWrapper
from rdflib.plugins.stores.sparqlstore import SPARQLStore

from kg.server import Settings, application
from tests.server.conftest import listening
from tests.server.sparql.test_protocol import ASK, CONSTRUCT, DESCRIBE, ENDLESS, SELECT

KG = "https://w3id.org/paperkg/ontology#"
GSM8K = rdflib.URIRef("https://w3id.org/paperkg/id/benchmark/gsm8k")


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
@pytest.mark.parametrize("form", ["xml", "json", "csv", "tsv"])
def test_rdflib_asks_the_endpoint_as_if_it_were_a_store(address: str, method: str, form: str) -> None:
    store = SPARQLStore(f"{address}/sparql", method=method, returnFormat=form)
    graph = rdflib.Graph(store=store)
    assert [str(row.name) for row in graph.query(SELECT)] == ["GSM8K"]
    if form in ("csv", "tsv"):
        return  # in which rdflib cannot read a row of no columns
    assert (GSM8K, rdflib.RDF.type, rdflib.URIRef(KG + "Benchmark")) in graph
    assert len(set(graph.predicates(GSM8K))) > 3


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_rdflib_gets_graphs(address: str, method: str) -> None:
    graph = rdflib.Graph(store=SPARQLStore(f"{address}/sparql", method=method))
    for query in (CONSTRUCT, DESCRIBE):
        assert (GSM8K, rdflib.RDF.type, rdflib.URIRef(KG + "Benchmark")) in (graph.query(query).graph or ())
    assert graph.query(ASK).askAnswer is True


@pytest.mark.parametrize("method", [SPARQLWrapper.GET, SPARQLWrapper.POST])
@pytest.mark.parametrize("how", [SPARQLWrapper.URLENCODED, SPARQLWrapper.POSTDIRECTLY])
@pytest.mark.parametrize("form", [SPARQLWrapper.JSON, SPARQLWrapper.XML, SPARQLWrapper.CSV, SPARQLWrapper.TSV])
def test_sparqlwrapper_gets_rows(address: str, method: str, how: str, form: str) -> None:
    if method == SPARQLWrapper.GET and how == SPARQLWrapper.POSTDIRECTLY:
        pytest.skip("is a way to POST")
    wrapper = SPARQLWrapper.SPARQLWrapper(f"{address}/sparql")
    wrapper.setMethod(method)
    wrapper.setRequestMethod(how)
    wrapper.setReturnFormat(form)
    wrapper.setQuery(SELECT)
    found = wrapper.query().convert()
    text = found.toxml() if form == SPARQLWrapper.XML else str(found)
    assert "GSM8K" in text


@pytest.mark.parametrize("form", [SPARQLWrapper.TURTLE, SPARQLWrapper.N3, SPARQLWrapper.RDFXML, SPARQLWrapper.JSONLD])
def test_sparqlwrapper_gets_graphs(address: str, form: str) -> None:
    wrapper = SPARQLWrapper.SPARQLWrapper(f"{address}/sparql", returnFormat=form)
    wrapper.setQuery(CONSTRUCT)
    found: Any = wrapper.query().convert()
    graph = found if isinstance(found, rdflib.Graph) else rdflib.Graph().parse(data=found, format="turtle")
    assert (GSM8K, rdflib.RDF.type, rdflib.URIRef(KG + "Benchmark")) in graph


def test_sparqlwrapper_is_told_what_is_wrong_with_a_query(address: str) -> None:
    wrapper = SPARQLWrapper.SPARQLWrapper(f"{address}/sparql")
    wrapper.setQuery("SELECT ?x {")
    with pytest.raises(SPARQLWrapper.SPARQLExceptions.QueryBadFormed, match="line 1"):
        wrapper.query()


# Under load


@pytest.fixture
def busy(sample_graph: Path) -> Iterator[str]:
    """A server that a few bad clients are at."""
    settings = Settings(db=sample_graph, sparql_seconds=5, sparql_workers=2, sparql_waiting=4, sparql_patience=2)
    with listening(application(settings)) as address:
        yield address


def test_bombs_and_slow_clients_leave_the_others_served(busy: str) -> None:
    host, port = busy.removeprefix("http://").split(":")
    slow = [socket.create_connection((host, int(port))) for _ in range(10)]
    statuses: list[int] = []

    def bomb() -> None:
        statuses.append(httpx.get(f"{busy}/sparql", params={"query": ENDLESS}, timeout=60).status_code)

    bombs = [threading.Thread(target=bomb) for _ in range(12)]
    try:
        for each in slow:  # say that they will send a query, and do not
            each.sendall(b"POST /sparql HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 900\r\n")
            each.sendall(b"Content-Type: application/sparql-query\r\n\r\nSELECT")
        for thread in bombs:
            thread.start()
        while not statuses:  # of more bombs than may wait, the rest is sent away at once
            assert httpx.get(f"{busy}/health", timeout=60).status_code == 200
            assert httpx.get(f"{busy}/data/benchmark/gsm8k.ttl", timeout=60).status_code == 200
    finally:
        for each in slow:
            with closing(each):
                pass
        for thread in bombs:
            thread.join()
    assert set(statuses) == {503}
    assert httpx.get(f"{busy}/sparql", params={"query": ASK}, timeout=60).json()["boolean"] is True
