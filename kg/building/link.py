"""Extractions to the linked graph: gather what papers call things, decide what is one thing, write what follows.

Where few papers changed since the graph was linked, only what depends on them is decided anew (see ``relink``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Sequence

from kg.building.corrected import AppliedRule, applied, dump_rules, keep_order, load_rules
from kg.building.meanings import NamedBeside, Papers, namings_of, seen_by
from kg.building.relink import Relinking
from kg.linking import (
    DEFAULT_MIN_CONFIDENCE,
    Curation,
    Decisions,
    ListedNames,
    NameTable,
    Senses,
    ambiguous,
    decide,
    key_of,
    link_paper,
    linking_version,
    tell_apart,
)
from kg.linking.amendments import Add, Amendment
from kg.linking.claims import Claims
from kg.linking.decisions import rules_version
from kg.linking.placing import place
from kg.linking.rules import Correction, paper_of
from kg.store.linked import LinkedTables
from kg.store.writer import GraphWriter
from kg.vocabulary import Vocabulary, load_vocabulary

__all__ = ["link"]

_FEW = 5  # one paper in so many may have changed; of more, to link all takes no longer


def link(
    writer: GraphWriter,
    curation: Curation | None = None,
    min_confidence: float = DEFAULT_MIN_CONFIDENCE,
    progress: Callable[[int, int], None] = lambda done, total: None,
    say: Callable[[str], None] = lambda line: None,
    vocabulary: Vocabulary | None = None,
    *,
    undone: bool = False,
    anew: bool = False,
) -> None:
    """Link the graph, unless it is linked so already.

    What changed since it was linked so is linked anew, with all that depends on it; all of it by another version, where
    much changed, or if ``anew``. What an extraction is less sure of than ``min_confidence``, and no person accepted,
    stays out of the graph, and in the extraction. ``undone`` where a correction was taken back: the ids that it gave
    are kept to ourselves.
    """
    vocabulary, curation = vocabulary or load_vocabulary(), curation or Curation()
    version = f"{linking_version(vocabulary, curation)}+{min_confidence!r}"
    if writer.is_linked(version):
        return
    base = f"{rules_version(vocabulary)}+{min_confidence!r}"
    curation = curation.with_papers(writer.paper_called)
    papers = Papers(writer, curation, min_confidence)
    changed = None if anew else writer.changed_papers(base)
    before = load_rules(writer.corrected())
    few = changed is not None and len(changed) * _FEW <= writer.count_extractions()
    if few and changed is not None and keep_order([each.says for each in before], _said(curation)):
        relinking = Relinking(writer, papers, curation, vocabulary, min_confidence)
        followed, idle = relinking.run(version, changed, before, progress, undone=undone)
    else:
        followed, idle = _link_all(
            writer, papers, curation, vocabulary, min_confidence, (version, base), progress, undone=undone
        )
    _tell_idle(followed, idle, writer, papers.extractions.idle(), say)


def _said(curation: Curation) -> list[str]:
    return [rule.says for rule in applied(curation, curation)]


def _link_all(
    writer: GraphWriter,
    papers: Papers,
    curation: Curation,
    vocabulary: Vocabulary,
    min_confidence: float,
    versions: tuple[str, str],
    progress: Callable[[int, int], None],
    *,
    undone: bool,
) -> tuple[Curation, Sequence[Correction]]:
    """Link all papers; the rules by the ids of today, and those that met nothing.

    Extractions are read one by one, for what they name and then for what follows, so that memory holds names and never
    texts; of papers whose names may stand for several things also what tells which.
    """
    found, (version, base), rules = papers.extractions, versions, list[AppliedRule]()
    with writer.relinking(version, undone=undone, base=base, corrections=lambda: dump_rules(rules)) as tables:
        table = NameTable(use for _, use in papers.uses())
        senses = _senses(papers, table, vocabulary)
        decisions = decide(
            senses.applied(table),
            vocabulary,
            curation,
            senses,
            seen=dict(seen_by(papers, curation.seen, senses)),
            moved=writer.moved() if curation.version else None,
            claims=Claims.of(vocabulary, papers.uses(), found.names_in_title),
        )
        tables.put_entities(decisions.entities, decisions.names)
        _keep(tables, writer.numbers(), papers, decisions, vocabulary)
        linked = (
            (
                paper_id,
                link_paper(paper_id, extraction, decisions, min_confidence, own_work=papers.present_work(paper_id)),
            )
            for paper_id, extraction in found.all()
        )
        total = writer.count_extractions()
        for done in tables.put_papers(linked):
            progress(done, total)
        if curation.corrections or curation.amendments:
            tables.drop_bare_entities()
        rules += applied(curation, decisions.curation)
    return decisions.curation, decisions.idle


def _senses(papers: Papers, table: NameTable, vocabulary: Vocabulary) -> Senses:
    """What papers mean by names that may stand for several things; only what these papers say is held."""
    listed = ListedNames(vocabulary)
    names = ambiguous(table, listed)
    if not names:
        return Senses()
    common = Counter[str]()
    for use, times in table.items():
        common[key_of(use)] += times
    several = NamedBeside.all(papers.uses(), names, listed)
    return tell_apart((naming for found in several for naming in namings_of(papers, found)), common)


def _keep(
    tables: LinkedTables, numbers: dict[str, int], papers: Papers, decisions: Decisions, vocabulary: Vocabulary
) -> None:
    """Keep what papers name and what that stands for, so that the next change is linked without the rest."""
    namings, told = tables.keep_namings(), decisions.senses.told
    for paper_id, use in papers.uses():
        meant = decisions.meant_by(paper_id, use) if (paper_id, use) in told else None
        namings.add(numbers[paper_id], use, meant)
    assert decisions.things is not None
    namings.finish(
        lambda use: place(use, vocabulary), decisions.nodes.get, decisions.things.rows(), decisions.claims.rows()
    )


def _tell_idle(
    curation: Curation,
    met_nothing: Collection[Correction],
    writer: GraphWriter,
    unmet: Collection[Amendment],
    say: Callable[[str], None],
) -> None:
    """Say which corrections met nothing: their entity or paper is not there, or the paper does not say what they
    amend."""
    absent = set(met_nothing)
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
