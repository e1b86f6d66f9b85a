"""All formats say the same, to two parsers that know nothing of us or each other."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib.compare import isomorphic
from rdflib.namespace import FOAF

from kg.iris import entity_iri, iri_path, paper_iri, safe_iri
from kg.model import Author
from kg.rdf import RDF_FORMATS, EvidenceLevel, RdfOptions, ntriples_chunks
from kg.rdf.authors import author_nodes
from kg.rdf.jsonld import load_context
from kg.rdf.nodes import EN, IRI, TEXT, Node
from kg.rdf.terms import PREFIXES, expand
from kg.store import GraphReader
from kg.text.characters import carriable
from tests.conftest import environment
from tests.rdf.conftest import OXIGRAPH, by_oxigraph, by_rdflib, exported

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")  # rdflib's, of its own interfaces
FORMATS = list(RDF_FORMATS)
FULL = RdfOptions(EvidenceLevel.FULL, abstracts=True)
SUBJECT = "https://example.org/s"
# Anything but what no SQLite file can hold: lone surrogates become replacement characters before they get here.
TEXTS = st.text(st.characters(codec="utf-8"), max_size=40) | st.text(
    "\x00\x1f\x7f\x85\ufffe\r\n\t\\\"'<&]>\u2028\u202e "
)


@pytest.mark.parametrize("output_format", FORMATS)
@pytest.mark.parametrize("which", ["sample_graph", "hostile_graph", "authored_graph"])
def test_two_parsers_read_the_same_from_each_format(
    which: str, output_format: str, request: pytest.FixtureRequest
) -> None:
    path = request.getfixturevalue(which)
    data = exported(path, output_format, options=FULL)
    found = by_oxigraph(data, output_format)
    assert len(found) > 100
    assert found == by_oxigraph(exported(path, "ntriples", options=FULL), "ntriples")
    lines = ox.serialize([quad.triple for quad in found], format=ox.RdfFormat.N_TRIPLES)
    assert isomorphic(by_rdflib(data, output_format), rdflib.Graph().parse(data=lines, format="nt"))


@pytest.mark.parametrize("output_format", FORMATS)
def test_no_triple_is_stated_twice(output_format: str, sample_graph: Path) -> None:
    quads = list(ox.parse(exported(sample_graph, output_format), format=OXIGRAPH[output_format]))
    assert len(quads) == len(set(quads))


@settings(max_examples=30)
@given(text=TEXTS, kind=st.sampled_from([TEXT, EN]))
@pytest.mark.parametrize("output_format", FORMATS)
def test_any_text_comes_back_from_each_format(output_format: str, text: str, kind: str) -> None:
    wanted = carriable(text)
    data = _bytes(output_format, (SUBJECT, [("rdfs:label", kind, wanted)]))
    (quad,) = by_oxigraph(data, output_format)
    (value,) = by_rdflib(data, output_format).objects()
    assert isinstance(quad.object, ox.Literal)
    assert (quad.object.value, str(value)) == (wanted, wanted)


@settings(max_examples=30)
@given(names=st.lists(TEXTS, min_size=1, max_size=12))
@pytest.mark.parametrize("output_format", FORMATS)
def test_any_authors_come_back_in_order_from_each_format(output_format: str, names: list[str]) -> None:
    nodes = author_nodes(SUBJECT, [Author(name, family=name, orcid=name) for name in names])
    data = "".join(RDF_FORMATS[output_format](nodes)).encode()
    graph = by_rdflib(data, output_format)
    (order,) = graph.subjects(rdflib.RDF.type, rdflib.RDF.Seq)
    authors = [graph.value(order, rdflib.RDF[f"_{place}"]) for place in range(1, len(names) + 1)]
    assert [str(graph.value(author, FOAF.name)) for author in authors] == [carriable(name) for name in names]
    assert len(by_oxigraph(data, output_format)) == len(graph)


@settings(max_examples=30)
@given(name=TEXTS)
@pytest.mark.parametrize("output_format", FORMATS)
def test_any_name_makes_an_iri_for_each_format(output_format: str, name: str) -> None:
    data = _bytes(output_format, (paper_iri(name), [("kg:mentions", IRI, entity_iri(name))]))
    (quad,) = by_oxigraph(data, output_format)
    ((subject, _, target),) = by_rdflib(data, output_format)
    assert (quad.subject.value, quad.object.value) == (str(subject), str(target)) == (paper_iri(name), entity_iri(name))


@settings(max_examples=30)
@given(iri=TEXTS | TEXTS.map("https://example.org/{}".format) | TEXTS.map("urn:{}".format))
@pytest.mark.parametrize("output_format", FORMATS)
def test_iris_from_outside_are_either_refused_or_fit_for_each_format(output_format: str, iri: str) -> None:
    safe = safe_iri(iri)
    if safe is None:
        return
    data = _bytes(output_format, (SUBJECT, [("skos:exactMatch", IRI, safe)]))
    (quad,) = by_oxigraph(data, output_format)
    (value,) = by_rdflib(data, output_format).objects()
    assert quad.object.value == str(value) == safe


def _bytes(output_format: str, node: Node) -> bytes:
    return "".join(RDF_FORMATS[output_format]([node])).encode()


def test_replaced_characters_keep_all_offsets() -> None:
    text = "a\x00b\ufffec\x1bd\te"
    assert carriable(text) == "a\ufffdb\ufffdc\ufffdd\te"


def test_paths_that_resolving_would_change_are_encoded() -> None:
    assert iri_path("doi/10.1/../x/./y") == "doi/10.1/%2E%2E/x/%2E/y"


@pytest.mark.parametrize("output_format", FORMATS)
def test_the_bytes_are_the_same_in_another_process(output_format: str, sample_graph: Path) -> None:
    program = (
        "import kg, sys; from kg.rdf import write_rdf; "
        f"write_rdf(kg.open({str(sample_graph)!r}).reader, {output_format!r}, sys.stdout.buffer)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=True, env=environment(PYTHONHASHSEED="7")
    )
    assert done.stdout == exported(sample_graph, output_format)


def test_quads_are_the_triples(sample_graph: Path) -> None:
    assert exported(sample_graph, "nquads") == exported(sample_graph, "ntriples")


def test_chunks_of_n_triples_end_at_line_ends(sample_graph: Path) -> None:
    with GraphReader(sample_graph) as reader:
        chunks = list(ntriples_chunks(reader))
    assert b"".join(chunks) == exported(sample_graph, "ntriples")
    assert all(chunk.endswith(b" .\n") for chunk in chunks)


def test_json_ld_needs_no_network_and_says_things_in_short(sample_graph: Path) -> None:
    document = json.loads(exported(sample_graph, "jsonld"))
    assert document["@context"] == load_context()
    paper = next(node for node in document["@graph"] if "kg:Paper" in node["@type"])
    assert isinstance(paper["title"], str)
    claim = next(node for node in document["@graph"] if "kg:Claim" in node["@type"])
    assert isinstance(claim["confidence"], str)
    assert claim["subject"].startswith("https://")


def test_the_context_means_what_the_ontology_says() -> None:
    context = load_context()
    assert {name: iri for name, iri in context.items() if name in PREFIXES} == {
        prefix: iri for prefix, iri in PREFIXES.items() if prefix in context
    }
    names = [meaning["@id"] for meaning in context.values() if isinstance(meaning, dict)]
    assert len(names) == len(set(names))
    assert all(expand(name).startswith("http") for name in names)
