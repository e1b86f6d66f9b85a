"""The whole graph as RDF, node by node, in a fixed order.

A node is a subject and its properties; a property is (predicate, kind of object, object). Predicates, classes and
datatypes are prefixed names (``kg.rdf.terms``), and texts hold only what every format can carry, so that a writer has
nothing to decide. No node is blank: every part of a claim can be cited, and two exports compare as sets of lines.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import groupby
from operator import itemgetter

from kg.iris import DEFAULT_BASE, entity_iri, iri_path, paper_iri, safe_iri
from kg.model import Entity, EntityType, Evidence, Field, Paper, Result
from kg.query.derived import NameResolver, builds_on, introduced_by, measured_by
from kg.query.papers import PaperLink, PaperProfile
from kg.query.walk import Groups, walk_entities, walk_papers
from kg.rdf.terms import CLASSES, LPWC_RELATIONS, RELATIONS
from kg.store import GraphReader
from kg.text.latex import render

__all__ = ["EN", "IRI", "TERM", "TEXT", "EvidenceLevel", "Node", "Property", "RdfOptions", "carriable", "graph_nodes"]

IRI, TERM, TEXT, EN = "iri", "term", "text", "en"
"""Kinds of object: an IRI, a prefixed name, a plain string, a string in English; any other kind is its datatype."""

Property = tuple[str, str, str]
Node = tuple[str, list[Property]]

_DECIMAL, _COUNT = "xsd:decimal", "xsd:nonNegativeInteger"
_DATE_TYPES = {4: "xsd:gYear", 7: "xsd:gYearMonth", 10: "xsd:date"}
_SCHEME = "https://w3id.org/paperkg/vocabulary/"
_VERSIONS = ("kg:extractorVersion", "kg:vocabularyVersion", "kg:weightsVersion")
_UNCARRIABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


class EvidenceLevel(StrEnum):
    """How much of the proof to write: claims alone, with their sentences, or with offsets and quotes too."""

    NONE = "none"
    SENTENCE = "sentence"
    FULL = "full"


@dataclass(frozen=True, slots=True)
class RdfOptions:
    """What to leave out. Abstracts are their authors' texts, so they are written only when asked for."""

    evidence: EvidenceLevel = EvidenceLevel.FULL
    abstracts: bool = False


def carriable(text: str) -> str:
    r"""A text with each character that XML 1.0 cannot carry replaced by U+FFFD, one for one, so that offsets hold.

    These are most control characters, U+FFFE, U+FFFF and lone surrogates. The rule is the same for all formats, for
    only then do all formats say the same.

    >>> carriable("bell \x07, tab \t")
    'bell \ufffd, tab \t'
    """
    return text if text.isprintable() else _UNCARRIABLE.sub("\ufffd", text)


def graph_nodes(reader: GraphReader, base: str = DEFAULT_BASE, options: RdfOptions | None = None) -> Iterator[Node]:
    """All sources and entities, then all papers with their claims, evidence and results, then what extracted them."""
    options = options or RdfOptions()
    with reader.snapshot():
        yield from _sources(reader, base)
        yield from _entities(reader, base)
        yield from _papers(reader, base, options)


_A = "rdf:type"


def _sources(reader: GraphReader, base: str) -> Iterator[Node]:
    rows = reader.stream("SELECT DISTINCT digest, name FROM source ORDER BY digest, name")
    for digest, files in groupby(rows, key=itemgetter(0)):
        names = dict.fromkeys(_label(name) for _, name in files)
        yield _source_iri(digest, base), [(_A, TERM, "kg:Source"), (_A, TERM, "prov:Entity"), *names]


def _label(text: str) -> Property:
    return "rdfs:label", TEXT, carriable(text)


def _source_iri(digest: str, base: str) -> str:
    return f"{base}source/{iri_path(digest)}"


# Entities


def _entities(reader: GraphReader, base: str) -> Iterator[Node]:
    introduced, built = Groups(introduced_by(reader)), Groups(builds_on(reader))
    measured = Groups(measured_by(reader))
    for entity in walk_entities(reader):
        properties = _entity(entity, base)
        for _, paper_id in introduced.take(entity.id):
            paper = paper_iri(paper_id, base)
            properties += [("kg:introducedBy", IRI, paper), ("lpwcp:introducedBy", IRI, paper)]
        properties += [("kg:buildsOn", IRI, entity_iri(other, base)) for _, other in built.take(entity.id)]
        properties += [("kg:measuredBy", IRI, entity_iri(metric, base)) for _, metric in measured.take(entity.id)]
        yield entity_iri(entity.id, base), properties


def entity_core(kind: EntityType, name: str) -> list[Property]:
    """What an entity is and is called: enough for what refers to it."""
    label = carriable(name)
    properties: list[Property] = [(_A, TERM, each) for each in CLASSES[kind]]
    properties += [
        (_A, TERM, "skos:Concept"),
        ("skos:prefLabel", EN, label),
        ("rdfs:label", EN, label),
        ("foaf:name", TEXT, label),
    ]
    return properties


def _entity(entity: Entity, base: str) -> list[Property]:
    properties = entity_core(entity.type, entity.label)
    aliases = dict.fromkeys(carriable(alias) for alias in entity.aliases)
    properties += [("skos:altLabel", EN, alias) for alias in aliases if alias != carriable(entity.label)]
    if entity.known:
        properties.append(("skos:inScheme", IRI, _SCHEME + entity.type))
    properties += [("skos:broader", IRI, entity_iri(parent, base)) for parent in entity.broader]
    matches = (safe_iri(other) for other in entity.exact_matches)
    properties += [("skos:exactMatch", IRI, other) for other in matches if other]
    return properties


# Papers


def _papers(reader: GraphReader, base: str, options: RdfOptions) -> Iterator[Node]:
    versions = Groups(reader.stream("SELECT paper_id, version FROM extraction ORDER BY paper_id"))
    digests = Groups(
        reader.stream(
            "SELECT paper_id, digest FROM record CROSS JOIN source ON source.id = source_id "
            "WHERE paper_id IS NOT NULL ORDER BY paper_id"
        )
    )
    resolver = NameResolver(reader)
    seen: set[str] = set()
    for profile in walk_papers(reader):
        paper = profile.paper
        version = next((row[1] for row in versions.take(paper.id)), None)
        activity = None
        if version is not None:
            seen.add(version)
            activity = f"{base}extraction/{iri_path(version)}"
        sources = sorted({_source_iri(row[1], base) for row in digests.take(paper.id)})
        yield from _PaperNodes(profile, base, options, activity, resolver).nodes(sources)
    if seen:
        yield from _provenance(sorted(seen), base)


def _provenance(versions: Iterable[str], base: str) -> Iterator[Node]:
    agent = f"{base}software/paperkg"
    yield agent, [(_A, TERM, "prov:SoftwareAgent"), _label("paperkg")]
    for version in versions:
        parts = zip(_VERSIONS, version.split("+", len(_VERSIONS) - 1), strict=False)
        yield (
            f"{base}extraction/{iri_path(version)}",
            [
                (_A, TERM, "kg:Extraction"),
                (_A, TERM, "prov:Activity"),
                _label(f"extraction {version}"),
                ("prov:wasAssociatedWith", IRI, agent),
                *((name, TEXT, carriable(part)) for name, part in parts),
            ],
        )


class _PaperNodes:
    """The nodes of one paper."""

    def __init__(
        self, profile: PaperProfile, base: str, options: RdfOptions, activity: str | None, resolver: NameResolver
    ) -> None:
        self._profile = profile
        self._base = base
        self._options = options
        self._activity = activity
        self._resolver = resolver
        self._iri = paper_iri(profile.paper.id, base)

    def nodes(self, sources: list[str]) -> Iterator[Node]:
        profile = self._profile
        properties = self._paper(profile.paper)
        properties += [("prov:wasDerivedFrom", IRI, source) for source in sources]
        for link in profile.links:
            properties += self._link(link)
        results = [(f"{self._iri}/result/{number}", result) for number, result in enumerate(profile.results, 1)]
        properties += [("kg:reports", IRI, node) for node, _ in results]
        yield self._iri, properties
        if self._options.evidence is EvidenceLevel.FULL:
            yield from (self._text(field) for field in Field if profile.paper.text(field))
        for link in profile.links:
            yield from self._claim(link)
        for node, result in results:
            yield from self._result(node, result)

    def _paper(self, paper: Paper) -> list[Property]:
        properties: list[Property] = [
            (_A, TERM, "kg:Paper"),
            (_A, TERM, "schema:ScholarlyArticle"),
            (_A, TERM, "fabio:ResearchPaper"),
            (_A, TERM, "lpwc:paper"),
            # Without a language: it is not known, and Linked Papers With Code has plain strings.
            ("dcterms:title", TEXT, carriable(render(paper.title).text)),
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
            properties.append(("schema:sameAs", IRI, f"https://doi.org/{iri_path(paper.doi)}"))
        if paper.author_count is not None:
            properties.append(("kg:authorCount", _COUNT, str(paper.author_count)))
        if paper.organisation:
            properties.append(("kg:organisation", TEXT, carriable(paper.organisation)))
        if paper.upvotes is not None:
            properties.append(("kg:upvotes", "xsd:integer", str(paper.upvotes)))
        records = dict.fromkeys(carriable(source) for source in paper.sources)
        properties += [("kg:sourceRecord", TEXT, record) for record in records]
        return properties

    def _text(self, field: Field) -> Node:
        """The stored text of a field, which the offsets count in."""
        text = self._profile.paper.text(field)
        properties: list[Property] = [
            (_A, TERM, "kg:Text"),
            ("dcterms:isPartOf", IRI, self._iri),
            ("kg:field", TEXT, field),
            ("kg:textLength", _COUNT, str(len(text))),
        ]
        if field is Field.TITLE or self._options.abstracts:
            properties.append(("rdf:value", TEXT, carriable(text)))
        return f"{self._iri}/{field}", properties

    def _link(self, link: PaperLink) -> list[Property]:
        """The plain facts, for queries that do not care about confidence and evidence."""
        target = entity_iri(link.entity_id, self._base)
        properties: list[Property] = [(RELATIONS[link.relation], IRI, target), ("schema:mentions", IRI, target)]
        if lpwc := LPWC_RELATIONS.get((link.relation, link.type)):
            properties.append((lpwc, IRI, target))
        return properties

    def _claim(self, link: PaperLink) -> Iterator[Node]:
        """The same fact as a node of its own, with confidence, evidence and origin."""
        claim = f"{self._iri}/claim/{iri_path(link.entity_id)}"
        pieces: list[tuple[str, Evidence]] = []
        if self._options.evidence is not EvidenceLevel.NONE:
            pieces = [(f"{claim}/evidence/{number}", piece) for number, piece in enumerate(link.evidence, 1)]
        properties: list[Property] = [
            (_A, TERM, "kg:Claim"),
            (_A, TERM, "rdf:Statement"),
            ("rdf:subject", IRI, self._iri),
            ("rdf:predicate", TERM, RELATIONS[link.relation]),
            ("rdf:object", IRI, entity_iri(link.entity_id, self._base)),
            ("kg:confidence", _DECIMAL, _decimal(link.confidence)),
        ]
        properties += [("prov:wasDerivedFrom", IRI, node) for node, _ in pieces]
        if self._activity:
            properties.append(("prov:wasGeneratedBy", IRI, self._activity))
        yield claim, properties
        for node, piece in pieces:
            about: list[Property] = [
                ("kg:supports", TERM, RELATIONS[piece.relation]),
                ("kg:foundBy", TEXT, carriable(piece.rule)),
                ("kg:surface", TEXT, carriable(piece.surface)),
            ]
            yield from self._annotation(
                node, claim, piece.field, piece.start, piece.end, piece.sentence, piece.confidence, about
            )

    def _annotation(
        self,
        node: str,
        body: str,
        field: Field,
        start: int,
        end: int,
        sentence: str,
        confidence: float,
        about: list[Property],
    ) -> Iterator[Node]:
        """Where a text says so. The selectors are those of the Web Annotation model, over the stored text."""
        full = self._options.evidence is EvidenceLevel.FULL
        target = f"{node}/target"
        yield (
            node,
            [
                (_A, TERM, "oa:Annotation"),
                ("oa:hasBody", IRI, body),
                ("oa:hasTarget", IRI, target if full else self._iri),
                ("kg:confidence", _DECIMAL, _decimal(confidence)),
                ("kg:sentence", TEXT, carriable(sentence)),
                ("kg:field", TEXT, field),
                *about,
            ],
        )
        if not full:
            return
        position, quote = f"{node}/position", f"{node}/quote"
        yield (
            target,
            [
                (_A, TERM, "oa:SpecificResource"),
                ("oa:hasSource", IRI, f"{self._iri}/{field}"),
                ("oa:hasSelector", IRI, position),
                ("oa:hasSelector", IRI, quote),
            ],
        )
        yield (
            position,
            [
                (_A, TERM, "oa:TextPositionSelector"),
                ("oa:start", _COUNT, str(start)),
                ("oa:end", _COUNT, str(end)),
            ],
        )
        yield (
            quote,
            [
                (_A, TERM, "oa:TextQuoteSelector"),
                ("oa:exact", TEXT, carriable(self._profile.paper.text(field)[start:end])),
            ],
        )

    def _result(self, node: str, result: Result) -> Iterator[Node]:
        links = self._profile.links
        properties: list[Property] = [
            (_A, TERM, "kg:Result"),
            (_A, TERM, "mls:ModelEvaluation"),
            ("mls:hasValue", TEXT, carriable(result.value)),
            ("kg:resultKind", TEXT, result.kind),
            ("kg:confidence", _DECIMAL, _decimal(result.confidence)),
        ]
        if result.number is not None and math.isfinite(result.number):
            properties.append(("kg:number", _DECIMAL, _decimal(result.number)))
        for predicate, text in (
            ("kg:unit", result.unit),
            ("kg:metricName", result.metric),
            ("kg:measuredOnName", result.on),
            ("kg:achievedByName", result.of),
        ):
            if text:
                properties.append((predicate, TEXT, carriable(text)))
        if metric := self._resolver.metric(result, links):
            properties.append(("mls:specifiedBy", IRI, entity_iri(metric, self._base)))
        if data := self._resolver.measured_on(result, links):
            properties.append(("kg:measuredOn", IRI, entity_iri(data, self._base)))
            properties.append(("fair4ml:evaluationDataset", IRI, entity_iri(data, self._base)))
        if achiever := self._resolver.achieved_by(result, links):
            properties.append(("kg:achievedBy", IRI, entity_iri(achiever, self._base)))
            if achiever in {link.entity_id for link in links if link.type == "model"}:
                properties.append(("fair4ml:evaluatedMLModel", IRI, entity_iri(achiever, self._base)))
        evidence = f"{node}/evidence"
        if self._options.evidence is not EvidenceLevel.NONE:
            properties.append(("prov:wasDerivedFrom", IRI, evidence))
        if self._activity:
            properties.append(("prov:wasGeneratedBy", IRI, self._activity))
        yield node, properties
        if self._options.evidence is not EvidenceLevel.NONE:
            sentence = self._profile.paper.text(result.field)[result.sentence_start : result.sentence_end]
            yield from self._annotation(
                evidence, node, result.field, result.start, result.end, sentence, result.confidence, []
            )


def _decimal(number: float) -> str:
    """The number as ``xsd:decimal`` has it: never with an exponent.

    >>> _decimal(0.97), _decimal(1e-07), _decimal(100.0)
    ('0.97', '0.0000001', '100.0')
    """
    text = repr(float(number))
    if "e" not in text:
        return text
    return format(Decimal(text), "f")
