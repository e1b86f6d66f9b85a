"""Every fact of the graph as RDF triples, in a fixed order."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from kg.iris import DEFAULT_BASE, entity_iri, paper_iri
from kg.model import Entity, Evidence, Paper, Result
from kg.rdf.terms import CLASSES, RELATIONS, term
from kg.store import GraphReader, Link
from kg.text.latex import render

__all__ = ["graph_triples"]

_TYPE = term("rdf:type")
_INTEGER, _DECIMAL = term("xsd:nonNegativeInteger"), term("xsd:decimal")
_DATE_TYPES = {4: term("xsd:gYear"), 7: term("xsd:gYearMonth"), 10: term("xsd:date")}


def graph_triples(reader: GraphReader, base: str = DEFAULT_BASE) -> Iterator[ox.Triple]:
    """All entities, then all papers with their links, evidence and results."""
    for entity in reader.entities():
        yield from _entity(entity, base)
    for paper in reader.papers():
        yield from _paper(paper, base)
        evidence = reader.evidence_of(paper)
        for link in reader.links_of(paper.id):
            yield from _link(link, paper, evidence.get(link.entity_id, []), base)
        for number, result in enumerate(reader.results_of(paper.id), 1):
            yield from _result(number, result, paper, base)


def _entity(entity: Entity, base: str) -> Iterator[ox.Triple]:
    node = ox.NamedNode(entity_iri(entity.id, base))
    for kind in CLASSES[entity.type]:
        yield ox.Triple(node, _TYPE, kind)
    yield ox.Triple(node, _TYPE, term("skos:Concept"))
    yield ox.Triple(node, term("skos:prefLabel"), ox.Literal(entity.label, language="en"))
    for alias in entity.aliases:
        yield ox.Triple(node, term("skos:altLabel"), ox.Literal(alias, language="en"))
    for parent in entity.broader:
        yield ox.Triple(node, term("skos:broader"), ox.NamedNode(entity_iri(parent, base)))
    for other in entity.exact_matches:
        yield ox.Triple(node, term("skos:exactMatch"), ox.NamedNode(other))


def _paper(paper: Paper, base: str) -> Iterator[ox.Triple]:
    node = ox.NamedNode(paper_iri(paper.id, base))
    for kind in ("kg:Paper", "fabio:ResearchPaper", "lpwc:paper", "schema:ScholarlyArticle"):
        yield ox.Triple(node, _TYPE, term(kind))
    yield ox.Triple(node, term("dcterms:title"), ox.Literal(render(paper.title).text, language="en"))
    if paper.date:
        yield ox.Triple(node, term("dcterms:date"), ox.Literal(paper.date, datatype=_DATE_TYPES[len(paper.date)]))
    if paper.arxiv:
        yield ox.Triple(node, term("fabio:hasArXivId"), ox.Literal(paper.arxiv))
    if paper.doi:
        yield ox.Triple(node, term("dcterms:identifier"), ox.Literal(f"doi:{paper.doi}"))


def _link(link: Link, paper: Paper, evidence: list[Evidence], base: str) -> Iterator[ox.Triple]:
    """The plain triple, and the claim as a node of its own with confidence and evidence."""
    subject, target = ox.NamedNode(paper_iri(paper.id, base)), ox.NamedNode(entity_iri(link.entity_id, base))
    predicate = RELATIONS[link.relation]
    claim = ox.NamedNode(f"{subject.value}/claim/{entity_iri(link.entity_id, '')}")
    yield ox.Triple(subject, predicate, target)
    yield ox.Triple(claim, _TYPE, term("kg:Claim"))
    yield ox.Triple(claim, term("rdf:subject"), subject)
    yield ox.Triple(claim, term("rdf:predicate"), predicate)
    yield ox.Triple(claim, term("rdf:object"), target)
    yield ox.Triple(claim, term("kg:confidence"), ox.Literal(str(link.confidence), datatype=_DECIMAL))
    for number, piece in enumerate(evidence, 1):
        yield from _annotation(ox.NamedNode(f"{claim.value}/evidence/{number}"), claim, subject, piece)


def _annotation(node: ox.NamedNode, claim: ox.NamedNode, source: ox.NamedNode, piece: Evidence) -> Iterator[ox.Triple]:
    target, position, quote = (ox.NamedNode(f"{node.value}/{part}") for part in ("target", "position", "quote"))
    yield ox.Triple(claim, term("prov:wasDerivedFrom"), node)
    yield ox.Triple(node, _TYPE, term("oa:Annotation"))
    yield ox.Triple(node, term("oa:hasBody"), claim)
    yield ox.Triple(node, term("oa:hasTarget"), target)
    yield ox.Triple(node, term("kg:confidence"), ox.Literal(str(piece.confidence), datatype=_DECIMAL))
    yield ox.Triple(node, term("kg:sentence"), ox.Literal(piece.sentence))
    yield ox.Triple(node, term("kg:field"), ox.Literal(piece.field))
    yield ox.Triple(target, term("oa:hasSource"), source)
    yield ox.Triple(target, term("oa:hasSelector"), position)
    yield ox.Triple(target, term("oa:hasSelector"), quote)
    yield ox.Triple(position, _TYPE, term("oa:TextPositionSelector"))
    yield ox.Triple(position, term("oa:start"), ox.Literal(str(piece.start), datatype=_INTEGER))
    yield ox.Triple(position, term("oa:end"), ox.Literal(str(piece.end), datatype=_INTEGER))
    yield ox.Triple(quote, _TYPE, term("oa:TextQuoteSelector"))
    yield ox.Triple(quote, term("oa:exact"), ox.Literal(piece.surface))


def _result(number: int, result: Result, paper: Paper, base: str) -> Iterator[ox.Triple]:
    subject = ox.NamedNode(paper_iri(paper.id, base))
    node = ox.NamedNode(f"{subject.value}/result/{number}")
    yield ox.Triple(subject, term("kg:reports"), node)
    yield ox.Triple(node, _TYPE, term("kg:Result"))
    yield ox.Triple(node, _TYPE, term("mls:ModelEvaluation"))
    yield ox.Triple(node, term("mls:hasValue"), ox.Literal(result.value))
    yield ox.Triple(node, term("kg:resultKind"), ox.Literal(result.kind))
    for predicate, name in (
        ("kg:metricName", result.metric),
        ("kg:measuredOnName", result.on),
        ("kg:achievedByName", result.of),
    ):
        if name:
            yield ox.Triple(node, term(predicate), ox.Literal(name))
