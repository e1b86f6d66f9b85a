from __future__ import annotations

from kg.exports.elements import EDGE_ATTRIBUTES, NODE_ATTRIBUTES, edges, nodes
from kg.iris import entity_iri, paper_iri
from kg.questions.derived import entity_relations, introduced_by
from kg.store import GraphReader


def test_attributes_are_those_that_are_declared_and_of_the_declared_types(reader: GraphReader) -> None:
    for element, declared in [(n, NODE_ATTRIBUTES) for n in nodes(reader)] + [
        (e, EDGE_ATTRIBUTES) for e in edges(reader)
    ]:
        assert all(type(value) is declared[name] for name, value in element.attributes.items())


def test_nothing_empty_is_an_attribute(hostile_reader: GraphReader) -> None:
    values = [v for part in (nodes(hostile_reader), edges(hostile_reader)) for e in part for v in e.attributes.values()]
    assert all(value is not None and value not in ("", ()) for value in values)


def test_every_link_has_its_sentence_with_the_name_in_it(reader: GraphReader) -> None:
    links = [edge.attributes for edge in edges(reader) if "confidence" in edge.attributes]
    assert links
    assert all(str(link["surface"]) in str(link["sentence"]) for link in links)


def test_papers_and_entities_keep_what_is_known_of_them(reader: GraphReader) -> None:
    attributes = {node.id: node.attributes for node in nodes(reader)}
    for paper in reader.papers():
        given = attributes[paper_iri(paper.id)]
        assert (given.get("date"), given.get("author_count")) == (paper.date, paper.author_count)
        assert given["sources"] == paper.sources
    for entity in reader.entities():
        given = attributes[entity_iri(entity.id)]
        assert (given.get("aliases", ()), given["known"]) == (entity.aliases, entity.known)


def test_an_entity_counts_its_papers(reader: GraphReader) -> None:
    linked = [edge.target for edge in edges(reader) if "confidence" in edge.attributes]
    counts = {node.id: node.attributes["papers"] for node in nodes(reader) if node.attributes["kind"] != "paper"}
    assert counts == {node: linked.count(node) for node in counts}


def test_entities_are_tied_by_all_that_the_graph_says_of_them(reader: GraphReader) -> None:
    found = {(e.source, str(e.attributes["relation"]), e.target) for e in edges(reader)}
    for one, relation, other in entity_relations(reader):
        if relation != "introduced_by":
            assert (entity_iri(one), str(relation), entity_iri(other)) in found
    introduced = {(n.id, paper) for n in nodes(reader) for paper in n.attributes.get("introduced_by", ())}
    assert introduced == {(entity_iri(one), paper_iri(other)) for one, other in introduced_by(reader)}


def test_an_edge_weighs_what_the_link_is_sure_of(reader: GraphReader) -> None:
    for edge in edges(reader):
        assert edge.attributes["weight"] == edge.attributes.get("confidence", 1.0)
        assert edge.attributes["label"] == str(edge.attributes["relation"]).replace("_", " ")
