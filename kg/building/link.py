"""Extractions to the linked graph: gather what papers call things, decide what is one thing, write what follows."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import replace

from kg.linking import (
    DEFAULT_MIN_CONFIDENCE,
    Curation,
    Decisions,
    NameTable,
    NameUse,
    counts,
    decide,
    link_paper,
    linking_version,
    presents_work,
)
from kg.linking.curation import paper_of
from kg.model import LocalEntity
from kg.store.writer import GraphWriter
from kg.vocabulary import Vocabulary, load_vocabulary

__all__ = ["link"]


def link(
    writer: GraphWriter,
    curation: Curation | None = None,
    min_confidence: float = DEFAULT_MIN_CONFIDENCE,
    progress: Callable[[int, int], None] = lambda done, total: None,
    say: Callable[[str], None] = lambda line: None,
    vocabulary: Vocabulary | None = None,
) -> None:
    """Link the graph anew, unless it is linked so already.

    Extractions are read twice, one by one, so that memory holds names and never texts. What an extraction is less sure
    of than ``min_confidence``, and no person accepted, stays out of the graph, and in the extraction.
    """
    vocabulary, curation = vocabulary or load_vocabulary(), curation or Curation()
    version = f"{linking_version(vocabulary, curation)}+{min_confidence!r}"
    if writer.is_linked(version):
        return
    others = frozenset(
        paper_id for paper_id, kind, status, text in writer.standings() if not presents_work(kind, status, text)
    )
    with writer.relinking(version) as tables:
        decisions = decide(_names(writer, curation, min_confidence, others), vocabulary, curation)
        tables.put_entities(decisions.entities, decisions.names)
        papers = (
            (paper_id, link_paper(paper_id, extraction, decisions, min_confidence, own_work=paper_id not in others))
            for paper_id, extraction in writer.extractions()
        )
        total = writer.count_extractions()
        for done in tables.put_papers(papers):
            progress(done, total)
        if curation.corrections:
            tables.drop_bare_entities()
    _tell_idle(decisions, writer, say)


def _names(writer: GraphWriter, curation: Curation, min_confidence: float, others: Collection[str] = ()) -> NameTable:
    """What all papers call things; ``others`` are those that present no work of their own."""

    def uses() -> Iterator[NameUse]:
        for paper_id, things in writer.named(whole=curation.accepts_in):
            for each in things:
                accepted = isinstance(each, LocalEntity) and counts(paper_id, each, curation, min_confidence)
                if accepted or each.confidence >= min_confidence:
                    use = NameUse.of(each)
                    yield replace(use, introduced=False) if paper_id in others else use

    return NameTable(uses())


def _tell_idle(decisions: Decisions, writer: GraphWriter, say: Callable[[str], None]) -> None:
    """Say which corrections met nothing: their entity or paper is not there, or goes by another id now."""
    absent = set(decisions.idle)
    every = decisions.curation.corrections
    idle = [each for each in every if each in absent or ((paper := paper_of(each)) and not writer.has_paper(paper))]
    if idle:
        names = ", ".join(dict.fromkeys(each.entity for each in idle))
        say(f"{len(idle)} of {len(every)} corrections name what is not in the graph: {names}")
