"""What papers call things, and what they mean by names that may stand for several."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from operator import itemgetter

from kg.building.amended import AmendedExtractions
from kg.linking import Curation, ListedNames, NameUse, Naming, People, Senses, counts, key_of, presents_work
from kg.linking.curation import names_of
from kg.linking.rules import Witness
from kg.model import LocalEntity, Relation
from kg.store.payload import NamedThing
from kg.store.writer import GraphWriter
from kg.text.folding import fold

__all__ = ["NamedBeside", "Papers", "namings_of", "seen_by"]


class Papers:
    """The papers of a graph as linking reads them: what each names, as people amended it, and whether that is said of
    its own work."""

    def __init__(self, writer: GraphWriter, curation: Curation, min_confidence: float) -> None:
        self.extractions = AmendedExtractions(writer, curation)
        self._writer = writer
        self._curation = curation
        self._min_confidence = min_confidence
        self._others: frozenset[str] | None = None

    def present_work(self, paper_id: str) -> bool:
        """Whether what a paper says is about its own work."""
        if self._others is not None:
            return paper_id not in self._others
        return presents_work(*self._writer.standing(paper_id))

    def uses(self) -> Iterator[tuple[str, NameUse]]:
        """What each paper, by id, calls things, each way once."""
        if self._others is None:  # asked of all, it is quicker to ask once
            self._others = frozenset(
                paper for paper, kind, status, text in self._writer.standings() if not presents_work(kind, status, text)
            )
        for paper_id, things in self.extractions.named(whole=self._curation.accepts_in):
            yield from ((paper_id, use) for use in self._uses(paper_id, things))

    def uses_in(self, paper_id: str) -> list[NameUse]:
        """What one paper calls things, each way once."""
        return list(self._uses(paper_id, self.extractions.of(paper_id).entities))

    def _uses(self, paper_id: str, things: Iterable[LocalEntity | NamedThing]) -> dict[NameUse, None]:
        uses: dict[NameUse, None] = {}
        own_work = self.present_work(paper_id)
        for each in things:
            accepted = isinstance(each, LocalEntity) and counts(paper_id, each, self._curation, self._min_confidence)
            if accepted or each.confidence >= self._min_confidence:
                use = NameUse.of(each)
                uses[use if own_work else replace(use, introduced=False)] = None
        return uses


@dataclass(frozen=True)
class NamedBeside:
    """The ways in which one paper names things that may be one of several; with all that it names, by ``key_of``."""

    paper: str
    unsure: tuple[NameUse, ...]
    beside: frozenset[str]

    @classmethod
    def all(
        cls, uses: Iterable[tuple[str, NameUse]], names: Collection[str], listed: ListedNames
    ) -> Iterator[NamedBeside]:
        """Of all papers that use one of these folded names for something that is not listed."""
        for paper_id, found in groupby(uses, key=itemgetter(0)):
            of_paper = [use for _, use in found]
            unsure = tuple(use for use in of_paper if fold(use.name) in names and not listed.knows(use))
            if unsure:
                yield cls(paper_id, unsure, frozenset(map(key_of, of_paper)))


def namings_of(papers: Papers, found: NamedBeside) -> Iterator[Naming]:
    """One paper's uses of such names, with all that can tell what it means by them."""
    title, date, authors = papers.extractions.origin(found.paper)
    extraction, people = papers.extractions.of(found.paper), People.of(authors)
    derived = {extraction.entities[each.old] for each in extraction.derivations}
    own_work = papers.present_work(found.paper)
    for use in found.unsure:
        meant = [each for each in extraction.entities if replace(NameUse.of(each), introduced=use.introduced) == use]
        yield Naming(
            found.paper,
            use,
            coined=own_work and any(each.coined for each in meant),
            derived=any(each in derived for each in meant),
            beside=found.beside - {key_of(use)},
            date=date,
            people=people,
            title=title,
        )


def seen_by(papers: Papers, seen: Mapping[str, Witness], senses: Senses) -> Iterator[tuple[Witness, NameUse]]:
    """How the papers that people saw when they wrote corrections name what these are about."""
    for witness in sorted(set(seen.values())):
        for local in papers.extractions.of(witness.paper).entities:
            if fold(witness.name) in names_of(local):
                own = local.relation if papers.present_work(witness.paper) else Relation.MENTIONS
                yield witness, senses.use(witness.paper, replace(local, relation=own))
                break
