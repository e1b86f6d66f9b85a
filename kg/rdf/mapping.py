"""The whole graph as RDF, node by node, in a fixed order.

No node is blank: every part of a claim can be cited, and two exports compare as sets of lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter

from kg.iris import DEFAULT_BASE, entity_iri, iri_path, paper_iri, safe_iri
from kg.model import Entity, EntityType
from kg.questions.derived import builds_on, introduced_by, measured_by
from kg.questions.introducing import introducing_papers
from kg.questions.walk import walk_papers
from kg.rdf.nodes import EN, IRI, TEXT, Node, Property, a, label
from kg.rdf.options import RdfOptions
from kg.rdf.papers import PaperNodes
from kg.rdf.redirects import redirect_nodes
from kg.rdf.terms import CLASSES, NAMES
from kg.store import GraphReader
from kg.store.groups import Groups
from kg.text.characters import carriable

__all__ = ["entity_core", "graph_nodes"]

_SCHEME = "https://w3id.org/paperkg/vocabulary/"
_VERSIONS = ("kg:extractorVersion", "kg:vocabularyVersion", "kg:weightsVersion", "kg:configurationVersion")


def graph_nodes(reader: GraphReader, base: str = DEFAULT_BASE, options: RdfOptions | None = None) -> Iterator[Node]:
    """All sources and entities, then all papers with their claims, evidence and results, then what extracted them, and
    what addresses of before are today."""
    options = options or RdfOptions()
    with reader.snapshot():
        yield from _sources(reader, base)
        yield from _entities(reader, base)
        yield from _papers(reader, base, options)
        yield from redirect_nodes(reader, base)


def _sources(reader: GraphReader, base: str) -> Iterator[Node]:
    rows = reader.stream("SELECT DISTINCT digest, name FROM source ORDER BY digest, name")
    for digest, files in groupby(rows, key=itemgetter(0)):
        names = dict.fromkeys(label(name) for _, name in files)
        yield _source_iri(digest, base), [a("kg:Source"), a("prov:Entity"), *names]


def _source_iri(digest: str, base: str) -> str:
    return f"{base}source/{iri_path(digest)}"


# Entities


def _entities(reader: GraphReader, base: str) -> Iterator[Node]:
    introduced, built = Groups(introduced_by(reader)), Groups(builds_on(reader))
    measured = Groups(measured_by(reader))
    for entity in reader.entities():
        properties = _entity(entity, base)
        for source in introducing_papers(reader, entity):
            papers = [safe_iri(source.address), source.paper_id and paper_iri(source.paper_id, base)]
            properties += [("kg:introducedIn", IRI, paper) for paper in papers if paper]
        for _, paper_id in introduced.take(entity.id):
            paper = paper_iri(paper_id, base)
            properties += [("kg:introducedBy", IRI, paper), ("lpwcp:introducedBy", IRI, paper)]
        properties += [("kg:buildsOn", IRI, entity_iri(other, base)) for _, other in built.take(entity.id)]
        properties += [("kg:measuredBy", IRI, entity_iri(metric, base)) for _, metric in measured.take(entity.id)]
        yield entity_iri(entity.id, base), properties


def entity_core(kind: EntityType, name: str) -> list[Property]:
    """What an entity is and is called: enough for what refers to it."""
    label = carriable(name)
    properties: list[Property] = [a(each) for each in CLASSES[kind]]
    properties += [
        a("skos:Concept"),
        ("skos:prefLabel", EN, label),
        ("rdfs:label", EN, label),
        *((predicate, TEXT, label) for predicate in NAMES[kind]),
    ]
    return properties


def _entity(entity: Entity, base: str) -> list[Property]:
    properties = entity_core(entity.type, entity.label)
    aliases = dict.fromkeys(carriable(alias) for alias in entity.aliases)
    properties += [("skos:altLabel", EN, alias) for alias in aliases if alias != carriable(entity.label)]
    if entity.known:
        properties.append(("skos:inScheme", IRI, _SCHEME + entity.type))
    properties += [("skos:broader", IRI, entity_iri(parent, base)) for parent in entity.broader]
    for name, addresses in (("skos:exactMatch", entity.exact_matches), ("foaf:homepage", entity.homepages)):
        properties += [(name, IRI, other) for other in map(safe_iri, addresses) if other]
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
    seen: set[str] = set()
    for profile in walk_papers(reader):
        paper = profile.paper
        version = next((row[1] for row in versions.take(paper.id)), None)
        activity = None
        if version is not None:
            seen.add(version)
            activity = f"{base}extraction/{iri_path(version)}"
        sources = sorted({_source_iri(row[1], base) for row in digests.take(paper.id)})
        yield from PaperNodes(profile, base, options, activity).nodes(sources)
    if seen:
        yield from _provenance(sorted(seen), base)


def _provenance(versions: Iterable[str], base: str) -> Iterator[Node]:
    agent = f"{base}software/paperkg"
    yield agent, [a("prov:SoftwareAgent"), label("paperkg")]
    for version in versions:
        parts = zip(_VERSIONS, version.split("+", len(_VERSIONS) - 1), strict=False)
        yield (
            f"{base}extraction/{iri_path(version)}",
            [
                a("kg:Extraction"),
                a("prov:Activity"),
                label(f"extraction {version}"),
                ("prov:wasAssociatedWith", IRI, agent),
                *((name, TEXT, carriable(part)) for name, part in parts),
            ],
        )
