"""Results as Linked Papers With Code has them: evaluations of a model on a task or dataset, each with its results.

There a result is the value of a metric, so gains and speed-ups are in none of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kg.iris import entity_iri
from kg.model import EntityType, Result, ResultKind, entity_of, text_of
from kg.rdf.nodes import IRI, TEXT, Node, Property, a
from kg.text.characters import carriable

__all__ = ["evaluation_nodes", "evaluation_result"]

_DATA = {
    EntityType.DATASET: "lpwcp:hasDataset",
    EntityType.BENCHMARK: "lpwcp:hasDataset",
    EntityType.TASK: "lpwcp:hasTask",
}


def evaluation_nodes(
    paper: str, results: Iterable[tuple[str, Result]], types: Mapping[str, EntityType], base: str
) -> list[Node]:
    """The evaluations of a paper, in the order of its results, which come with their IRIs."""
    groups: dict[tuple[str | None, str | None], list[str]] = {}
    for node, result in results:
        if _is_value(result):
            groups.setdefault((entity_of(result.on), entity_of(result.of)), []).append(node)
    return [
        (f"{paper}/evaluation/{number}", [a("lpwc:evaluation"), *_about(data, achiever, types, base), *_values(nodes)])
        for number, ((data, achiever), nodes) in enumerate(groups.items(), 1)
    ]


def evaluation_result(result: Result) -> list[Property]:
    """What a result says in these terms; nothing where it belongs to no evaluation."""
    if not _is_value(result):
        return []
    properties: list[Property] = [a("lpwc:evaluationresult"), ("lpwcp:metricValue", TEXT, carriable(result.value))]
    if metric := text_of(result.metric):
        properties.append(("lpwcp:metricName", TEXT, carriable(metric)))
    return properties


def _is_value(result: Result) -> bool:
    return result.kind is ResultKind.ABSOLUTE and bool(entity_of(result.on) or entity_of(result.of))


def _about(data: str | None, achiever: str | None, types: Mapping[str, EntityType], base: str) -> list[Property]:
    properties: list[Property] = []
    if data and (kind := types.get(data)) in _DATA:
        properties.append((_DATA[kind], IRI, entity_iri(data, base)))
    if achiever and types.get(achiever) is EntityType.MODEL:
        properties.append(("lpwcp:hasModel", IRI, entity_iri(achiever, base)))
    return properties


def _values(nodes: Iterable[str]) -> list[Property]:
    return [("lpwcp:hasEvaluationResult", IRI, node) for node in nodes]
