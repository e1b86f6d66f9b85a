"""The projection on entities: tied where papers use both, and where one builds on the other.

A paper uses what it introduces, evaluates on, trains on, uses or addresses, as Linked Papers With Code has it: what it
compares with or merely mentions is not part of its own work. The weight of a tie is the number of papers that say so.
Both ends of ``used_together`` are alike; it is stored once, from the smaller id to the greater.

Pairs grow with the square of a list, so two bounds hold, and what they leave out is counted and said: papers that use
more than ``LONGEST_LIST`` things tie none of them (a survey says little of each pair), and of more than ``MOST_PAIRS``
pairs those of the most papers are kept.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from operator import itemgetter
from typing import Any

import numpy as np
import numpy.typing as npt

from kg.exports.elements import Edge, Elements, Node, Value, entity_attributes
from kg.iris import entity_iri, paper_iri
from kg.model import EntityRelation, Relation
from kg.questions.communities import communities, naming, ties
from kg.questions.derived import introduced_by
from kg.store import GraphReader
from kg.store.groups import Groups

__all__ = ["EDGE_ATTRIBUTES", "LONGEST_LIST", "MOST_PAIRS", "NODE_ATTRIBUTES", "entity_elements"]

LONGEST_LIST = 60  # as for communities
MOST_PAIRS = 1_000_000  # what Gephi and networkx still open

NODE_ATTRIBUTES: Mapping[str, type] = {
    "kind": str,
    "label": str,
    "aliases": tuple,
    "exact_matches": tuple,
    "introduced_in": tuple,
    "homepages": tuple,
    "known": bool,
    "direction": str,
    "scale": str,
    "papers": int,
    "introduced_by": tuple,
    "community": int,
    "first_year": int,
    "last_year": int,
}
"""All that an entity may have; ``community`` is a number, 0 that of the most entities; the years are those of the
papers that name it, where they are known."""

EDGE_ATTRIBUTES: Mapping[str, type] = {
    "relation": str,
    "label": str,
    "weight": float,
    "papers": int,
    "first_year": int,
    "last_year": int,
}
"""All that a tie has: ``used_together`` or ``builds_on``, by how many papers, and the first and last year of these."""

_USED = frozenset((Relation.INTRODUCES, Relation.EVALUATES_ON, Relation.TRAINS_ON, Relation.USES, Relation.ADDRESSES))
_LINKS = (
    "SELECT paper_id, entity_id, relation, substr(date, 1, 4) FROM link JOIN paper ON paper.id = paper_id "
    "ORDER BY paper_id, entity_id"
)
_BUILT = (
    "SELECT entity_id, other_id, count(*), min(substr(date, 1, 4)), max(substr(date, 1, 4)) FROM derivation "
    "JOIN paper ON paper.id = paper_id GROUP BY entity_id, other_id ORDER BY entity_id, other_id"
)
_UNKNOWN = 0  # no year
_NEVER = 9999  # later than all years
_AT_ONCE = 2_000_000  # pairs that are held before they are added up

Whole = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class _Ties:
    """Pairs of entities as one number each, ascending, with their papers and years."""

    pairs: Whole
    papers: Whole
    first: Whole
    last: Whole


@dataclass(slots=True)
class _Named:
    """What papers name: which entities, by index; of what they use, the ties; and the years of each entity."""

    papers: list[list[int]]
    ties: _Ties
    first: Whole
    last: Whole
    long_lists: int


def entity_elements(reader: GraphReader, base: str, facts: Mapping[str, Value]) -> Elements:
    """The entities that papers name, and their ties."""
    ids = [entity for (entity,) in reader.rows("SELECT DISTINCT entity_id FROM link ORDER BY entity_id")]
    named = _read(reader, {entity: index for index, entity in enumerate(ids)})
    strongest, weaker = _strongest(named.ties)
    told: dict[str, Value] = {
        "projection": "entities",
        "pairs_left_out": weaker,
        "papers_with_long_lists": named.long_lists,
    }
    _say(weaker, named.long_lists)
    return Elements(
        NODE_ATTRIBUTES,
        EDGE_ATTRIBUTES,
        lambda: _nodes(reader, base, ids, named),
        lambda: _edges(reader, base, ids, strongest),
        {**facts, **told},
    )


def _say(weaker: int, long_lists: int) -> None:
    """What is left out, on standard error unless the program that uses ``kg`` sets up logging otherwise."""
    if weaker:
        logging.getLogger(__name__).warning("kg: left out the %s pairs that the fewest papers use together", weaker)
    if long_lists:
        logging.getLogger(__name__).warning(
            "kg: %s papers that use more than %s things tie none of them", long_lists, LONGEST_LIST
        )


def _nodes(reader: GraphReader, base: str, ids: list[str], named: _Named) -> Iterator[Node]:
    sorted_out = communities(ties(naming(named.papers, len(ids)))) if ids else ()
    fame = dict(reader.stream("SELECT entity_id, count(*) FROM link GROUP BY entity_id"))
    introduced = Groups(introduced_by(reader))
    place = 0
    for entity in reader.entities():
        if place == len(ids) or entity.id != ids[place]:
            continue
        papers = tuple(paper_iri(paper, base) for _, paper in introduced.take(entity.id))
        attributes = entity_attributes(entity, fame[entity.id], papers)
        attributes["community"] = int(sorted_out[place])
        yield Node(entity_iri(entity.id, base), attributes | _years(named.first[place], named.last[place]))
        place += 1


def _edges(reader: GraphReader, base: str, ids: list[str], found: _Ties) -> Iterator[Edge]:
    columns = (found.pairs.tolist(), found.papers.tolist(), found.first.tolist(), found.last.tolist())
    for pair, papers, first, last in zip(*columns, strict=True):
        one, other = divmod(pair, len(ids))
        yield _edge(EntityRelation.USED_TOGETHER, ids[one], ids[other], papers, _years(first, last), base)
    for entity, other, papers, first, last in reader.stream(_BUILT):
        years = _years(first or _NEVER, last or _UNKNOWN)
        yield _edge(EntityRelation.BUILDS_ON, entity, other, papers, years, base)


def _edge(relation: str, one: str, other: str, papers: int, years: dict[str, Value], base: str) -> Edge:
    attributes: dict[str, Value] = {
        "relation": str(relation),
        "label": relation.replace("_", " "),
        "weight": float(papers),
        "papers": papers,
    }
    return Edge(entity_iri(one, base), entity_iri(other, base), attributes | years)


def _years(first: Any, last: Any) -> dict[str, Value]:
    return {"first_year": int(first), "last_year": int(last)} if last != _UNKNOWN else {}


def _read(reader: GraphReader, index: Mapping[str, int]) -> _Named:
    papers: list[list[int]] = []
    first, last = np.full(len(index), _NEVER), np.full(len(index), _UNKNOWN)
    waiting: list[_Ties] = []
    held = long_lists = 0
    for _, rows in groupby(reader.stream(_LINKS), key=itemgetter(0)):
        links = [(index[entity], relation, year) for _, entity, relation, year in rows]
        things = [entity for entity, _, _ in links]
        papers.append(things)
        year = int(links[0][2]) if links[0][2] else None
        if year is not None:
            first[things] = np.minimum(first[things], year)
            last[things] = np.maximum(last[things], year)
        used = np.array([entity for entity, relation, _ in links if relation in _USED], dtype=np.int64)
        if len(used) > LONGEST_LIST:
            long_lists += 1
        elif len(used) > 1:
            waiting.append(_pairs(used, len(index), year))
            held += len(waiting[-1].pairs)
        if held > _AT_ONCE:
            waiting = [_added_up(waiting)]
            held = 0
    return _Named(papers, _added_up(waiting), first, last, long_lists)


@cache
def _places(length: int) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    return np.triu_indices(length, 1)


def _pairs(used: Whole, entities: int, year: int | None) -> _Ties:
    """All pairs of what one paper uses, whose entities are ascending."""
    one, other = _places(len(used))
    pairs = used[one] * entities + used[other]
    first, last = (year, year) if year is not None else (_NEVER, _UNKNOWN)
    return _Ties(pairs, np.ones_like(pairs), np.full_like(pairs, first), np.full_like(pairs, last))


def _added_up(several: list[_Ties]) -> _Ties:
    if not several:
        nothing = np.zeros(0, dtype=np.int64)
        return _Ties(nothing, nothing, nothing, nothing)
    pairs, papers, first, last = (
        np.concatenate([getattr(each, name) for each in several]) for name in ("pairs", "papers", "first", "last")
    )
    order = np.argsort(pairs, kind="stable")
    pairs, starts = np.unique(pairs[order], return_index=True)
    return _Ties(
        pairs,
        np.add.reduceat(papers[order], starts),
        np.minimum.reduceat(first[order], starts),
        np.maximum.reduceat(last[order], starts),
    )


def _strongest(found: _Ties) -> tuple[_Ties, int]:
    """The pairs of the most papers, in their order, and how many are left out."""
    weaker = max(len(found.pairs) - MOST_PAIRS, 0)
    if not weaker:
        return found, 0
    kept = np.sort(np.lexsort((found.pairs, -found.papers))[:MOST_PAIRS])
    return _Ties(found.pairs[kept], found.papers[kept], found.first[kept], found.last[kept]), weaker
