"""Linking where few papers changed: what depends on them is found by what is kept, decided anew, and written where it
differs.

Whatever linking decides of a name depends on the names that share a spelling or a long form with it, and so on
(``KeptNamings.met_by``), on those that claim the same id, and, of names that stand for several things, on what the
papers that use them name beside. So these names are decided together, by the functions that decide all names, and the
papers that mean something else by theirs than before are linked anew.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cached_property

from kg.building.meanings import NamedBeside, Papers, namings_of
from kg.building.nodes import KeptNodes
from kg.linking import (
    Curation,
    ListedNames,
    NameTable,
    NameUse,
    Senses,
    ambiguous,
    link_paper,
    magnitude,
    tell_apart,
)
from kg.linking.claims import Claims, settled
from kg.linking.decisions import Decided, Meant
from kg.linking.nodes import with_ancestors
from kg.linking.placing import Listed, Placed, place
from kg.linking.things import Things
from kg.model import LinkedPaper, LocalEntity
from kg.store.namings import KeptNaming
from kg.store.relinked import ChangedTables
from kg.store.writer import GraphWriter
from kg.text.folding import fold
from kg.vocabulary import Vocabulary

__all__ = ["Relinking"]


class Relinking:
    """One run of linking what changed."""

    def __init__(self, writer: GraphWriter, papers: Papers, vocabulary: Vocabulary, min_confidence: float) -> None:
        self._writer = writer
        self._papers = papers
        self._vocabulary = vocabulary
        self._min_confidence = min_confidence

    def run(
        self, version: str, changed: Collection[int], progress: Callable[[int, int], None], *, undone: bool = False
    ) -> None:
        """Link what changed: ``changed`` are the numbers of papers that came, changed or went."""
        with self._writer.relinking_changes(version, undone=undone) as tables:
            affected = _Affected(tables, self._papers, self._vocabulary)
            affected.take_in(changed)
            affected.decide()
            nodes = affected.nodes()
            there = tables.there(nodes)
            entities = [entity for entity in map(affected.kept.entity, nodes) if entity is not None]
            tables.let_vanish(there - {entity.id for entity in entities})
            folded = {each.id: {name: fold(name) for name in (each.label, *each.aliases)} for each in entities}
            reworded = list(_reworded(tables, there, folded))
            tables.put_entities(entities, folded)
            relinked = {paper for number in affected.papers if (paper := tables.paper_called(number)) is not None}
            relinked.update(reworded)
            total = len(relinked)
            for done in tables.replace_papers(self._linked(tables, sorted(relinked))):
                progress(done, total)
            tables.namings.drop_unused(affected.touched)

    def _linked(self, tables: ChangedTables, papers: Iterable[str]) -> Iterator[tuple[str, LinkedPaper]]:
        for paper_id in papers:
            number = tables.number_of(paper_id)
            decided = _OfPaper(tables, tables.namings.meanings(number), self._vocabulary)
            extraction, own_work = self._papers.extractions.of(paper_id), self._papers.present_work(paper_id)
            yield paper_id, link_paper(paper_id, extraction, decided, self._min_confidence, own_work=own_work)


def _reworded(tables: ChangedTables, there: Collection[str], folded: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    """The papers whose results have a part that is worded as an entity of theirs is called now, or was."""
    for entity_id in sorted(there & folded.keys()):
        if differ := tables.folded_names(entity_id) ^ set(folded[entity_id].values()):
            yield from tables.papers_wording(entity_id, differ)


class _OfPaper(Decided):
    """What was decided, as far as one paper needs it."""

    def __init__(self, tables: ChangedTables, meanings: Mapping[NameUse, Meant], vocabulary: Vocabulary) -> None:
        self.curation = Curation()
        self._tables = tables
        self._meanings = meanings
        self._vocabulary = vocabulary

    @cached_property
    def claims(self) -> Claims:  # type: ignore[override]
        nodes = {meant.node for meant in self._meanings.values()}
        found = ((node, claim) for node in nodes if (claim := self._tables.namings.claimed(node)) is not None)
        return Claims.settled(self._vocabulary, found)

    def meant(self, paper_id: str, local: LocalEntity) -> Meant:
        return self._meanings[NameUse.of(local)]

    def folded_names(self, entity_id: str) -> Collection[str]:
        return self._tables.folded_names(entity_id)


class _Affected:
    """What depends on some papers that changed: ``papers``, by number, are linked anew, ``touched`` ways of naming
    became more or less frequent."""

    def __init__(self, tables: ChangedTables, papers: Papers, vocabulary: Vocabulary) -> None:
        self.papers: set[int] = set()
        self.touched: set[int] = set()
        self._tables = tables
        self._namings = tables.namings
        self._papers = papers
        self._vocabulary = vocabulary
        self._listed = ListedNames(vocabulary)
        self._names: set[str] = set()  # folded, to be decided
        self._nodes: set[str] = set()  # that may come, go or change

    def take_in(self, changed: Collection[int]) -> None:
        """Keep what these papers name now, and take note of what that touches."""
        self.papers.update(changed)
        now = {number: self._placed(number) for number in changed}
        before = {number: set(self._namings.of_paper(number)) for number in changed}
        was = {each.id: each for each in self._namings.by_ids(set().union(*before.values()))}
        keys = {each.key for placed in now.values() for each in placed}
        keys |= {place(each.use, self._vocabulary).key for each in was.values()}
        times = self._namings.times_of(keys)
        for number in changed:
            self._namings.replace(number, now[number])
        after = self._namings.times_of(keys)
        self._names |= self._namings.names_beside(
            key for key in keys if magnitude(times.get(key, 0)) != magnitude(after.get(key, 0))
        )
        every = {each.use: each for placed in now.values() for each in placed}
        every |= {each.use: place(each.use, self._vocabulary) for each in was.values()}
        self._count_versions(now, before, was)
        for each in every.values():
            self._touch(each)
        entries = {each.node for each in every.values() if each.use.introduced and each.listed is Listed.ENTRY}
        self._settle_claims(entries)
        self.touched = was.keys() | set().union(*(self._namings.of_paper(number) for number in changed))

    def _placed(self, number: int) -> list[Placed]:
        paper_id = self._tables.paper_called(number)
        if paper_id is None:
            return []
        return [place(use, self._vocabulary) for use in self._papers.uses_in(paper_id)]

    def _count_versions(
        self,
        now: Mapping[int, Iterable[Placed]],
        before: Mapping[int, Iterable[int]],
        was: Mapping[int, KeptNaming],
    ) -> None:
        """Versions of families are spelt so by more papers, or by fewer."""
        counts = Counter[NameUse](each.use for placed in now.values() for each in placed)
        counts.subtract(was[naming].use for namings in before.values() for naming in namings)
        for use, times in counts.items():
            for variant, node in place(use, self._vocabulary).versions:
                self._nodes |= self._namings.nodes_spelt(variant.key) | {node}
                if times:
                    self._namings.count_spelling(variant, node, times)

    def _touch(self, placed: Placed) -> None:
        """A way of naming became more or less frequent, or what papers that name so say of themselves changed."""
        if placed.listed is Listed.NOT:
            self._names |= {placed.folded} if placed.long is None else {placed.folded, placed.long}
        elif placed.node is not None:
            self._nodes.add(placed.node)
            self._nodes.update(variant.family.id for variant, _ in placed.versions[:1])

    def _settle_claims(self, concepts: Iterable[str | None]) -> None:
        """Who introduces what the vocabulary lists: where that is another now, all that claim it are linked anew."""
        for concept in sorted(filter(None, concepts)):
            introducing = self._namings.introducing(concept)
            claiming = [each.id for each in introducing if self._listed.concept(each.use) == concept]
            ids = (self._tables.paper_called(number) for number, _ in self._namings.papers_naming(claiming))
            papers = {paper for paper in ids if paper is not None}
            claim = settled(concept, papers, self._papers.extractions.names_in_title) if papers else None
            if claim != self._namings.claimed(concept):
                self._namings.put_claimed([(concept, claim)])
                self.papers.update(n for n, _ in self._namings.papers_naming(each.id for each in introducing))

    # Deciding

    def decide(self) -> None:
        """Decide what the names stand for that are touched, with all that this depends on."""
        self._nodes |= with_ancestors(self._vocabulary.concepts, self._nodes & self._vocabulary.concepts.keys())
        # A thing may have the id of something that is listed, which is then another's to describe.
        names = self._namings.met_by(self._names | self._namings.rivals_for(self._nodes))
        while True:
            kept = self._namings.among(names)
            senses = self._senses(kept)
            table = senses.applied(NameTable.counted({each.use: each.times for each in kept}))
            things = Things(self._vocabulary, table.items())
            before = self._namings.things(names)
            ids = {*things.claims.values(), *things.by_id, *(each for pair in before for each in pair)}
            more = self._namings.rivals_for(ids) - names
            if not more:
                break
            names = self._namings.met_by(names | more)
        self._namings.put_things(names, things.rows())
        self._nodes |= {node for _, node in before} | things.by_id.keys()
        self.kept = KeptNodes(self._namings, self._vocabulary, things)
        self._mean(kept, senses, things)

    def nodes(self) -> list[str]:
        """The entities that may come, go or change."""
        concepts = self._vocabulary.concepts
        return sorted(self._nodes | with_ancestors(concepts, self._nodes & concepts.keys()))

    def _senses(self, kept: Collection[KeptNaming]) -> Senses:
        names = ambiguous(NameTable.counted({each.use: each.times for each in kept}), self._listed)
        unsure = {each.id: each.use for each in kept if each.folded in names}
        if not unsure:
            return Senses()
        by_paper: dict[int, list[NameUse]] = {}
        for number, naming in self._namings.papers_naming(unsure):
            by_paper.setdefault(number, []).append(unsure[naming])
        namings = [
            naming
            for number, uses in by_paper.items()
            for naming in namings_of(self._papers, self._beside(number, uses))
        ]
        common = self._namings.times_of({key for naming in namings for key in naming.beside})
        return tell_apart(namings, common)

    def _beside(self, number: int, uses: Collection[NameUse]) -> NamedBeside:
        paper_id = self._tables.paper_called(number)
        assert paper_id is not None  # what went names nothing any more
        return NamedBeside(paper_id, tuple(uses), self._namings.keys_of_paper(number))

    def _mean(self, kept: Collection[KeptNaming], senses: Senses, things: Things) -> None:
        """Keep what papers mean by these names; those that mean another thing than before are linked anew."""
        ids = {each.use: each.id for each in kept}
        before = self._namings.told_of(ids.values())
        told = {
            (self._tables.number_of(paper), ids[use]): Meant(
                things.nodes[each.applied(use)], each.uses, tuple(things.nodes[rival] for rival in each.rivals)
            )
            for (paper, use), each in senses.told.items()
        }
        differ = [(key, told.get(key)) for key in before.keys() | told.keys() if before.get(key) != told.get(key)]
        self._namings.tell(differ)
        self.papers.update(number for (number, _), _ in differ)
        moved = [(each.id, things.nodes.get(each.use)) for each in kept if things.nodes.get(each.use) != each.node]
        self._namings.settle(moved)
        self.papers.update(n for n, _ in self._namings.papers_naming((naming for naming, _ in moved), told=False))
