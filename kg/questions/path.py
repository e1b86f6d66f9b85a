"""How two things hang together: a shortest path between them, every step with its proof."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.errors import UnconnectedError
from kg.model import EntityRelation, Evidence, Relation
from kg.questions.moment import of_one_moment
from kg.questions.proofs import proof
from kg.questions.registry import Question
from kg.questions.requests import settle
from kg.questions.sqltext import ANY_OF, any_of
from kg.questions.things import Thing, entities_as_things, find_thing, papers_as_things
from kg.store import GraphReader

__all__ = ["QUESTION", "Path", "PathRequest", "PathStep", "ask"]

_MERE_MENTION = 0.5  # what a link that says little costs more than one that says what the paper does

Vertex = tuple[bool, str]  # whether it is a paper, and its id
Hop = tuple[Vertex, Vertex, str, float]  # from, to, relation, confidence
Found = dict[Vertex, tuple[float, Hop | None]]  # the cost of the way to a node, and the last hop of it


@dataclass(frozen=True, slots=True)
class PathRequest:
    """Two things to find the way between: any names of entities or papers."""

    start: str
    end: str

    def __post_init__(self) -> None:
        settle(self)


@dataclass(frozen=True, slots=True)
class PathStep:
    """One step: an edge of the graph, in its direction or (``forward`` false) against it.

    ``confidence`` and ``evidence`` are those of a link; a family has none.
    """

    source: Thing
    target: Thing
    relation: Relation | EntityRelation
    forward: bool
    confidence: float | None = None
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class Path:
    """The way from one thing to another; no steps when they are the same."""

    start: Thing
    end: Thing
    steps: tuple[PathStep, ...]


@of_one_moment
def ask(reader: GraphReader, request: PathRequest) -> Path:
    """A shortest path between two entities or papers, along links and families in either direction.

    Of several that are equally short, the one whose links are surest and say most; the same for the same graph.

    Raises:
        NotFoundError: nothing is called so; with suggestions.
        UnconnectedError: nothing connects the two.
    """
    first, last = find_thing(reader, request.start), find_thing(reader, request.end)
    hops = _search(reader, (first.is_paper, first.id), (last.is_paper, last.id))
    if hops is None:
        raise UnconnectedError(first.label, last.label)
    labels = _describe_all(reader, hops)
    return Path(first, last, tuple(_step(reader, hop, labels) for hop in hops))


QUESTION = Question("path", "A shortest path between two entities or papers, with proofs.", PathRequest, Path, ask)


def _search(reader: GraphReader, start: Vertex, end: Vertex) -> list[Hop] | None:
    """Breadth first from both ends, always from the one with less to look at, until they meet."""
    found: tuple[Found, Found] = ({start: (0.0, None)}, {end: (0.0, None)})
    frontiers: list[list[Vertex]] = [[start], [end]]
    if start == end:
        return []
    while all(frontiers):
        side = int(len(frontiers[0]) > len(frontiers[1]))
        frontiers[side] = _widen(reader, frontiers[side], found[side])
        meeting = [node for node in frontiers[side] if node in found[1 - side]]
        if meeting:
            best = min(meeting, key=lambda node: (found[0][node][0] + found[1][node][0], node))
            backward = [(b, a, relation, sure) for a, b, relation, sure in _way(found[1], best)]
            return [*reversed(_way(found[0], best)), *backward]
    return None


def _widen(reader: GraphReader, frontier: list[Vertex], found: Found) -> list[Vertex]:
    """The nodes one hop further, each with the cheapest of the hops that lead there."""
    fresh: Found = {}
    for hop in _hops(reader, frontier):
        source, target, relation, confidence = hop
        if target in found:
            continue
        cost = found[source][0] + (1 - confidence) + (_MERE_MENTION if relation == Relation.MENTIONS else 0)
        if target not in fresh or (cost, source) < (fresh[target][0], _origin(fresh[target])):
            fresh[target] = (cost, hop)
    found |= fresh
    return list(fresh)


def _origin(entry: tuple[float, Hop | None]) -> Vertex:
    hop = entry[1]
    assert hop is not None
    return hop[0]


def _hops(reader: GraphReader, frontier: list[Vertex]) -> Iterator[Hop]:
    papers = any_of(node for is_paper, node in frontier if is_paper)
    entities = any_of(node for is_paper, node in frontier if not is_paper)
    sql = f"SELECT paper_id, entity_id, relation, confidence FROM link WHERE paper_id IN {ANY_OF}"
    for paper, entity, relation, confidence in reader.stream(sql, (papers,)):
        yield (True, paper), (False, entity), relation, confidence
    sql = f"SELECT entity_id, paper_id, relation, confidence FROM link WHERE entity_id IN {ANY_OF}"
    for entity, paper, relation, confidence in reader.stream(sql, (entities,)):
        yield (False, entity), (True, paper), relation, confidence
    for ends in ("child, parent", "parent, child"):
        sql = f"SELECT {ends} FROM broader WHERE {ends.partition(',')[0]} IN {ANY_OF}"
        for source, target in reader.stream(sql, (entities,)):
            yield (False, source), (False, target), EntityRelation.BROADER, 1.0


def _way(found: Found, node: Vertex) -> list[Hop]:
    """The hops that led to a node, the last first."""
    hops: list[Hop] = []
    while (hop := found[node][1]) is not None:
        hops.append(hop)
        node = hop[0]
    return hops


def _describe_all(reader: GraphReader, hops: list[Hop]) -> dict[Vertex, Thing]:
    nodes = list(dict.fromkeys(node for hop in hops for node in hop[:2]))
    things: dict[Vertex, Thing] = {}
    for is_paper, as_things in ((True, papers_as_things), (False, entities_as_things)):
        ids = [vertex for of_paper, vertex in nodes if of_paper is is_paper]
        things |= {(is_paper, thing.id): thing for thing in as_things(reader, ids)}
    return things


def _step(reader: GraphReader, hop: Hop, things: dict[Vertex, Thing]) -> PathStep:
    source, target, relation, confidence = hop
    if relation == EntityRelation.BROADER:
        up = bool(reader.rows("SELECT 1 FROM broader WHERE child = ? AND parent = ?", (source[1], target[1])))
        return PathStep(things[source], things[target], EntityRelation.BROADER, up)
    paper, entity = (source, target) if source[0] else (target, source)
    evidence = proof(reader, paper[1], entity[1], Relation(relation))
    return PathStep(things[source], things[target], Relation(relation), source[0], confidence, evidence)
