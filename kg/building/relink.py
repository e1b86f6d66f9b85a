"""Linking where few papers or corrections changed: what depends on them is found by what is kept, decided anew by the
functions that decide all, and written where it differs.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from kg.building.affected import Affected
from kg.building.corrected import AppliedRule, applied, dump_rules, reached
from kg.building.meanings import Papers, seen_by
from kg.building.nodes import KeptNodes
from kg.linking import (
    Curation,
    NameUse,
    Senses,
    link_paper,
)
from kg.linking.claims import Claims
from kg.linking.decisions import Decided, Meant
from kg.linking.rules import Correction, Witness
from kg.model import LinkedPaper, LocalEntity
from kg.store.relinked import ChangedTables
from kg.store.writer import GraphWriter
from kg.text.folding import fold
from kg.vocabulary import Vocabulary

__all__ = ["Relinking"]


class Relinking:
    """One run of linking what changed."""

    def __init__(
        self,
        writer: GraphWriter,
        papers: Papers,
        curation: Curation,
        vocabulary: Vocabulary,
        min_confidence: float,
    ) -> None:
        self._writer = writer
        self._papers = papers
        self._curation = curation
        self._vocabulary = vocabulary
        self._min_confidence = min_confidence
        self._rules: list[AppliedRule] = []

    def run(
        self,
        version: str,
        changed: Collection[int],
        before: Sequence[AppliedRule],
        progress: Callable[[int, int], None],
        *,
        undone: bool = False,
    ) -> tuple[Curation, Sequence[Correction]]:
        """Link what changed: ``changed`` are the numbers of papers that came, changed or went, ``before`` the rules of
        people that the graph was linked by. The rules by the ids of today, and those that met nothing."""
        with self._writer.relinking_changes(
            version, undone=undone, corrections=lambda: dump_rules(self._rules)
        ) as tables:
            affected = Affected(tables, self._papers, self._vocabulary)
            affected.take_in({*changed, *self._papers_said_anew(tables, before)})
            moved = self._writer.moved() if self._curation.version else {}
            self._look_at_rules(affected, before, moved)
            affected.decide()
            curation = self._followed(affected, moved)
            self._rules = applied(self._curation, curation)
            idle = self._write(tables, affected, curation, reached(before, self._rules), progress)
            tables.namings.drop_unused(affected.touched)
        return curation, idle

    def _write(
        self,
        tables: ChangedTables,
        affected: Affected,
        curation: Curation,
        reached: Collection[str],
        progress: Callable[[int, int], None],
    ) -> Sequence[Correction]:
        named = {entity for rule in self._rules for entity in rule.ids}
        affected.kept.corrected = frozenset(curation.targets() & self._vocabulary.concepts.keys())
        nodes = affected.kept.with_parents({*affected.nodes(), *named, *reached, *tables.below(reached)})
        entities = curation.curate(nodes.values())
        relinked = tables.called(affected.papers | tables.namings.papers_meaning(reached))
        relinked |= tables.linked_to({*reached, *(affected.claimed & named)})
        there = tables.there({*nodes, *affected.nodes(), *named, *reached})
        tables.let_vanish(there - {entity.id for entity in entities})
        folded = {each.id: {name: fold(name) for name in (each.label, *each.aliases)} for each in entities}
        relinked.update(_reworded(tables, there, folded))
        tables.put_entities(entities, folded)
        for done in tables.replace_papers(self._linked(tables, sorted(relinked), curation, named)):
            progress(done, len(relinked))
        if self._rules:
            tables.drop_bare_entities(folded)
        return curation.idle(nodes.values()) if curation.corrections else []

    def _linked(
        self, tables: ChangedTables, papers: Iterable[str], curation: Curation, named: Collection[str]
    ) -> Iterator[tuple[str, LinkedPaper]]:
        for paper_id in papers:
            meanings = tables.namings.meanings(tables.number_of(paper_id))
            decided = _OfPaper(tables, meanings, curation, named, self._vocabulary)
            extraction, own_work = self._papers.extractions.of(paper_id), self._papers.present_work(paper_id)
            yield paper_id, link_paper(paper_id, extraction, decided, self._min_confidence, own_work=own_work)

    # What people said

    def _papers_said_anew(self, tables: ChangedTables, before: Sequence[AppliedRule]) -> Iterator[int]:
        """The papers of which people said what they did not before, or took it back: they may name other things now."""
        now = applied(self._curation, self._curation)
        was, is_now = ({(rule.says, rule.paper) for rule in rules} for rules in (before, now))
        for paper in sorted({paper for _, paper in was ^ is_now if paper is not None}):
            yield from tables.numbers_of(paper)

    def _look_at_rules(self, affected: Affected, before: Iterable[AppliedRule], moved: Mapping[str, str]) -> None:
        """Decide, too, on all that rules name: what stands behind an id is asked of what is decided."""
        rules = (*before, *applied(self._curation, self._curation))
        ids = {entity for rule in rules for entity in rule.ids}
        affected.look_at({*ids, *(moved[each] for each in ids & moved.keys())}, self._seen.values())

    @cached_property
    def _seen(self) -> dict[Witness, NameUse]:
        return dict(seen_by(self._papers, self._curation.seen, Senses()))

    def _followed(self, affected: Affected, moved: Mapping[str, str]) -> Curation:
        """The rules by the ids of today."""
        if not self._curation.version:
            return self._curation

        def meant(witness: Witness) -> str | None:
            use = self._seen.get(witness)
            return affected.meant(witness.paper, use) if use is not None else None

        return self._curation.followed(_There(affected.kept, self._vocabulary), meant, moved)


class _There:
    """The entities that papers name, before people's corrections, and all that the vocabulary lists."""

    def __init__(self, kept: KeptNodes, vocabulary: Vocabulary) -> None:
        self._kept = kept
        self._vocabulary = vocabulary

    def __contains__(self, entity: object) -> bool:
        return isinstance(entity, str) and (
            entity in self._vocabulary.concepts or self._kept.entity(entity) is not None
        )


def _reworded(tables: ChangedTables, there: Collection[str], folded: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    """The papers whose results have a part that is worded as an entity of theirs is called now, or was."""
    for entity_id in sorted(there & folded.keys()):
        if differ := tables.folded_names(entity_id) ^ set(folded[entity_id].values()):
            yield from tables.papers_wording(entity_id, differ)


class _OfPaper(Decided):
    """What was decided, as far as one paper needs it."""

    def __init__(
        self,
        tables: ChangedTables,
        meanings: Mapping[NameUse, Meant],
        curation: Curation,
        named: Collection[str],
        vocabulary: Vocabulary,
    ) -> None:
        self.curation = curation
        self._named = named
        self._tables = tables
        self._meanings = meanings
        self._vocabulary = vocabulary

    @cached_property
    def claims(self) -> Claims:  # type: ignore[override]
        nodes = {*(meant.node for meant in self._meanings.values()), *self._named}
        found = ((node, claim) for node in nodes if (claim := self._tables.namings.claimed(node)) is not None)
        return Claims.settled(self._vocabulary, found)

    def meant(self, paper_id: str, local: LocalEntity) -> Meant:
        return self._meanings[NameUse.of(local)]

    def folded_names(self, entity_id: str) -> Collection[str]:
        return self._tables.folded_names(entity_id)
