from __future__ import annotations

import datetime
import io
import json
import socket
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from functools import partial
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from kg.building import build_graph
from kg.errors import ClosedError, KgError
from kg.rdf import to_rdflib
from kg.rdf.sparql import SparqlEngine, literal, python_term, uri
from kg.store import GraphReader

BASE = "https://w3id.org/paperkg/id/"
ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . FILTER(?a < ?g) }"


@pytest.fixture(scope="module")
def engine(sample_graph: Path) -> Iterator[SparqlEngine]:
    with SparqlEngine(sample_graph) as opened:
        yield opened


def test_select_gives_rows_with_python_values(engine: SparqlEngine) -> None:
    answer = engine.ask(
        "SELECT ?name ?confidence ?missing (1 AS ?one) (true AS ?yes) "
        "{ ?claim rdf:object <benchmark/gsm8k>; kg:confidence ?confidence . <benchmark/gsm8k> foaf:name ?name } LIMIT 2"
    )
    assert (answer.kind, answer.count, answer.cut) == ("rows", 2, False)
    row = answer.values()[0]
    assert list(row) == ["name", "confidence", "missing", "one", "yes"]
    assert isinstance(row.pop("confidence"), float)
    assert row == {"name": "GSM8K", "missing": None, "one": 1, "yes": True}


def test_ask_says_yes_or_no(engine: SparqlEngine) -> None:
    assert engine.ask("ASK { <benchmark/gsm8k> a kg:Benchmark }").boolean() is True
    assert engine.ask("ASK { <benchmark/gsm8k> a kg:Metric }").boolean() is False


def test_construct_gives_the_whole_graph(engine: SparqlEngine, reader: GraphReader) -> None:
    made = engine.ask("CONSTRUCT WHERE { ?s ?p ?o }").to_rdflib()
    assert {_value(triple) for triple in made} == {_value(triple) for triple in to_rdflib(reader)}


def _value(triple: tuple[rdflib.term.Node, ...]) -> tuple[object, ...]:
    """The engine keeps numbers by value: 1.0 comes back as 1, a non-negative integer as an integer."""
    *rest, thing = triple
    is_number = isinstance(thing, rdflib.Literal) and isinstance(thing.value, int | Decimal)
    return (*rest, thing.value if is_number else thing)


def test_describe_gives_what_is_said_of_a_thing(engine: SparqlEngine) -> None:
    graph = engine.ask("DESCRIBE <method/grpo>").to_rdflib()
    assert {str(subject) for subject in graph.subjects()} == {BASE + "method/grpo"}


def test_property_paths_climb_families(engine: SparqlEngine) -> None:
    rows = engine.ask(
        "SELECT ?name { <model/qwen2.5-math-7b> skos:broader* ?family . ?family foaf:name ?name }"
    ).values()
    assert {"Qwen2.5", "Qwen"} <= {row["name"] for row in rows}


def test_the_users_own_prefixes_win(engine: SparqlEngine) -> None:
    assert engine.ask("PREFIX kg: <http://example.org/> ASK { ?s a kg:Paper }").boolean() is False


def test_another_base_moves_the_data(sample_graph: Path) -> None:
    with SparqlEngine(sample_graph, "https://example.org/kg/") as engine:
        rows = engine.ask("SELECT ?p { ?p kg:evaluatesOn <benchmark/gsm8k> } LIMIT 1").values()
    assert str(rows[0]["p"]).startswith("https://example.org/kg/paper/")


# Formats


def test_rows_in_each_w3c_format(engine: SparqlEngine) -> None:
    answer = engine.ask("SELECT ?e ?name { VALUES ?e { <benchmark/gsm8k> } ?e rdfs:label ?name }")
    iri = BASE + "benchmark/gsm8k"
    assert answer.serialise("csv").decode().splitlines() == ["e,name", f"{iri},GSM8K"]
    assert answer.serialise("tsv").decode().splitlines() == ["?e\t?name", f'<{iri}>\t"GSM8K"@en']
    assert json.loads(answer.serialise("json"))["results"]["bindings"][0]["name"] == {
        "type": "literal",
        "value": "GSM8K",
        "xml:lang": "en",
    }
    assert ET.fromstring(answer.serialise("xml")).tag == "{http://www.w3.org/2005/sparql-results#}sparql"


@pytest.mark.parametrize(
    ("media", "name"),
    [
        ("turtle", "turtle"),
        ("ntriples", "nt"),
        ("nquads", "nquads"),
        ("trig", "trig"),
        ("jsonld", "json-ld"),
        ("rdfxml", "xml"),
    ],
)
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_graphs_in_each_rdf_format(engine: SparqlEngine, media: str, name: str) -> None:
    answer = engine.ask("CONSTRUCT { ?p dcterms:title ?t } WHERE { ?p dcterms:title ?t }")
    parsed = rdflib.Dataset() if name in ("nquads", "trig", "json-ld") else rdflib.Graph()
    parsed.parse(data=answer.serialise(media), format=name)
    assert {row[:3] for row in parsed} == set(answer.to_rdflib())


def test_a_format_that_cannot_hold_the_result_is_refused(engine: SparqlEngine) -> None:
    with pytest.raises(KgError, match=r"a graph, which csv cannot hold; choose turtle"):
        engine.ask("DESCRIBE <method/grpo>").serialise("csv")
    with pytest.raises(KgError, match=r"rows, which turtle cannot hold; choose json"):
        engine.ask("SELECT * { ?s ?p ?o } LIMIT 1").serialise("turtle")


def test_hostile_texts_survive_in_every_format(hostile_graph: Path, hostile_reader: GraphReader) -> None:
    titles = {str(title) for title in to_rdflib(hostile_reader).objects(None, rdflib.DCTERMS.title)}
    with SparqlEngine(hostile_graph) as engine:
        answer = engine.ask("SELECT ?t { ?p dcterms:title ?t }")
        assert {row["t"] for row in answer.values()} == titles
        for media in ("json", "xml"):
            result = rdflib.query.Result.parse(io.BytesIO(answer.serialise(media)), format=media)
            assert {str(row[0]) for row in result} == titles
        solutions = ox.parse_query_results(answer.serialise("tsv"), format=ox.QueryResultsFormat.TSV)
        assert isinstance(solutions, ox.QuerySolutions)
        assert {row["t"].value for row in solutions} == titles


# Values in place of variables


def test_values_take_the_place_of_variables(engine: SparqlEngine) -> None:
    query = "SELECT ?title { ?p kg:evaluatesOn ?e; dcterms:title ?title . ?e foaf:name ?name FILTER(?title > ?from) }"
    found = engine.ask(query, {"name": literal("GSM8K"), "from": literal("S")}).values()
    assert found
    assert all(str(row["title"]) > "S" for row in found)
    assert engine.ask("ASK { ?p kg:evaluatesOn ?e }", {"e": uri(BASE + "benchmark/gsm8k")}).boolean()


@pytest.mark.parametrize(
    "name",
    ['x" } UNION { ?s ?p ?o } #', "x' || true || 'x", "\\", 'x\\" } #', "?name", "<a:b>", "x\n} #", "\x00", "\ud800"],
)
def test_no_name_breaks_out_of_a_query(engine: SparqlEngine, name: str) -> None:
    query = "SELECT ?e ?name { ?e foaf:name ?given FILTER(STR(?given) = ?name) }"
    assert engine.ask(query, {"name": literal(name)}).count == 0
    echoed = engine.ask("SELECT ?v { BIND(?name AS ?v) }", {"name": literal(name)}).values()
    assert echoed == [{"v": name.encode("utf-8", "replace").decode()}]


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"no name": literal("x")}, "is no name of a variable"),
        ({"e) } #": literal("x")}, "is no name of a variable"),
        ({"e": uri("a b> } #")}, "cannot be used"),
        ({"e": literal("x", language="no language")}, "cannot be used"),
        ({"e": literal("x", datatype="a b:c")}, "cannot be used"),
    ],
)
def test_what_is_no_name_or_term_is_refused(
    engine: SparqlEngine, values: dict[str, dict[str, str]], message: str
) -> None:
    with pytest.raises(KgError, match=message):
        engine.ask("SELECT ?s { ?s ?p ?e }", values)


def test_a_value_where_none_can_stand_is_named(engine: SparqlEngine) -> None:
    with pytest.raises(KgError, match=r"\?n: a value cannot stand"):
        engine.ask("SELECT (1 AS ?n) {}", {"n": literal("x")})


def test_python_values_become_terms() -> None:
    xsd = "http://www.w3.org/2001/XMLSchema#"
    assert python_term(3) == {"type": "literal", "value": "3", "datatype": xsd + "integer"}
    assert python_term(Decimal("0.5"))["datatype"] == xsd + "decimal"
    assert python_term(datetime.date(2024, 1, 2)) == {
        "type": "literal",
        "value": "2024-01-02",
        "datatype": xsd + "date",
    }
    assert python_term(rdflib.Literal("PPO", lang="en")) == {"type": "literal", "value": "PPO", "xml:lang": "en"}
    assert python_term(rdflib.URIRef("a:b")) == uri("a:b")
    with pytest.raises(KgError, match="cannot be bound"):
        python_term([])


# Words


def test_full_text_searches_papers_and_texts(engine: SparqlEngine) -> None:
    of_papers = 'SELECT ?t { ?p a kg:Paper; dcterms:title ?t FILTER(kg:matches(?p, "REWARD models")) }'
    of_titles = 'SELECT ?t { ?p a kg:Paper; dcterms:title ?t FILTER(kg:matches(?t, "LANGUAGE models")) }'
    assert engine.ask(of_papers).count > 0
    titles = [str(row["t"]).lower() for row in engine.ask(of_titles).values()]
    assert titles
    assert all("language" in title and "models" in title for title in titles)


@pytest.mark.parametrize("words", ["", "!?", '" OR zebra', "NEAR(zebra a)", "title:zebra*", "nowhere-to-be-found"])
def test_full_text_takes_any_words_as_words(engine: SparqlEngine, words: str) -> None:
    query = "SELECT ?p { ?p a kg:Paper FILTER(kg:matches(?p, ?words)) }"
    assert engine.ask(query, {"words": literal(words)}).count == 0


# Limits and refusals


def test_more_rows_than_asked_for_are_cut(engine: SparqlEngine) -> None:
    query = "SELECT ?s { ?s a kg:Paper }"
    everything = engine.ask(query).count
    assert [(a.count, a.cut) for a in (engine.ask(query, rows=n) for n in (3, everything, 0))] == [
        (3, True),
        (everything, False),
        (everything, False),
    ]
    graph = engine.ask("CONSTRUCT WHERE { ?s ?p ?o }", rows=7)
    assert (graph.count, graph.cut) == (7, True)


def test_a_query_that_takes_too_long_is_stopped_and_the_next_one_answered(engine: SparqlEngine) -> None:
    with pytest.raises(KgError, match=r"stopped after 0.2 s"):
        engine.ask(ENDLESS, seconds=0.2)
    assert engine.ask("ASK {}").boolean()


@pytest.mark.parametrize(("seconds", "rows"), [(-1, 0), (float("inf"), 0), (float("nan"), 0), (1, -1)])
def test_limits_that_are_none_are_refused(engine: SparqlEngine, seconds: float, rows: int) -> None:
    with pytest.raises(KgError, match="limits are 0 to"):
        engine.ask("ASK {}", seconds=seconds, rows=rows)


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("SELECT ?x {\n  ?x ?p\n}", r"not SPARQL: line 3, column 2, after 'SELECT \?x { \?x \?p }': it cannot go on"),
        (
            "SELECT ?x { ?x nope:p ?y }",
            r"line 1, column 22, after 'SELECT \?x { \?x nope:p': a prefix there is not declared",
        ),
        ("", "not SPARQL: line 1, column 1"),
        ("SELECT ?x { ?x kg:p 'é\ud800' ", "not SPARQL"),
        ("SELECT (kg:nope() AS ?x) {}", "the query failed"),
        ("CLEAR ALL", "CLEAR is refused"),
        ("INSERT DATA { <a:a> <a:b> <a:c> }", "INSERT is refused"),
        ("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", "SERVICE is refused"),
    ],
)
def test_what_cannot_be_answered_is_said_in_one_line(engine: SparqlEngine, query: str, message: str) -> None:
    with pytest.raises(KgError, match=message) as caught:
        engine.ask(query)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 300


def test_no_connection_is_opened_even_where_the_text_hides_the_wish(engine: SparqlEngine) -> None:
    """The engine reads ``<`` as "less than" and SERVICE behind it; whoever reads the text alone sees an IRI."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        address = f"http://127.0.0.1:{server.getsockname()[1]}/"
        with pytest.raises(KgError, match="SERVICE is refused"):
            engine.ask(f"ASK {{ BIND(1 AS ?a) BIND(2 AS ?b) FILTER(?a<?b)SERVICE#>\n<{address}> {{}} }}")
        with pytest.raises(BlockingIOError):
            server.accept()


def test_a_value_may_hold_the_refused_word(engine: SparqlEngine) -> None:
    answer = engine.ask("SELECT ?v {}", {"v": literal('"} SERVICE <http://example.org/> {}')})
    assert answer.values() == [{"v": '"} SERVICE <http://example.org/> {}'}]


# The graph behind it


def test_a_graph_that_grew_answers_with_what_is_new(tmp_path: Path, small_source: Path, sample_source: Path) -> None:
    db = tmp_path / "kg.db"
    build_graph([str(small_source)], db)
    query = "SELECT ?p { ?p a kg:Paper }"
    with SparqlEngine(db) as engine:
        before = engine.ask(query).count
        build_graph([str(sample_source)], db)
        assert engine.ask(query).count > before


def test_no_graph_is_an_error_that_says_what_to_do(tmp_path: Path) -> None:
    with SparqlEngine(tmp_path / "none.db") as engine, pytest.raises(KgError, match="no such graph; make it with"):
        engine.ask("ASK {}")
    with pytest.raises(KgError, match="cannot be a base"):
        SparqlEngine(tmp_path / "none.db", "no base")


# Many threads


def number_of(engine: SparqlEngine, number: int) -> object:
    return engine.ask(f"SELECT ({number} AS ?x) {{}}").values()


def test_each_thread_gets_its_own_answer(engine: SparqlEngine) -> None:
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda number: number_of(engine, number), range(400), timeout=60))
    assert answers == [[{"x": number}] for number in range(400)]


def test_a_query_that_is_stopped_leaves_no_answer_to_another(sample_graph: Path) -> None:
    def ask(engine: SparqlEngine, number: int) -> object:
        if number % 10 == 0:
            with pytest.raises(KgError, match="stopped after"):
                engine.ask(ENDLESS, seconds=0.01)
            return None
        return number_of(engine, number)

    with SparqlEngine(sample_graph) as engine, ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(partial(ask, engine), range(40), timeout=120))
    assert answers == [[{"x": number}] if number % 10 else None for number in range(40)]


def test_an_engine_that_is_closed_meanwhile_ends_what_is_being_asked(sample_graph: Path) -> None:
    with SparqlEngine(sample_graph, workers=1) as engine, ThreadPoolExecutor(2) as threads:
        engine.ask("ASK {}")
        asked = [threads.submit(engine.ask, ENDLESS) for _ in range(2)]
        engine.close()
        for each in asked:
            with pytest.raises(ClosedError, match="the graph is closed"):
                each.result(60)
    with pytest.raises(ClosedError):
        engine.ask("ASK {}")
