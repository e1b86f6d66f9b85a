"""The whole graph as RDF, node by node, in a fixed order.

No node is blank: every part of a claim can be cited, and two exports compare as sets of lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from kg.iris import DEFAULT_BASE, entity_iri, paper_iri, safe_iri
from kg.model import Entity, EntityType
from kg.questions.derived import builds_on, introduced_by, measured_by
from kg.questions.description import describe
from kg.questions.introducing import introducing_papers
from kg.questions.paper import PaperProfile
from kg.questions.walk import walk_papers
from kg.rdf.dataset import build_nodes, dataset_nodes, extraction_iri, source_iri
from kg.rdf.nodes import EN, IRI, TEXT, Node, Property, a
from kg.rdf.options import RdfOptions
from kg.rdf.papers import PaperNodes
from kg.rdf.redirects import redirect_nodes
from kg.rdf.terms import CLASSES, NAMES, SCHEMES
from kg.store import GraphReader
from kg.store.groups import Groups
from kg.text.characters import carriable

__all__ = ["entity_core", "entity_node", "graph_nodes", "paper_nodes"]


_Pairs: TypeAlias = Iterable[tuple[str, str]]


def graph_nodes(reader: GraphReader, base: str = DEFAULT_BASE, options: RdfOptions | None = None) -> Iterator[Node]:
    """The graph as a whole, its sources and entities, all papers with their claims, evidence and results, what
    addresses of before are today, and what built it."""
    options = options or RdfOptions()
    with reader.snapshot():
        description = describe(reader)
        yield from dataset_nodes(description, base, options)
        yield from _entities(reader, base)
        yield from _papers(reader, base, options)
        yield from redirect_nodes(reader, base)
        yield from build_nodes(description, base)


# Entities


def _entities(reader: GraphReader, base: str) -> Iterator[Node]:
    introduced, built = Groups(introduced_by(reader)), Groups(builds_on(reader))
    measured = Groups(measured_by(reader))
    for entity in reader.entities():
        derived = [derived.take(entity.id) for derived in (introduced, built, measured)]
        yield _entity_node(reader, entity, base, *derived)


def entity_node(reader: GraphReader, entity: Entity, base: str) -> Node:
    """One entity, as it is among all."""
    derived = [list(derived(reader, entity.id)) for derived in (introduced_by, builds_on, measured_by)]
    return _entity_node(reader, entity, base, *derived)


def _entity_node(
    reader: GraphReader, entity: Entity, base: str, introduced: _Pairs, built: _Pairs, measured: _Pairs
) -> Node:
    properties = _entity(entity, base)
    for source in introducing_papers(reader, entity):
        papers = [safe_iri(source.address), source.paper_id and paper_iri(source.paper_id, base)]
        properties += [("kg:introducedIn", IRI, paper) for paper in papers if paper]
    for _, paper_id in introduced:
        paper = paper_iri(paper_id, base)
        properties += [("kg:introducedBy", IRI, paper), ("lpwcp:introducedBy", IRI, paper)]
    properties += [("kg:buildsOn", IRI, entity_iri(other, base)) for _, other in built]
    properties += [("kg:measuredBy", IRI, entity_iri(metric, base)) for _, metric in measured]
    return entity_iri(entity.id, base), properties


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
        properties.append(("skos:inScheme", IRI, SCHEMES[entity.type][0]))
    properties += [("skos:broader", IRI, entity_iri(parent, base)) for parent in entity.broader]
    for name, addresses in (("skos:exactMatch", entity.exact_matches), ("foaf:homepage", entity.homepages)):
        properties += [(name, IRI, other) for other in map(safe_iri, addresses) if other]
    told = (("kg:direction", entity.direction), ("kg:scale", entity.scale))
    properties += [(name, TEXT, text) for name, text in told if text]
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
    for profile in walk_papers(reader):
        paper_id = profile.paper.id
        yield from _paper_nodes(profile, base, options, versions.take(paper_id), digests.take(paper_id))


def paper_nodes(reader: GraphReader, profile: PaperProfile, base: str, options: RdfOptions) -> Iterator[Node]:
    """One paper with all that is below it, as it is among all."""
    paper_id = profile.paper.id
    versions = reader.rows("SELECT paper_id, version FROM extraction WHERE paper_id = ?", (paper_id,))
    digests = reader.rows(
        "SELECT paper_id, digest FROM record CROSS JOIN source ON source.id = source_id WHERE paper_id = ?", (paper_id,)
    )
    yield from _paper_nodes(profile, base, options, versions, digests)


def _paper_nodes(
    profile: PaperProfile, base: str, options: RdfOptions, versions: _Pairs, digests: _Pairs
) -> Iterator[Node]:
    version = next((version for _, version in versions), None)
    activity = extraction_iri(version, base) if version is not None else None
    sources = sorted({source_iri(digest, base) for _, digest in digests})
    yield from PaperNodes(profile, base, options, activity).nodes(sources)
