"""The vocabularies that the RDF is written in, and which of our types and relations is which term.

Terms are prefixed names (``skos:prefLabel``) throughout, so that each format can write them its own way.
"""

from __future__ import annotations

from kg.model import EntityType, PaperType, Relation

__all__ = [
    "CLASSES",
    "LPWC_RELATIONS",
    "NAMES",
    "ONTOLOGY",
    "PREFIXES",
    "PUBLICATIONS",
    "RELATIONS",
    "SCHEMES",
    "WRITTEN",
    "expand",
]

PREFIXES: dict[str, str] = {
    "kg": "https://w3id.org/paperkg/ontology#",
    "bibo": "http://purl.org/ontology/bibo/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "fabio": "http://purl.org/spar/fabio/",
    "fair4ml": "https://w3id.org/fair4ml#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "lpwc": "https://linkedpaperswithcode.com/class/",
    "lpwcp": "https://linkedpaperswithcode.com/property/",
    "mls": "http://www.w3.org/ns/mls#",
    "oa": "http://www.w3.org/ns/oa#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "vann": "http://purl.org/vocab/vann/",
    "void": "http://rdfs.org/ns/void#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

WRITTEN = (
    "kg", "bibo", "dcat", "dcterms", "fabio", "fair4ml", "foaf", "lpwc", "lpwcp", "mls", "oa", "owl", "prov", "rdf",
    "rdfs", "schema", "skos", "void",
)  # fmt: skip
"""The prefixes of the vocabularies that exports are written in."""

ONTOLOGY = "https://w3id.org/paperkg/ontology"
SCHEMES: dict[EntityType, tuple[str, str]] = {
    EntityType.METHOD: (
        "https://w3id.org/paperkg/vocabulary/method",
        "Methods: algorithms, techniques, training recipes, architectures, frameworks",
    ),
    EntityType.MODEL: ("https://w3id.org/paperkg/vocabulary/model", "Models and model families"),
    EntityType.DATASET: ("https://w3id.org/paperkg/vocabulary/dataset", "Datasets and corpora"),
    EntityType.BENCHMARK: ("https://w3id.org/paperkg/vocabulary/benchmark", "Benchmarks, test suites, environments"),
    EntityType.METRIC: ("https://w3id.org/paperkg/vocabulary/metric", "Metrics"),
    EntityType.TASK: ("https://w3id.org/paperkg/vocabulary/task", "Tasks and problem settings"),
}
"""The concept schemes of the vocabulary, with their titles there."""


def expand(name: str) -> str:
    """The IRI of a prefixed name.

    >>> expand("skos:prefLabel")
    'http://www.w3.org/2004/02/skos/core#prefLabel'
    """
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local


CLASSES: dict[EntityType, tuple[str, ...]] = {
    EntityType.METHOD: ("kg:Method", "kg:Entity", "mls:Algorithm", "lpwc:method"),
    EntityType.MODEL: ("kg:Model", "kg:Entity", "fair4ml:MLModel", "mls:Model", "lpwc:model"),
    EntityType.DATASET: ("kg:Dataset", "kg:Entity", "dcat:Dataset", "mls:Dataset", "lpwc:dataset"),
    EntityType.BENCHMARK: ("kg:Benchmark", "kg:Dataset", "kg:Entity", "dcat:Dataset", "mls:Dataset", "lpwc:dataset"),
    EntityType.METRIC: ("kg:Metric", "kg:Entity", "mls:EvaluationMeasure"),
    EntityType.TASK: ("kg:Task", "kg:Entity", "mls:Task", "lpwc:task"),
}
"""The classes of an entity, ours first, spelt out so that queries need no reasoning."""

NAMES: dict[EntityType, tuple[str, ...]] = dict.fromkeys(EntityType, ("foaf:name",)) | {
    EntityType.MODEL: ("foaf:name", "schema:name"),
    EntityType.DATASET: ("foaf:name", "dcterms:title"),
    EntityType.BENCHMARK: ("foaf:name", "dcterms:title"),
}
"""The properties that have an entity's name as a plain string, as others ask for it.

Linked Papers With Code and DCAT-AP call datasets by their title, FAIR4ML models by their name.
"""

_PAPER = ("schema:ScholarlyArticle", "fabio:ResearchPaper", "lpwc:paper")
PUBLICATIONS: dict[str | None, tuple[str, ...]] = {
    None: _PAPER,
    PaperType.ARTICLE: ("schema:ScholarlyArticle", "fabio:JournalArticle", "lpwc:paper"),
    PaperType.CONFERENCE_PAPER: ("schema:ScholarlyArticle", "fabio:ConferencePaper", "lpwc:paper"),
    PaperType.PREPRINT: ("schema:ScholarlyArticle", "fabio:Preprint", "lpwc:paper"),
    PaperType.CHAPTER: ("schema:ScholarlyArticle", "schema:Chapter", "fabio:BookChapter", "lpwc:paper"),
    PaperType.BOOK: ("schema:Book", "fabio:Book", "lpwc:paper"),
    PaperType.THESIS: ("schema:Thesis", "fabio:Thesis", "lpwc:paper"),
    PaperType.REPORT: ("schema:Report", "fabio:ReportDocument", "lpwc:paper"),
    PaperType.REVIEW: ("schema:ScholarlyArticle", "fabio:ReviewArticle", "lpwc:paper"),
    PaperType.EDITORIAL: ("schema:Article", "fabio:Editorial"),
    PaperType.LETTER: ("schema:ScholarlyArticle", "fabio:Letter", "lpwc:paper"),
    PaperType.DATASET: ("schema:Dataset", "fabio:Dataset"),
    PaperType.SOFTWARE: ("schema:SoftwareSourceCode", "fabio:Software"),
    PaperType.PROCEEDINGS: ("schema:PublicationVolume", "fabio:ConferenceProceedings"),
    PaperType.ERRATUM: ("schema:CreativeWork", "fabio:Correction"),  # FaBiO's Erratum is the publisher's alone
    PaperType.RETRACTION: ("schema:CreativeWork", "fabio:RetractionNotice"),
    PaperType.PARATEXT: ("schema:CreativeWork", "fabio:Work"),
    PaperType.OTHER: _PAPER,  # what BibTeX calls misc is mostly a preprint
}
"""The classes of a publication beside ``kg:Paper``, by its type; None is that of most, whose sources do not say.

Each has one class of FaBiO: its papers are works and its articles expressions, and FRBR lets nothing be both.
"""

RELATIONS: dict[Relation, str] = {
    Relation.INTRODUCES: "kg:introduces",
    Relation.EVALUATES_ON: "kg:evaluatesOn",
    Relation.TRAINS_ON: "kg:trainsOn",
    Relation.USES: "kg:usesEntity",
    Relation.COMPARES_WITH: "kg:comparesWith",
    Relation.ADDRESSES: "kg:addresses",
    Relation.MENTIONS: "kg:mentions",
}

_DATA = {EntityType.DATASET: "lpwcp:usesDataset", EntityType.BENCHMARK: "lpwcp:usesDataset"}
_TASK = {EntityType.TASK: "lpwcp:hasTask"}
_ANY = {EntityType.METHOD: "lpwcp:hasMethod", EntityType.MODEL: "lpwcp:hasModel"} | _DATA | _TASK
LPWC_RELATIONS: dict[tuple[Relation, EntityType], str] = {
    (relation, kind): name
    for relation, names in (
        (Relation.INTRODUCES, _ANY),
        (Relation.EVALUATES_ON, _DATA),
        (Relation.TRAINS_ON, _DATA),
        (Relation.USES, _ANY),
        (Relation.ADDRESSES, _TASK),
    )
    for kind, name in names.items()
}
"""What Linked Papers With Code calls a relation to an entity of a type.

It knows only what a paper itself works with: what a paper compares with or merely mentions has no such property, and
metrics are strings there.
"""
