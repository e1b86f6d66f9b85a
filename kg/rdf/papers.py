"""One paper as RDF: what it is, its claims with their evidence, its results."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kg.iris import (
    claim_iri,
    derivation_iri,
    doi_iri,
    entity_iri,
    evidence_iri,
    iri_path,
    paper_iri,
    result_iri,
)
from kg.model import (
    BODY,
    PAPER_FIELDS,
    Derivation,
    EntityType,
    Evidence,
    Paper,
    Passage,
    PassageKind,
    Result,
    entity_of,
    quote,
    text_of,
)
from kg.questions.paper import PaperLink, PaperProfile
from kg.questions.parts import PartHead
from kg.rdf.authors import author_nodes, author_properties
from kg.rdf.evaluations import evaluation_nodes, evaluation_result
from kg.rdf.nodes import IRI, TERM, TEXT, Node, Property, a, decimal
from kg.rdf.options import EvidenceLevel, RdfOptions
from kg.rdf.terms import LPWC_RELATIONS, PUBLICATIONS, RELATIONS
from kg.text.characters import carriable
from kg.text.reading import render

__all__ = ["PaperNodes"]

_DECIMAL, _COUNT = "xsd:decimal", "xsd:nonNegativeInteger"
# Made once: every claim and every proof has them.
_CLAIM, _STATEMENT, _ANNOTATION = a("kg:Claim"), a("rdf:Statement"), a("oa:Annotation")
_RESOURCE, _POSITION, _QUOTE = a("oa:SpecificResource"), a("oa:TextPositionSelector"), a("oa:TextQuoteSelector")
_LINKING: Property = ("oa:motivatedBy", TERM, "oa:linking")
_DATE_TYPES = {4: "xsd:gYear", 7: "xsd:gYearMonth", 10: "xsd:date"}


class PaperNodes:
    """The nodes of one paper."""

    def __init__(self, profile: PaperProfile, base: str, options: RdfOptions, activity: str | None) -> None:
        self._profile = profile
        self._base = base
        self._options = options
        self._activity = activity
        self._iri = paper_iri(profile.paper.id, base)

    def nodes(self, sources: list[str]) -> Iterator[Node]:
        """The paper with its links, its authors and texts, claims and results with evidence; ``sources`` are IRIs."""
        profile = self._profile
        properties = self._paper(profile.paper)
        properties += [("prov:wasDerivedFrom", IRI, source) for source in sources]
        for link in profile.links:
            properties += self._link(link)
        results = [(result_iri(self._iri, number), result) for number, result in enumerate(profile.results, 1)]
        properties += [("kg:reports", IRI, node) for node, _ in results]
        types = {link.entity_id: link.type for link in profile.links} if results else {}
        evaluations = evaluation_nodes(self._iri, results, types, self._base)
        properties += [("lpwcp:hasEvaluation", IRI, node) for node, _ in evaluations]
        yield self._iri, properties
        yield from author_nodes(self._iri, profile.paper.authors)
        if self._options.evidence is EvidenceLevel.FULL:
            yield from (self._text(passage) for passage in profile.paper.passages if passage.text)
            yield from map(self._part, profile.parts)
        for link in profile.links:
            yield from self._claim(link)
        for node, result in results:
            yield from self._result(node, result, types)
        yield from evaluations
        if self._options.evidence is not EvidenceLevel.NONE:
            yield from (self._derivation(number, each) for number, each in enumerate(profile.derivations, 1))

    def _paper(self, paper: Paper) -> list[Property]:
        title = carriable(render(paper.title).text)
        properties: list[Property] = [
            a("kg:Paper"),
            *map(a, PUBLICATIONS.get(paper.type, PUBLICATIONS[None])),
            # Without a language: it is not known, and Linked Papers With Code has plain strings.
            ("dcterms:title", TEXT, title),
            ("schema:name", TEXT, title),
            ("schema:headline", TEXT, title),
        ]
        if self._options.abstracts and paper.abstract:
            properties.append(("dcterms:abstract", TEXT, carriable(render(paper.abstract).text)))
        if paper.date:
            properties.append(("dcterms:date", _DATE_TYPES.get(len(paper.date), TEXT), paper.date))
        if paper.arxiv:
            properties.append(("fabio:hasArXivId", TEXT, carriable(paper.arxiv)))
            properties.append(("schema:sameAs", IRI, f"https://arxiv.org/abs/{iri_path(paper.arxiv)}"))
        if paper.doi:
            properties.append(("dcterms:identifier", TEXT, f"doi:{carriable(paper.doi)}"))
            properties.append(("schema:sameAs", IRI, doi_iri(paper.doi)))
        properties += author_properties(self._iri, paper.authors)
        for field in PAPER_FIELDS:
            if field.rdf is None:
                continue
            value = getattr(paper, field.name)
            predicate, datatype = field.rdf
            kind = TEXT if datatype == "xsd:string" else datatype
            values = value if field.stored.is_list else () if value in (None, "") else (value,)
            properties += [(predicate, kind, each) for each in dict.fromkeys(carriable(str(each)) for each in values)]
        records = dict.fromkeys(carriable(source) for source in paper.sources)
        properties += [("kg:sourceRecord", TEXT, record) for record in records]
        return properties

    def _text(self, passage: Passage) -> Node:
        """The stored text of a passage, which the offsets count in."""
        properties: list[Property] = [
            a("kg:Text"),
            ("dcterms:isPartOf", IRI, self._iri),
            ("kg:field", TEXT, passage.kind),
            ("kg:textLength", _COUNT, str(len(passage.text))),
        ]
        if passage.kind is PassageKind.TITLE or self._options.abstracts:
            properties.append(("rdf:value", TEXT, carriable(passage.text)))
        return self._place(passage.kind, passage.place), properties

    def _part(self, part: PartHead) -> Node:
        """A part of the full text, whose text is its publisher's."""
        properties: list[Property] = [
            a("kg:Text"),
            ("dcterms:isPartOf", IRI, self._iri),
            ("kg:field", TEXT, part.kind),
            ("kg:textLength", _COUNT, str(part.length)),
        ]
        if name := part.name:
            properties.append(("dcterms:title", TEXT, carriable(name)))
        return self._place(part.kind, part.place), properties

    def _place(self, kind: PassageKind, place: int) -> str:
        return f"{self._iri}/{kind}" if place < BODY else f"{self._iri}/part/{place}"

    def _link(self, link: PaperLink) -> list[Property]:
        """The plain facts, for queries that do not care about confidence and evidence."""
        target = entity_iri(link.entity_id, self._base)
        properties: list[Property] = [(RELATIONS[link.relation], IRI, target), ("schema:mentions", IRI, target)]
        if lpwc := LPWC_RELATIONS.get((link.relation, link.type)):
            properties.append((lpwc, IRI, target))
        return properties

    def _claim(self, link: PaperLink) -> Iterator[Node]:
        """The same fact as a node of its own, with confidence, evidence and origin."""
        claim = claim_iri(self._iri, link.entity_id)
        pieces: list[tuple[str, Evidence]] = []
        if self._options.evidence is not EvidenceLevel.NONE:
            pieces = [(evidence_iri(claim, number), piece) for number, piece in enumerate(link.evidence, 1)]
        properties: list[Property] = [
            _CLAIM,
            _STATEMENT,
            ("rdf:subject", IRI, self._iri),
            ("rdf:predicate", TERM, RELATIONS[link.relation]),
            ("rdf:object", IRI, entity_iri(link.entity_id, self._base)),
            ("kg:confidence", _DECIMAL, decimal(link.confidence)),
        ]
        properties += [("prov:wasDerivedFrom", IRI, node) for node, _ in pieces]
        if self._activity:
            properties.append(("prov:wasGeneratedBy", IRI, self._activity))
        yield claim, properties
        for node, piece in pieces:
            about: list[Property] = [
                ("kg:supports", TERM, RELATIONS[piece.relation]),
                ("kg:foundBy", TEXT, piece.rule),
                ("kg:surface", TEXT, carriable(piece.surface)),
            ]
            yield from self._annotation(node, claim, piece, piece.score, about)

    def _annotation(
        self, node: str, body: str, proof: Evidence | Result, confidence: float, about: list[Property]
    ) -> Iterator[Node]:
        """Where a text says so. The selectors are those of the Web Annotation model, over the stored text."""
        full = self._options.evidence is EvidenceLevel.FULL
        target = f"{node}/target"
        yield (
            node,
            [
                _ANNOTATION,
                ("oa:hasBody", IRI, body),
                ("oa:hasTarget", IRI, target if full else self._iri),
                _LINKING,
                ("kg:confidence", _DECIMAL, decimal(confidence)),
                ("kg:sentence", TEXT, carriable(proof.sentence)),
                ("kg:field", TEXT, proof.passage),
                *about,
            ],
        )
        if not full:
            return
        position, exact = f"{node}/position", f"{node}/quote"
        yield (
            target,
            [
                _RESOURCE,
                ("oa:hasSource", IRI, self._place(proof.passage, proof.anchor.place)),
                ("oa:hasSelector", IRI, position),
                ("oa:hasSelector", IRI, exact),
            ],
        )
        yield (
            position,
            [
                _POSITION,
                ("oa:start", _COUNT, str(proof.anchor.start)),
                ("oa:end", _COUNT, str(proof.anchor.end)),
            ],
        )
        yield (
            exact,
            [
                _QUOTE,
                ("oa:exact", TEXT, carriable(quote(proof))),
            ],
        )

    def _result(self, node: str, result: Result, types: Mapping[str, EntityType]) -> Iterator[Node]:
        properties: list[Property] = [
            a("kg:Result"),
            a("mls:ModelEvaluation"),
            *evaluation_result(result),
            ("mls:hasValue", TEXT, carriable(result.value)),
            ("kg:resultKind", TEXT, result.kind),
            ("kg:confidence", _DECIMAL, decimal(result.confidence)),
        ]
        if (number := result.finite_number) is not None:
            properties.append(("kg:number", _DECIMAL, decimal(number)))
        for predicate, text in (
            ("kg:unit", result.unit),
            ("kg:metricName", text_of(result.metric)),
            ("kg:measuredOnName", text_of(result.on)),
            ("kg:achievedByName", text_of(result.of)),
        ):
            if text:
                properties.append((predicate, TEXT, carriable(text)))
        properties += [(name, TEXT, carriable(text)) for name, text in _told(result)]
        if (conditions := result.conditions) and conditions.own is not None:
            properties.append(("kg:own", "xsd:boolean", "true" if conditions.own else "false"))
        properties += self._measured(result, types)
        evidence = f"{node}/evidence"
        if self._options.evidence is not EvidenceLevel.NONE:
            properties.append(("prov:wasDerivedFrom", IRI, evidence))
        if self._activity:
            properties.append(("prov:wasGeneratedBy", IRI, self._activity))
        yield node, properties
        if self._options.evidence is not EvidenceLevel.NONE:
            yield from self._annotation(evidence, node, result, result.confidence, [])

    def _measured(self, result: Result, types: Mapping[str, EntityType]) -> list[Property]:
        """The entities that a result is between; with data or a model it is an evaluation as FAIR4ML has them."""
        properties: list[Property] = []
        fair: list[Property] = []
        if metric := entity_of(result.metric):
            properties.append(("mls:specifiedBy", IRI, entity_iri(metric, self._base)))
        if (data := entity_of(result.on)) and types.get(data) is EntityType.TASK:
            properties.append(("kg:onTask", IRI, entity_iri(data, self._base)))
        elif data:
            properties.append(("kg:measuredOn", IRI, entity_iri(data, self._base)))
            fair.append(("fair4ml:evaluationDataset", IRI, entity_iri(data, self._base)))
        if achiever := entity_of(result.of):
            properties.append(("kg:achievedBy", IRI, entity_iri(achiever, self._base)))
            if types.get(achiever) is EntityType.MODEL:
                fair.append(("fair4ml:evaluatedMLModel", IRI, entity_iri(achiever, self._base)))
        return [a("fair4ml:MLModelEvaluation"), *properties, *fair] if fair else properties

    def _derivation(self, number: int, stated: Derivation) -> Node:
        """That one thing builds on another, with the sentence that says so."""
        properties: list[Property] = [
            a("kg:Derivation"),
            _STATEMENT,
            ("rdf:subject", IRI, entity_iri(stated.entity_id, self._base)),
            ("rdf:predicate", TERM, "kg:buildsOn"),
            ("rdf:object", IRI, entity_iri(stated.other_id, self._base)),
            ("kg:sentence", TEXT, carriable(stated.sentence)),
            ("kg:field", TEXT, stated.passage),
            ("prov:wasDerivedFrom", IRI, self._iri),
        ]
        if self._activity:
            properties.append(("prov:wasGeneratedBy", IRI, self._activity))
        return derivation_iri(self._iri, number), properties


def _told(result: Result) -> Iterator[tuple[str, str]]:
    """What is told of a result beside its parts, by property."""
    if told := result.conditions:
        for name, text in (
            ("kg:split", told.split),
            ("kg:suite", told.suite),
            ("kg:setting", told.setting),
            ("kg:baseName", told.base),
            ("kg:deviation", told.deviation),
            ("kg:better", told.better),
        ):
            if text:
                yield name, text
    if cell := result.cell:
        yield from (("kg:row", cell.row), ("kg:column", cell.column), ("kg:cell", cell.text))
