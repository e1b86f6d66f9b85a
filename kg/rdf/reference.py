"""The ontology as a page, made from the Turtle: ``python -m kg.rdf.reference > docs/ontology.md``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import rdflib
from rdflib.collection import Collection
from rdflib.namespace import OWL, RDF, RDFS, SH, SKOS

from kg.rdf.terms import CLASSES, LPWC_RELATIONS, PREFIXES, PUBLICATIONS, RELATIONS
from kg.vocabulary.loader import ontology_path

__all__ = ["render_ontology"]

_KG = PREFIXES["kg"]
_SHAPES = "https://w3id.org/paperkg/shapes#"
_Node = rdflib.term.Node
_CHECKED = """Ontology and vocabulary are in OWL 2 DL: each term of others that they or exports use is declared
as a class or as one kind of property, none of RDF's own terms stands in an axiom, and nothing needs an import. Tests
hold:

| what | by what |
|---|---|
| ontology, vocabulary and exports use each term as the one kind that it is declared as | a look at the triples |
| each literal of vocabulary and exports is in the range of its property | the same |
| ontology and vocabulary are in OWL 2 DL | the OWL API's checker of profiles, through Pellet's `info` |
| they are consistent, as the ontology and an export are, and each class can have members | HermiT |
| no family of the vocabulary is its own, or stated twice over | the loader, which refuses it, and a test |
| exports conform to the shapes, and planted faults of each kind do not | `kg validate` (pySHACL) |

The reasoners come with the package `owlready2` (of the `dev` extra) and need a Java; without one these two tests are
skipped. Exports use RDF's own terms for claims (`rdf:Statement`, `rdf:subject`, ...), texts (`rdf:value`) and orders
(`rdf:Seq`), for which OWL 2 DL has no place: a reasoner passes over them.
""".splitlines()
_STATED = """Exports spell out what follows from the ontology as far as queries commonly ask for it, so that none needs
reasoning. An entity has all classes of its row; a link is stated by our relation, by `schema:mentions` and, where there
is one, by the property of Linked Papers With Code. The same link is a `kg:Claim` with confidence, evidence and origin.

- The base itself is the graph as a whole, a `void:Dataset` and `dcat:Dataset`: its `owl:versionInfo` is a digest of all
  that the graph says, the same whenever the same graph is made; its licence is that of `--license`, none without it;
  its `void:classPartition`s count what is of each class; its `dcterms:source`s are the files that were read, with name
  and SHA-256 (`schema:sha256`). `prov:wasGeneratedBy` leads to the build: the sources that it used, the versions of
  extraction that informed it, and the program. The schemes of known entities are `skos:ConceptScheme`s; an entity that
  the vocabulary does not list is in none.
- All is in the default graph, so the quad formats say the same as the triple formats; with `--graph IRI` all is in that
  graph, in N-Quads, TriG and JSON-LD, so that two exports can be in one store and are told apart.
- No node is blank. IRIs are made from what identifies a thing, below the base that `--base` sets: `method/ppo`,
  `paper/arxiv/2402.03300`, a paper's `/claim/method/ppo`, its `/evidence/1` and `/result/1`. In a DOI each slash but
  the first is `%2F` (`paper/doi/10.1000/a%2Fb`), for what follows a paper's IRI after a slash is a part of that paper.
- Authors are nodes below their paper (`/author/1`), its `dcterms:creator` and `schema:author`. Nobody is the author of
  two papers, for names do not tell people apart; `schema:sameAs` is an author's ORCID, where a source gives one. Their
  order is the `rdf:Seq` in `bibo:authorList` (`/authors`): the first is `bibo:authorList/rdf:_1`.
- A retracted or withdrawn paper has a `kg:status`. `schema:url` leads to a paper, `schema:codeRepository` to its code;
  `kg:venue`, `kg:category` and `schema:keywords` are words of its sources.
- Others find names where they look for them: `foaf:name` of all entities, `dcterms:title` of datasets and benchmarks
  (Linked Papers With Code, DCAT-AP), `schema:name` of models (FAIR4ML) and papers, which have a `schema:headline`, too.
- A result on data or by a model is a `fair4ml:MLModelEvaluation`. For Linked Papers With Code those results of a paper
  that are values of a metric, not gains, hang below its evaluations (`/evaluation/1`): `lpwcp:hasEvaluation` leads
  there, and on `lpwcp:hasDataset` or `lpwcp:hasTask`, `lpwcp:hasModel`, and `lpwcp:hasEvaluationResult`, which is our
  result again, with its `lpwcp:metricName` and `lpwcp:metricValue`. Its conferences have no counterpart here.
- Addresses of DOIs (`schema:sameAs`) are as the world writes them (`https://doi.org/10.1016/s0893-6080(05)80010-3`):
  encoded is only what no path of an IRI can hold.
- Titles and abstracts (`dcterms:`) are rendered for people. Offsets and `oa:exact` refer to the text as it is stored,
  the `kg:Text` that is the `oa:hasSource`: the title always with its `rdf:value`, the abstract only with `--abstracts`.
  There is no `oa:prefix` or `oa:suffix`: what stands around a quote is the abstract's, not the graph's to give.
- Characters that XML 1.0 cannot carry (most control characters, U+FFFE, U+FFFF, lone surrogates) are U+FFFD in every
  format, one for one, so that offsets hold. What no IRI can hold is percent-encoded.
""".splitlines()


def render_ontology() -> str:
    """All classes, properties and functions with their meaning, mappings and shapes, as Markdown."""
    graph = rdflib.Graph()
    for name in ("kg.ttl", "shapes.ttl"):
        graph.parse(ontology_path() / name, format="turtle")
    return "\n".join(_lines(graph)) + "\n"


def _lines(graph: rdflib.Graph) -> Iterator[str]:
    (ontology,) = (each for each in graph.subjects(RDF.type, OWL.Ontology) if str(each) + "#" == _KG)
    value = {str(p): o for p, o in graph.predicate_objects(ontology)}
    yield f"# {value[PREFIXES['dcterms'] + 'title']}"
    yield ""
    yield f"{value[PREFIXES['dcterms'] + 'description']}"
    yield ""
    yield "Made from `ontology/kg.ttl` and `ontology/shapes.ttl` by `python -m kg.rdf.reference > docs/ontology.md`."
    yield ""
    yield f"- Namespace: `{_KG}`, prefix `{value[PREFIXES['vann'] + 'preferredNamespacePrefix']}:`"
    yield f"- Version: {value[str(OWL.versionInfo)]} (`{value[str(OWL.versionIRI)]}`)"
    yield f"- Licence: <{value[PREFIXES['dcterms'] + 'license']}>"
    yield f"- Shapes: `{_SHAPES.rstrip('#')}`, of the same version; their names have the prefix `shapes:`"
    yield ""
    yield "## What an export states"
    yield ""
    yield from _STATED
    yield ""
    yield "| type | classes |"
    yield "|---|---|"
    for kind, classes in CLASSES.items():
        yield f"| {kind} | {_code((*classes, 'skos:Concept'))} |"
    yield ""
    yield "| type of publication | classes beside `kg:Paper` |"
    yield "|---|---|"
    for publication, classes in PUBLICATIONS.items():
        yield f"| {publication or 'not stated'} | {_code(classes)} |"
    yield ""
    yield f"| relation | property | {' | '.join(CLASSES)} |"
    yield f"|---|---|{'---|' * len(CLASSES)}"
    for relation, name in RELATIONS.items():
        cells = (LPWC_RELATIONS.get((relation, kind), "") for kind in CLASSES)
        yield f"| {relation} | `{name}` | {' | '.join(f'`{cell}`' if cell else '' for cell in cells)} |"
    yield ""
    yield "## What is checked"
    yield ""
    yield from _CHECKED
    for heading, kinds in (
        ("Classes", (OWL.Class,)),
        ("Properties", (OWL.ObjectProperty, OWL.DatatypeProperty)),
        ("Functions", (OWL.NamedIndividual,)),
    ):
        yield ""
        yield f"## {heading}"
        for term in sorted(
            {t for kind in kinds for t in graph.subjects(RDF.type, kind) if str(t).startswith(_KG)}, key=str
        ):
            yield from _term(graph, term)
    yield ""
    yield "## Shapes of what others define"
    for shape in sorted(graph.subjects(RDF.type, SH.NodeShape), key=str):
        target = graph.value(shape, SH.targetClass)
        if target is not None and not str(target).startswith(_KG):
            yield ""
            yield f"### {_name(graph, target)}"
            yield ""
            yield from _shape(graph, shape)
    yield ""
    yield "## Shapes of properties"
    yield ""
    yield from _property_shapes(graph)


def _property_shapes(graph: rdflib.Graph) -> Iterator[str]:
    """Shapes whose targets are not told by a class, with the properties that they are told by."""
    for shape in sorted(graph.subjects(RDF.type, SH.NodeShape), key=str):
        if graph.value(shape, SH.targetClass) is None:
            ends = (SH.targetSubjectsOf, SH.targetObjectsOf)
            properties = sorted(_name(graph, each) for end in ends for each in graph.objects(shape, end))
            message = graph.value(shape, SH.message) or graph.value(graph.value(shape, SH.sparql), SH.message)
            yield f"- `{_name(graph, shape)}`{f' ({_code(properties)})' if properties else ''}: {message}"


def _term(graph: rdflib.Graph, term: _Node) -> Iterator[str]:
    yield ""
    yield f"### {_name(graph, term)}"
    yield ""
    yield f"{graph.value(term, RDFS.comment)}"
    if note := graph.value(term, SKOS.scopeNote):
        yield f"{note}"
    facts = [
        (heading, sorted(_name(graph, other) for other in graph.objects(term, predicate)))
        for heading, predicate in (
            ("Subclass of", RDFS.subClassOf),
            ("See also", RDFS.seeAlso),
            ("Sub-property of", RDFS.subPropertyOf),
            ("Inverse of", OWL.inverseOf),
            ("Close to", SKOS.closeMatch),
            ("Domain", RDFS.domain),
            ("Range", RDFS.range),
        )
    ]
    if any(names for _, names in facts):
        yield ""
    yield from (f"- {heading}: {_code(names)}" for heading, names in facts if names)
    for shape in sorted(graph.subjects(SH.targetClass, term), key=str):
        yield ""
        yield from _shape(graph, shape)


def _shape(graph: rdflib.Graph, shape: _Node) -> Iterator[str]:
    yield f"Shape `{_name(graph, shape)}`:"
    yield ""
    if message := graph.value(shape, SH.message):
        yield f"- {message}"
    rules = (
        (_name(graph, graph.value(each, SH.path)), str(graph.value(each, SH.message)))
        for each in graph.objects(shape, SH.property)
    )
    yield from (f"- `{path}`: {message}" for path, message in sorted(rules))


def _name(graph: rdflib.Graph, node: _Node | None) -> str:
    """A prefixed name; for what has none, the names that it is made of."""
    if isinstance(node, rdflib.BNode):
        if (other := graph.value(node, SH.inversePath)) is not None:
            return f"^{_name(graph, other)}"
        if (other := graph.value(node, SH.oneOrMorePath)) is not None:
            return f"({_name(graph, other)})+"
        for predicate, separator in ((OWL.unionOf, " or "), (SH.alternativePath, " | ")):
            if (parts := graph.value(node, predicate)) is not None:
                return separator.join(_name(graph, part) for part in Collection(graph, parts))
        return " / ".join(_name(graph, part) for part in Collection(graph, node))
    for prefix, iri in (*PREFIXES.items(), ("shapes", _SHAPES)):
        if str(node).startswith(iri):
            return f"{prefix}:{str(node).removeprefix(iri)}"
    return f"<{node}>"


def _code(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


if __name__ == "__main__":
    print(render_ontology(), end="")
