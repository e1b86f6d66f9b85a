"""The vocabularies that the RDF is written in, and which of our types and relations is which term."""

from __future__ import annotations

import pyoxigraph as ox

from kg.model import EntityType, Relation

__all__ = ["CLASSES", "PREFIXES", "RELATIONS", "term"]

PREFIXES: dict[str, str] = {
    "kg": "https://w3id.org/paperkg/ontology#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "fabio": "http://purl.org/spar/fabio/",
    "fair4ml": "https://w3id.org/fair4ml#",
    "lpwc": "https://linkedpaperswithcode.com/class/",
    "mls": "http://www.w3.org/ns/mls#",
    "oa": "http://www.w3.org/ns/oa#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def term(name: str) -> ox.NamedNode:
    """The IRI of a prefixed name.

    >>> str(term("skos:prefLabel"))
    '<http://www.w3.org/2004/02/skos/core#prefLabel>'
    """
    prefix, _, local = name.partition(":")
    return ox.NamedNode(PREFIXES[prefix] + local)


CLASSES: dict[EntityType, tuple[ox.NamedNode, ...]] = {
    EntityType.METHOD: (term("kg:Method"), term("lpwc:method")),
    EntityType.MODEL: (term("kg:Model"), term("fair4ml:MLModel"), term("mls:Model"), term("lpwc:model")),
    EntityType.DATASET: (term("kg:Dataset"), term("dcat:Dataset"), term("mls:Dataset"), term("lpwc:dataset")),
    EntityType.BENCHMARK: (term("kg:Benchmark"), term("dcat:Dataset"), term("lpwc:dataset")),
    EntityType.METRIC: (term("kg:Metric"), term("mls:EvaluationMeasure")),
    EntityType.TASK: (term("kg:Task"), term("mls:Task"), term("lpwc:task")),
}

RELATIONS: dict[Relation, ox.NamedNode] = {
    Relation.INTRODUCES: term("kg:introduces"),
    Relation.EVALUATES_ON: term("kg:evaluatesOn"),
    Relation.TRAINS_ON: term("kg:trainsOn"),
    Relation.USES: term("kg:usesEntity"),
    Relation.COMPARES_WITH: term("kg:comparesWith"),
    Relation.ADDRESSES: term("kg:addresses"),
    Relation.MENTIONS: term("kg:mentions"),
}
