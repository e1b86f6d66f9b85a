"""What depends on papers that changed: the names that are decided anew, and the papers that are linked anew for it.

Whatever linking decides of a name depends on the names that share a spelling or a long form with it, and so on
(``KeptNamings.met_by``), on those that claim the same id, and, of names that stand for several things, on what the
papers that use them name beside.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping

from kg.building.meanings import NamedBeside, Papers, namings_of
from kg.building.nodes import KeptNodes
from kg.linking import ListedNames, NameTable, NameUse, Senses, ambiguous, magnitude, tell_apart
from kg.linking.claims import settled
from kg.linking.decisions import Meant
from kg.linking.nodes import with_ancestors
from kg.linking.placing import Listed, Placed, place
from kg.linking.things import Things
from kg.store.namings import KeptNaming
from kg.store.relinked import ChangedTables
from kg.vocabulary import Vocabulary

__all__ = ["Affected"]


class Affected:
    """What depends on some papers that changed: ``papers``, by number, are linked anew, ``touched`` ways of naming
    became more or less frequent; what ``claimed`` has is another's to introduce."""

    def __init__(self, tables: ChangedTables, papers: Papers, vocabulary: Vocabulary) -> None:
        self.papers: set[int] = set()
        self.touched: set[int] = set()
        self.claimed: set[str] = set()
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
                self.claimed.add(concept)
                self.papers.update(n for n, _ in self._namings.papers_naming(each.id for each in introducing))

    def look_at(self, ids: Collection[str], uses: Iterable[NameUse]) -> None:
        """Decide on these nodes and ways of naming, too."""
        self._names |= self._namings.rivals_for(ids)
        for use in uses:
            placed = place(use, self._vocabulary)
            if placed.listed is Listed.NOT:
                self._names |= {placed.folded, placed.long or placed.folded}

    def meant(self, paper_id: str, use: NameUse) -> str | None:
        """What a paper means that names something so; what all others mean, if it does not."""
        placed = place(use, self._vocabulary)
        told = [meant for n in self._tables.numbers_of(paper_id) if (meant := self._namings.meanings(n).get(use))]
        return told[0].node if told else self._namings.node_of(placed.use)

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
