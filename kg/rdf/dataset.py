"""The graph as a whole, as RDF: what it is, how much of what it holds, of what it was made and by what.

The node is the base itself, a dataset of VoID and DCAT. Its version is the digest of the graph, so that the same graph
gives the same bytes; no time is written, for none is known that says more.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.iris import iri_path
from kg.model import EntityType
from kg.questions.description import DESCRIPTION, TITLE, GraphDescription
from kg.rdf.nodes import EN, IRI, TERM, TEXT, Node, Property, a, label
from kg.rdf.options import EvidenceLevel, RdfOptions
from kg.rdf.terms import CLASSES, ONTOLOGY, PREFIXES, SCHEMES, WRITTEN
from kg.text.characters import carriable

__all__ = ["build_nodes", "dataset_nodes", "extraction_iri", "source_iri"]

_COUNT = "xsd:nonNegativeInteger"
_VERSIONS = ("kg:extractorVersion", "kg:vocabularyVersion", "kg:weightsVersion", "kg:configurationVersion")


def dataset_nodes(graph: GraphDescription, base: str, options: RdfOptions) -> Iterator[Node]:
    """The graph, its parts by class, the schemes of its concepts, and the sources that it was made from."""
    parts = [(f"{base}partition/{iri_path(name.partition(':')[2])}", name, n) for name, n in _counts(graph, options)]
    sources = _sources(graph, base)
    properties: list[Property] = [
        a("void:Dataset"),
        a("dcat:Dataset"),
        a("prov:Entity"),
        ("dcterms:title", TEXT, TITLE),  # as DCAT-AP has it
        ("dcterms:description", EN, DESCRIPTION),
    ]
    if options.license:
        properties.append(("dcterms:license", IRI, options.license))
    properties += [
        ("owl:versionInfo", TEXT, graph.version),
        ("dcterms:conformsTo", IRI, ONTOLOGY),
        ("void:uriSpace", TEXT, base),
        ("void:entities", _COUNT, str(graph.papers + sum(graph.entities.values()))),
        *(("void:vocabulary", IRI, ONTOLOGY if prefix == "kg" else PREFIXES[prefix]) for prefix in WRITTEN),
        *(("void:classPartition", IRI, part) for part, _, _ in parts),
        *(("dcterms:source", IRI, source) for source, _ in sources),
        ("prov:wasGeneratedBy", IRI, _build_iri(graph, base)),
    ]
    yield base, properties
    for part, name, number in parts:
        yield part, [a("void:Dataset"), ("void:class", TERM, name), ("void:entities", _COUNT, str(number))]
    for scheme, title in SCHEMES.values():
        yield scheme, [a("skos:ConceptScheme"), ("dcterms:title", EN, title)]
    yield from sources


def build_nodes(graph: GraphDescription, base: str) -> Iterator[Node]:
    """What made the graph: the program, the versions of its extraction, and the build that used the sources."""
    agent = f"{base}software/paperkg"
    version: list[Property] = [("schema:softwareVersion", TEXT, carriable(graph.software))] if graph.software else []
    yield agent, [a("prov:SoftwareAgent"), a("schema:SoftwareApplication"), label("paperkg"), *version]
    for each in graph.extractions:
        parts = zip(_VERSIONS, each.split("+", len(_VERSIONS) - 1), strict=False)
        yield (
            extraction_iri(each, base),
            [
                a("kg:Extraction"),
                a("prov:Activity"),
                label(f"extraction {each}"),
                ("prov:wasAssociatedWith", IRI, agent),
                *((name, TEXT, carriable(part)) for name, part in parts),
            ],
        )
    yield (
        _build_iri(graph, base),
        [
            a("prov:Activity"),
            label(f"build {graph.version}"),
            ("prov:wasAssociatedWith", IRI, agent),
            *(("prov:wasInformedBy", IRI, extraction_iri(each, base)) for each in graph.extractions),
            *(("prov:used", IRI, source) for source, _ in _sources(graph, base)),
        ],
    )


def source_iri(digest: str, base: str) -> str:
    """The IRI of a source, by the SHA-256 of its content."""
    return f"{base}source/{iri_path(digest)}"


def extraction_iri(version: str, base: str) -> str:
    """The IRI of a version of extraction."""
    return f"{base}extraction/{iri_path(version)}"


def _build_iri(graph: GraphDescription, base: str) -> str:
    return f"{base}build/{graph.version}"


def _sources(graph: GraphDescription, base: str) -> list[Node]:
    names: dict[str, list[str]] = {}
    for source in graph.sources:
        names.setdefault(source.sha256 or "", []).append(source.name)
    return [(source_iri(digest, base), _source(digest, called)) for digest, called in names.items()]


def _source(digest: str, names: list[str]) -> list[Property]:
    titles = dict.fromkeys(carriable(name) for name in names)
    properties = [a("kg:Source"), a("prov:Entity"), *map(label, titles)]
    properties += [("dcterms:title", TEXT, title) for title in titles]
    if digest:
        properties.append(("schema:sha256", TEXT, carriable(digest)))
    return properties


def _counts(graph: GraphDescription, options: RdfOptions) -> Iterator[tuple[str, int]]:
    """How many there are of each class of ours that an export with these options states."""
    yield "kg:Paper", graph.papers
    yield "kg:Author", graph.authors
    yield "kg:Entity", sum(graph.entities.values())
    for kind in EntityType:
        name = CLASSES[kind][0]
        yield name, sum(number for other, number in graph.entities.items() if name in CLASSES[other])
    yield "kg:Claim", graph.links
    yield "kg:Result", graph.results
    if options.evidence is not EvidenceLevel.NONE:
        yield "kg:Derivation", graph.derivations
        yield "oa:Annotation", graph.evidence + graph.results
