"""What one paper contributes to the graph, once it is decided what its names stand for."""

from __future__ import annotations

from dataclasses import replace

from kg.linking.curation import Curation, Verdict
from kg.linking.decisions import Decisions
from kg.linking.slots import resolve
from kg.model import (
    Anchor,
    EntityType,
    Extraction,
    Link,
    LinkedPaper,
    LocalEntity,
    LocalResult,
    Mention,
    Relation,
    fitting,
    strongest,
)

__all__ = ["DEFAULT_MIN_CONFIDENCE", "counts", "link_paper"]

DEFAULT_MIN_CONFIDENCE = 0.4
"""Where precision and recall are about even on annotated papers."""


def counts(paper_id: str, local: LocalEntity, curation: Curation, min_confidence: float) -> bool:
    """Whether something is sure enough, or was found to be right by a person."""
    return local.confidence >= min_confidence or curation.may_accept(paper_id, local)


def link_paper(
    paper_id: str, extraction: Extraction, decisions: Decisions, min_confidence: float, *, own_work: bool = True
) -> LinkedPaper:
    """The links, proofs and results of a paper; of what is less sure than ``min_confidence`` only what was accepted.

    One that presents no work of its own (see ``presents_work``) mentions what it names, and has no results.
    """
    if not own_work:
        extraction = _as_mentions(extraction)
    found: dict[str, list[tuple[LocalEntity, Verdict]]] = {}
    node_of: dict[int, str] = {}
    for number, local in enumerate(extraction.entities):
        if counts(paper_id, local, decisions.curation, min_confidence):
            verdict = decisions.link(paper_id, local)
            if verdict.entity is not None and (verdict.accepted or local.confidence >= min_confidence):
                node_of[number] = verdict.entity
                found.setdefault(verdict.entity, []).append((local, verdict))
    nodes = sorted(found)
    types = {node: _type(node) for node in nodes}
    return LinkedPaper(
        tuple(_link(paper_id, node, found[node]) for node in nodes),
        tuple((node, mention) for node in nodes for mention in _mentions(found[node])),
        tuple(resolve(result, node_of, types, decisions) for result in _results(extraction)),
    )


def _as_mentions(extraction: Extraction) -> Extraction:
    """What a paper names, without what it says of it."""

    def mentioned(local: LocalEntity) -> LocalEntity:
        mentions = tuple(replace(mention, relation=Relation.MENTIONS) for mention in local.mentions)
        return replace(local, relation=Relation.MENTIONS, mentions=mentions)

    return replace(extraction, entities=tuple(map(mentioned, extraction.entities)), results=())


def _type(node: str) -> EntityType:
    """An id begins with the type that was settled on."""
    return EntityType(node.partition("/")[0])


def _link(paper_id: str, node: str, found: list[tuple[LocalEntity, Verdict]]) -> Link:
    corrected = [verdict.relation for _, verdict in found if verdict.relation is not None]
    said = strongest(corrected or (local.relation for local, _ in found))
    sure = any(verdict.accepted for _, verdict in found)
    confidence = 1.0 if sure else max(local.confidence for local, _ in found)
    return Link(paper_id, node, fitting(said, _type(node)), confidence)


def _mentions(found: list[tuple[LocalEntity, Verdict]]) -> list[Mention]:
    """One a place: of two local entities that are one node, the first says what stands there."""
    mentions: dict[tuple[int, int, int], Mention] = {}
    for local, _ in found:
        for mention in local.mentions:
            mentions.setdefault(_place(mention.anchor), mention)
    return list(mentions.values())


def _results(extraction: Extraction) -> list[LocalResult]:
    """One a place, the first."""
    results: dict[tuple[int, int, int], LocalResult] = {}
    for result in extraction.results:
        results.setdefault(_place(result.anchor), result)
    return list(results.values())


def _place(anchor: Anchor) -> tuple[int, int, int]:
    return anchor.place, anchor.start, anchor.end
