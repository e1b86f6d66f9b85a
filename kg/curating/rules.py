"""Corrections as people say them, made rules: names become ids, and what would do nothing is refused.

For the command line and for pages alike; ``kg.building.curate_graph`` writes a rule down and links the graph by it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from kg.errors import KgError
from kg.linking.amendments import Add, AddResult, ChangeResult, RejectResult, find_in
from kg.linking.overlay import Ruling, default_overlay, read_overlay, read_rulings
from kg.linking.rules import Accept, Dismiss, Merge, OnePaper, Rename, Retype, Split, TwoPapers
from kg.model import EntityType, Relation, ResultKind
from kg.questions.names import find_entities
from kg.questions.paper import PaperLink, PaperRequest, ask
from kg.questions.titles import find_paper
from kg.store import GraphReader

__all__ = ["Rules", "new_id", "rulings_of", "settled_entities", "some_text"]

_PAPER_IDS = ("arxiv/", "doi/", "title/")


def settled_entities(db: Path, overlay: Path | None = None) -> tuple[str, ...]:
    """The entities that somebody said are right as they stand, by id.

    Raises:
        CurationError: the overlay cannot be read, or a rule of it is wrong.
    """
    corrections = read_overlay(overlay or default_overlay(db), required=overlay is not None).corrections
    return tuple(sorted({each.entity for each in corrections if isinstance(each, Accept) and each.paper is None}))


def rulings_of(db: Path, overlay: Path | None = None) -> list[Ruling]:
    """What people decided about a graph, in the order in which it is applied.

    Raises:
        CurationError: as ``settled_entities``.
    """
    return read_rulings(overlay or default_overlay(db), required=overlay is not None)


@dataclass(frozen=True, slots=True)
class Rules:
    """What somebody says about the graph at ``db``, as rules.

    Every method takes names: entities by id, or by any name that only one has; papers by id, title and all else that
    leads to one.

    Raises:
        NotFoundError: a name stands for nothing in the graph; from any method.
        KgError: a name stands for several things, or the rule would do nothing; from any method.
    """

    db: Path

    def merge(self, entity: str, into: str) -> Merge:
        """Two entities are one."""
        one, other = self.entity(entity), self.entity(into)
        if one == other:
            raise KgError(f"{entity!r} and {into!r} are one entity already, {one}")
        return Merge(one, other)

    def split(self, entity: str, name: str, into: str, paper: str | None = None) -> Split:
        """What papers, or one ``paper``, call ``name`` is another entity, whose id may be new."""
        name = some_text(name, "the name")
        return Split(self.entity(entity), name, new_id(into), self.paper(paper) if paper else None)

    def rename(self, entity: str, label: str) -> Rename:
        """An entity is properly called otherwise."""
        if not label.strip():
            raise KgError("the new label is empty")
        rule = Rename(self.entity(entity), label.strip())
        self._check_free(rule.entity, rule.into)
        return rule

    def retype(self, entity: str, kind: EntityType) -> Retype:
        """An entity is of another type."""
        rule = Retype(self.entity(entity), kind)
        self._check_free(rule.entity, rule.into)
        return rule

    def reject(self, entity: str, paper: str | None = None) -> Dismiss:
        """An entity is no thing at all, or one ``paper`` does not name it."""
        return Dismiss(self.entity(entity), self.paper(paper) if paper else None)

    def accept(self, entity: str, paper: str | None = None, relation: Relation | None = None) -> Accept:
        """An entity is right as it stands, or one ``paper`` does name it, and does this with it."""
        if relation and not paper:
            raise KgError("--relation is of one paper to the entity; name that with --paper")
        found, of_paper = self.entity(entity), self.paper(paper) if paper else None
        return Accept(found, of_paper, self._surface(found, of_paper) if of_paper else None, relation)

    def one_paper(self, paper: str, into: str) -> OnePaper:
        """Two papers are one."""
        return OnePaper(*self._two_papers(paper, into))

    def two_papers(self, paper: str, other: str) -> TwoPapers:
        """What may be one paper is two."""
        return TwoPapers(*self._two_papers(paper, other))

    def add(self, paper: str, name: str, kind: EntityType, relation: Relation, entity: str | None = None) -> Add:
        """A paper names a thing that was not found in it."""
        paper, name = self.paper(paper), some_text(name, "the name")
        if entity is not None:
            entity = new_id(entity)
            if entity.partition("/")[0] != kind:
                raise KgError(f"{entity} is no {kind}; give the id of one, or another type")
        self._check_stands(paper, name)
        return Add(paper, name, kind, relation, entity)

    def add_result(
        self,
        paper: str,
        value: str,
        metric: str | None = None,
        on: str | None = None,
        of: str | None = None,
        kind: ResultKind = ResultKind.ABSOLUTE,
    ) -> AddResult:
        """A paper states a result that was not found in it."""
        paper, value = self.paper(paper), some_text(value, "the value")
        self._check_stands(paper, value)
        return AddResult(paper, value, metric, on, of, kind)

    def change_result(
        self,
        paper: str,
        value: str,
        metric: str | None = None,
        on: str | None = None,
        of: str | None = None,
        kind: ResultKind | None = None,
        nth: int = 1,
    ) -> ChangeResult:
        """Parts of a result are others; what is not given stays."""
        if not (metric or on or of or kind):
            raise KgError("nothing is changed; give --metric, --on, --of or --kind")
        rule = ChangeResult(self.paper(paper), value.strip(), metric, on, of, kind, nth)
        self._check_result(rule)
        return rule

    def reject_result(self, paper: str, value: str, nth: int = 1) -> RejectResult:
        """A number of a paper is no result."""
        rule = RejectResult(self.paper(paper), value.strip(), nth)
        self._check_result(rule)
        return rule

    def entity(self, name: str) -> str:
        """The id of the one entity that goes by a name."""
        with self._reader() as reader:
            found = find_entities(reader, name)
        if name in found:
            return name
        if len(found) > 1:
            raise KgError(f"{name!r} may be {', '.join(found)}; name one by that")
        return found[0]

    def paper(self, name: str) -> str:
        """The id of the one paper that goes by a name."""
        with self._reader() as reader:
            return find_paper(reader, name).id

    @contextmanager
    def _reader(self) -> Iterator[GraphReader]:
        with GraphReader(self.db) as reader:
            yield reader

    def _check_free(self, entity: str, into: str) -> None:
        """What would become one with another thing on the quiet is said to be a merge."""
        with self._reader() as reader:
            if entity != into and reader.entity(into) is not None:
                raise KgError(f"there is a {into} already; if both are one, say 'kg curate merge {entity} {into}'")

    def _check_stands(self, paper_id: str, words: str) -> None:
        """A statement without its proof is none."""
        with self._reader() as reader:
            paper = reader.paper(paper_id)
        if paper is None or find_in(paper, words) is None:
            raise KgError(f"{words!r} does not stand in {paper_id}; give it as title or abstract write it")

    def _check_result(self, rule: ChangeResult | RejectResult) -> None:
        with self._reader() as reader:
            values = [result.value.strip() for result in ask(reader, PaperRequest(rule.paper)).results]
        if values.count(rule.value) < rule.nth:
            known = f"those it has are {', '.join(values)}" if values else "it has none"
            raise KgError(f"{rule.paper} has no result {rule.value!r} (number {rule.nth}); {known}")

    def _surface(self, entity: str, paper: str) -> str:
        with self._reader() as reader:
            links: tuple[PaperLink, ...] = ask(reader, PaperRequest(paper)).links
        for link in links:
            if link.entity_id == entity and link.evidence:
                return link.evidence[0].surface
        raise KgError(
            f"{paper} has no link to {entity} that could be accepted; a lower --min-confidence may show it, "
            f"or say 'kg curate add {paper} NAME TYPE --entity {entity}'"
        )

    def _two_papers(self, paper: str, other: str) -> tuple[str, str]:
        one, two = (
            name if name.startswith(_PAPER_IDS) and " " not in name else self.paper(name) for name in (paper, other)
        )
        if one == two:
            raise KgError(f"{paper!r} and {other!r} are one paper, {one}; name two by their ids")
        return one, two


def new_id(into: str) -> str:
    """An entity's id, which may be new.

    Raises:
        KgError: it is none.
    """
    kind, _, rest = into.partition("/")
    if kind not in set(EntityType) or not rest or any(c.isspace() for c in rest):
        raise KgError(f"{into!r} is no entity's id; write its type and name, like method/foonet")
    return into


def some_text(text: str, what: str) -> str:
    """A text that says something.

    Raises:
        KgError: it is blank.
    """
    if not text.strip():
        raise KgError(f"{what} is empty; give what stands in the paper")
    return text.strip()
