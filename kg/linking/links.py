"""What one paper contributes to the graph, once it is decided what its names stand for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from kg.linking.curation import Curation, Verdict
from kg.linking.decisions import Decided
from kg.linking.slots import resolve
from kg.model import (
    ACHIEVERS,
    DATA,
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
    paper_id: str, extraction: Extraction, decisions: Decided, min_confidence: float, *, own_work: bool = True
) -> LinkedPaper:
    """The links, proofs and results of a paper; of what is less sure than ``min_confidence`` only what was accepted.

    One that presents no work of its own (see ``presents_work``) mentions what it names, and has no results.
    """
    if not own_work:
        extraction = _as_mentions(extraction)
    found: dict[str, list[tuple[LocalEntity, Verdict]]] = {}
    node_of: dict[int, str] = {}
    doubts: dict[str, tuple[str, ...]] = {}
    for number, local in enumerate(extraction.entities):
        if counts(paper_id, local, decisions.curation, min_confidence):
            verdict = decisions.link(paper_id, local)
            if verdict.entity is not None and (verdict.accepted or local.confidence >= min_confidence):
                node_of[number] = verdict.entity
                meant, rivals = local, tuple[str, ...]()
                if not (verdict.accepted or decisions.claims.holds(paper_id, verdict.entity)):
                    meant = _as_used(local)
                if not (verdict.accepted or meant.relation is not local.relation):
                    meant, rivals = _in_its_sense(paper_id, meant, verdict, decisions, min_confidence)
                found.setdefault(verdict.entity, []).append((meant, verdict))
                if rivals:
                    doubts[verdict.entity] = rivals
    nodes = sorted(found)
    types = {node: _type(node) for node in nodes}
    links = tuple(_link(paper_id, node, found[node]) for node in nodes)
    return LinkedPaper(
        links,
        tuple((node, mention) for node in nodes for mention in _mentions(found[node])),
        tuple(resolve(result, node_of, types, decisions) for result in _results(extraction)),
        tuple(_derivations(extraction, node_of, links)),
        tuple((node, other) for node in nodes for other in doubts.get(node, ())),
    )


def _in_its_sense(
    paper_id: str, local: LocalEntity, verdict: Verdict, decisions: Decided, min_confidence: float
) -> tuple[LocalEntity, tuple[str, ...]]:
    """What a paper names, by what is told of a name that may stand for several things: which of them it is can be
    unsure, and it may be another's; with the others that it may be."""
    if decisions.meant(paper_id, local).uses:
        return _as_used(local), ()
    rivals = tuple(node for node in decisions.rivals(paper_id, local) if node != verdict.entity)
    if rivals:
        # What counts as named stays named, however many things it may be.
        local = replace(local, confidence=max(min_confidence, round(local.confidence / (1 + len(rivals)), 6)))
    return local, rivals


def _as_used(local: LocalEntity) -> LocalEntity:
    """What a paper seemed to introduce and only uses."""

    def used(relation: Relation) -> Relation:
        return Relation.USES if relation is Relation.INTRODUCES else relation

    mentions = tuple(replace(mention, relation=used(mention.relation)) for mention in local.mentions)
    return replace(local, relation=used(local.relation), mentions=mentions)


def _derivations(
    extraction: Extraction, node_of: Mapping[int, str], links: Iterable[Link]
) -> Iterator[tuple[str, str, Anchor]]:
    """Which things of the paper's own were made from which others, with the place that says so."""
    own = {link.entity_id for link in links if link.relation is Relation.INTRODUCES}
    kinds = (frozenset(ACHIEVERS), frozenset(DATA) - {EntityType.TASK})
    seen: set[tuple[str, str]] = set()
    for each in extraction.derivations:
        new, old = node_of.get(each.new), node_of.get(each.old)
        if new is None or old is None or new not in own or new == old or (new, old) in seen:
            continue
        if any({_type(new), _type(old)} <= kind for kind in kinds):  # as the graph settled them
            seen.add((new, old))
            yield new, old, each.anchor


def _as_mentions(extraction: Extraction) -> Extraction:
    """What a paper names, without what it says of it."""

    def mentioned(local: LocalEntity) -> LocalEntity:
        mentions = tuple(replace(mention, relation=Relation.MENTIONS) for mention in local.mentions)
        return replace(local, relation=Relation.MENTIONS, mentions=mentions, coined=False)

    return replace(extraction, entities=tuple(map(mentioned, extraction.entities)), results=(), derivations=())


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
