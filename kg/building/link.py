"""Extractions to the linked graph: gather what papers call things, decide what is one thing, write what follows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace
from itertools import groupby
from operator import itemgetter

from kg.building.amended import AmendedExtractions
from kg.linking import (
    DEFAULT_MIN_CONFIDENCE,
    Curation,
    Decisions,
    ListedNames,
    NameTable,
    NameUse,
    Naming,
    People,
    Senses,
    ambiguous,
    counts,
    decide,
    key_of,
    link_paper,
    linking_version,
    presents_work,
    tell_apart,
)
from kg.linking.amendments import Add, Amendment
from kg.linking.claims import Claims
from kg.linking.curation import names_of
from kg.linking.rules import Correction, Witness, paper_of
from kg.model import LocalEntity, Relation
from kg.store.writer import GraphWriter
from kg.text.folding import fold
from kg.vocabulary import Vocabulary, load_vocabulary

__all__ = ["link"]


def link(
    writer: GraphWriter,
    curation: Curation | None = None,
    min_confidence: float = DEFAULT_MIN_CONFIDENCE,
    progress: Callable[[int, int], None] = lambda done, total: None,
    say: Callable[[str], None] = lambda line: None,
    vocabulary: Vocabulary | None = None,
    *,
    undone: bool = False,
) -> None:
    """Link the graph anew, unless it is linked so already.

    Extractions are read one by one, for what they name and then for what follows, so that memory holds names and never
    texts; of papers whose names may stand for several things also what tells which. What an extraction is less sure
    of than ``min_confidence``, and no person accepted, stays out of the graph, and in the extraction. ``undone`` where
    a correction was taken back: the ids that it gave are kept to ourselves.
    """
    vocabulary, curation = vocabulary or load_vocabulary(), curation or Curation()
    version = f"{linking_version(vocabulary, curation)}+{min_confidence!r}"
    if writer.is_linked(version):
        return
    curation = curation.with_papers(writer.paper_called)
    others = frozenset(
        paper_id for paper_id, kind, status, text in writer.standings() if not presents_work(kind, status, text)
    )
    found = AmendedExtractions(writer, curation)
    with writer.relinking(version, undone=undone) as tables:
        table = NameTable(use for _, use in _uses(found, curation, min_confidence, others))
        senses = _senses(found, table, vocabulary, others, lambda: _uses(found, curation, min_confidence, others))
        seen = dict(_seen(found, curation, senses, others))
        decisions = decide(
            senses.applied(table),
            vocabulary,
            curation,
            senses,
            seen=seen,
            moved=writer.moved() if curation.version else None,
            claims=Claims.of(vocabulary, _uses(found, curation, min_confidence, others), found.names_in_title),
        )
        tables.put_entities(decisions.entities, decisions.names)
        papers = (
            (paper_id, link_paper(paper_id, extraction, decisions, min_confidence, own_work=paper_id not in others))
            for paper_id, extraction in found.all()
        )
        total = writer.count_extractions()
        for done in tables.put_papers(papers):
            progress(done, total)
        if curation.corrections or curation.amendments:
            tables.drop_bare_entities()
    _tell_idle(decisions, writer, found.idle(), say)


def _uses(
    extractions: AmendedExtractions, curation: Curation, min_confidence: float, others: Collection[str]
) -> Iterator[tuple[str, NameUse]]:
    """What each paper, by id, calls things, each way once; ``others`` are those that present no work of their own."""
    for paper_id, things in extractions.named(whole=curation.accepts_in):
        uses: dict[NameUse, None] = {}
        for each in things:
            accepted = isinstance(each, LocalEntity) and counts(paper_id, each, curation, min_confidence)
            if accepted or each.confidence >= min_confidence:
                use = NameUse.of(each)
                uses[replace(use, introduced=False) if paper_id in others else use] = None
        yield from ((paper_id, use) for use in uses)


def _seen(
    extractions: AmendedExtractions, curation: Curation, senses: Senses, others: Collection[str]
) -> Iterator[tuple[Witness, NameUse]]:
    """How the papers that people saw when they wrote corrections name what these are about."""
    for witness in sorted(set(curation.seen.values())):
        for local in extractions.of(witness.paper).entities:
            if fold(witness.name) in names_of(local):
                own = local.relation if witness.paper not in others else Relation.MENTIONS
                yield witness, senses.use(witness.paper, replace(local, relation=own))
                break


def _senses(
    extractions: AmendedExtractions,
    table: NameTable,
    vocabulary: Vocabulary,
    others: Collection[str],
    uses: Callable[[], Iterator[tuple[str, NameUse]]],
) -> Senses:
    """What papers mean by names that may stand for several things; only what these papers say is held."""
    listed = ListedNames(vocabulary)
    names = ambiguous(table, listed)
    if not names:
        return Senses()
    common = Counter[str]()
    for use, times in table.items():
        common[key_of(use)] += times
    namings: list[Naming] = []
    for paper_id, found in groupby(uses(), key=itemgetter(0)):
        of_paper = [use for _, use in found]
        unsure = [use for use in of_paper if fold(use.name) in names and not listed.knows(use)]
        if unsure:
            beside = frozenset(map(key_of, of_paper))
            namings += _namings(extractions, paper_id, unsure, beside, own_work=paper_id not in others)
    return tell_apart(namings, common)


def _namings(
    extractions: AmendedExtractions, paper_id: str, unsure: Iterable[NameUse], beside: frozenset[str], *, own_work: bool
) -> Iterator[Naming]:
    """One paper's uses of such names, with all that can tell what it means by them."""
    title, date, authors = extractions.origin(paper_id)
    extraction, people = extractions.of(paper_id), People.of(authors)
    derived = {extraction.entities[each.old] for each in extraction.derivations}
    for use in unsure:
        meant = [each for each in extraction.entities if replace(NameUse.of(each), introduced=use.introduced) == use]
        yield Naming(
            paper_id,
            use,
            coined=own_work and any(each.coined for each in meant),
            derived=any(each in derived for each in meant),
            beside=beside - {key_of(use)},
            date=date,
            people=people,
            title=title,
        )


def _tell_idle(
    decisions: Decisions, writer: GraphWriter, unmet: Collection[Amendment], say: Callable[[str], None]
) -> None:
    """Say which corrections met nothing: their entity or paper is not there, or the paper does not say what they
    amend."""
    absent, curation = set(decisions.idle), decisions.curation
    every = (*curation.corrections, *curation.amendments)
    idle = [each for each in curation.corrections if each in absent or _lacks_paper(each, writer)]
    lost = [each for each in curation.amendments if each in unmet or _lacks_paper(each, writer)]
    if idle or lost:
        said = (f"{each.name if isinstance(each, Add) else each.value} in {each.paper}" for each in lost)
        names = ", ".join(dict.fromkeys((*(each.entity for each in idle), *said)))
        say(f"{len(idle) + len(lost)} of {len(every)} corrections name what is not in the graph: {names}")


def _lacks_paper(rule: Correction | Amendment, writer: GraphWriter) -> bool:
    paper = paper_of(rule)
    return paper is not None and not writer.has_paper(paper)
