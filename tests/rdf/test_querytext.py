from __future__ import annotations

from contextlib import suppress

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import KgError
from kg.rdf.querytext import bind, check_reads_only

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
NASTY = (
    '" } INSERT DATA { <a:a> <a:b> <a:c> } #',
    "' } UNION { ?s ?p ?o } #",
    '""" . ?s ?p ?o . """',
    "\\",
    '\\"',
    "\\u0022 } #",
    "line\nend\r\ttab",
    "<http://example.org/> ?name $name @en ^^xsd:integer",
    "\x00\x07\ufffe\u202e",
)


def selected(query: str) -> list[str]:
    store = ox.Store()
    store.add(ox.Quad(ox.NamedNode("a:s"), ox.NamedNode("a:p"), ox.Literal("o")))
    results = store.query(query)
    assert isinstance(results, ox.QuerySolutions)
    return [str(row["x"].value) for row in results]


@given(TEXTS | st.sampled_from(NASTY))
@pytest.mark.parametrize(
    "query",
    [
        "SELECT (?v AS ?x) WHERE {}",
        "SELECT ?x WHERE { BIND(?v AS ?x) }",
        "SELECT ?x WHERE { VALUES ?v { 'default' } BIND(?v AS ?x) }",
        "SELECT ?x WHERE { { SELECT ?x WHERE { ?s <a:p> ?o BIND(CONCAT('', $v) AS ?x) } } }",
    ],
)
def test_any_text_comes_back_as_itself_and_nothing_else(query: str, text: str) -> None:
    assert selected(bind(query, {"v": str(ox.Literal(text))})) == [text]


@given(TEXTS | st.sampled_from(NASTY))
@pytest.mark.parametrize("around", ["'{}'", '"{}"', "'''{}'''", '"""{}"""', "<{}>", "# {}\n"])
def test_a_value_never_ends_what_it_lands_in(around: str, text: str) -> None:
    """Even if it were put inside a string, IRI or comment, which it never is: the query fails or says the same."""
    value = bind("?v", {"v": str(ox.Literal(text))})
    inside = f"SELECT ?x WHERE {{ ?s ?p ?x FILTER(?x = 'o' || ?x = {around.format(value)}\n) }}"
    with suppress(SyntaxError):
        assert selected(inside) == ["o"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("SELECT * { ?s ?p '?v' }", "SELECT * { ?s ?p '?v' }"),
        ("SELECT * { ?s <a:?v> ?v }", 'SELECT * { ?s <a:?v> "x" }'),
        ("SELECT * { ?s ?p ?o } # ?v", "SELECT * { ?s ?p ?o } # ?v"),
        ("SELECT * { ?s ?p ?vv }", "SELECT * { ?s ?p ?vv }"),
        ('SELECT * { ?s ?p """ "?v" """ }', 'SELECT * { ?s ?p """ "?v" """ }'),
        ("SELECT (COUNT(?v) AS ?n) {}", 'SELECT (COUNT("x") AS ?n) {}'),
        ("SELECT DISTINCT ?a $v {}", 'SELECT DISTINCT ?a ("x" AS $v) {}'),
        ("SELECT ?v { VALUES ?v { 1 2 } }", 'SELECT ?v { VALUES ?v { "x" } }'),
        ("SELECT ?v { values # why\n ?v {1 '}' } }", 'SELECT ?v { values # why\n ?v { "x" } }'),
        ("SELECT * { FILTER(?a <?v && ?v> ?b) }", 'SELECT * { FILTER(?a <"x" && "x"> ?b) }'),
    ],
)
def test_only_variables_are_replaced(query: str, expected: str) -> None:
    assert bind(query, {"v": '"x"'}) == expected


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }",
        "SELECT * { service silent ?x{ ?s ?p ?o } }",
        "SELECT * { ?s ?p 'SERVICE' . SERVICE<http://example.org/>{} }",
        "ASK { FILTER EXISTS { SERVICE <http://example.org/> {} } }",
        "SELECT * { ?s ?p true\\u0053ervice<http://example.org/>{} }",
        "SELECT * { ?s ?p 5\\U00000053ERVICE<http://example.org/>{} }",
        "SELECT * { \\u005Cu0053ERVICE <http://example.org/> {} }",
        "ASK { FILTER(?a<?b)SERVICE#>\n<http://example.org/> {} }",  # "<" as "less than", not as an IRI's beginning
        "SELECT * { ?s ?p 'customer service' }",  # no danger, but told apart from it only by the engine
    ],
)
def test_federation_is_refused(query: str) -> None:
    with pytest.raises(KgError, match="SERVICE is refused"):
        check_reads_only(query)


@pytest.mark.parametrize(
    "query",
    [
        "INSERT DATA { <a:a> <a:b> <a:c> }",
        "DELETE WHERE { ?s ?p ?o }",
        "PREFIX a: <a:> LOAD <http://example.org/>",
        "# comment\nclear all",
        "DROP GRAPH <a:g>",
        "WITH <a:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    ],
)
def test_updates_are_refused(query: str) -> None:
    with pytest.raises(KgError, match="is refused"):
        check_reads_only(query)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?insert ?p 'INSERT' } # INSERT",
        "# INSERT\nSELECT * { ?s <http://example.org/INSERT> kg:insert }",
        "PREFIX insert: <a:> SELECT ?insert { ?insert insert:load 'DELETE' }",
    ],
)
def test_words_that_only_look_like_it_are_not(query: str) -> None:
    check_reads_only(query)
