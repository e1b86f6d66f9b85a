"""What a person should look at: what is likely wrong, what may be one, and the links that are least certain."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import combinations

from kg.model import Relation
from kg.questions.doubtful import DoubtfulEntity, doubtful_entities
from kg.questions.moment import of_one_moment
from kg.questions.registry import Question
from kg.questions.requests import ANY, settle
from kg.store import GraphReader
from kg.text.folding import fold

__all__ = [
    "QUESTION",
    "PaperDoubt",
    "Review",
    "ReviewRequest",
    "SenseDoubt",
    "Suggestion",
    "UncertainLink",
    "ask",
    "paper_doubts",
    "sense_doubts",
    "suggest_merges",
    "uncertain_links",
]

_ALIKE = 85.0  # percent of the letters of both that are common, in order
_SHORTEST = 5  # letters: shorter names differ by chance
_LARGEST_BLOCK = 200  # names that begin alike; more of them begin like an ordinary word


@dataclass(frozen=True, slots=True)
class ReviewRequest:
    """What to review: at most ``limit`` of each kind; the entities in ``settled``, by id, are right as they stand.

    Raises:
        KgError: the limit is below one.
    """

    limit: int = 20
    settled: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        settle(self, limit=(1, ANY))


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Two entities that may be one: the first, which so many papers name, would go into the second, which the
    vocabulary or more papers know."""

    entity: str
    label: str
    into: str
    into_label: str
    alike: float
    papers: int


@dataclass(frozen=True, slots=True)
class UncertainLink:
    """A link that was kept, if barely."""

    paper: str
    title: str
    entity: str
    label: str
    relation: Relation
    confidence: float
    surface: str


@dataclass(frozen=True, slots=True)
class PaperDoubt:
    """Two papers that may be one; the second is the one that keeps its id then."""

    paper: str
    title: str
    into: str
    into_title: str
    reason: str


@dataclass(frozen=True, slots=True)
class SenseDoubt:
    """A paper that is linked to an entity by a ``name`` of several, and may mean another: ``into``."""

    paper: str
    title: str
    name: str
    entity: str
    label: str
    into: str
    into_label: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Review:
    """Entities that may be one, the likeliest first, papers that may be one, the links that are least certain, the
    papers that may mean another thing of the same name, and entities that are likely no such thing, or several."""

    merges: tuple[Suggestion, ...]
    links: tuple[UncertainLink, ...]
    papers: tuple[PaperDoubt, ...] = ()
    senses: tuple[SenseDoubt, ...] = ()
    entities: tuple[DoubtfulEntity, ...] = ()


@of_one_moment
def ask(reader: GraphReader, request: ReviewRequest) -> Review:
    """What a person should look at first."""
    merges = suggest_merges(reader, request.settled, request.limit)
    links = uncertain_links(reader, limit=request.limit)
    senses = sense_doubts(reader, request.limit)
    papers = paper_doubts(reader, request.limit)
    entities = doubtful_entities(reader, request.settled, request.limit)
    return Review(tuple(merges), tuple(links), tuple(papers), tuple(senses), tuple(entities))


QUESTION = Question("review", "What a person should look at: unsure names and links.", ReviewRequest, Review, ask)


@dataclass(frozen=True, slots=True)
class _Named:
    id: str
    label: str
    known: bool
    papers: int
    folded: str

    @property
    def rank(self) -> tuple[bool, int, str]:
        return (self.known, self.papers, self.id)


def suggest_merges(reader: GraphReader, settled: Collection[str] = (), limit: int | None = None) -> list[Suggestion]:
    """Pairs of entities whose labels are spelt alike, the likeliest first; nothing is ever merged for that alone.

    Names with other digits are never suggested, nor two things that the vocabulary tells apart, nor a thing and its
    family. Names of one spelling and different types are. Entities in ``settled`` are right as they stand.
    """
    named = [
        _Named(entity_id, label, bool(known), papers, fold(label))
        for entity_id, label, known, papers in reader.rows(
            "SELECT id, label, known, count(*) FROM link JOIN entity ON id = entity_id GROUP BY id ORDER BY id"
        )
        if entity_id not in settled
    ]
    families = set(reader.rows("SELECT child, parent FROM broader"))
    found = []
    for one, other, alike in _pairs(named):
        small, large = sorted((one, other), key=lambda each: each.rank)
        if not small.known and not {(one.id, other.id), (other.id, one.id)} & families:
            found.append(Suggestion(small.id, small.label, large.id, large.label, round(alike, 1), small.papers))
    found.sort(key=lambda s: (-s.alike, -s.papers, s.entity, s.into))
    return found[:limit]


def _pairs(named: list[_Named]) -> Iterator[tuple[_Named, _Named, float]]:
    """Pairs that are alike, each once. Only names that share digits and first letters are compared (blocking)."""
    from rapidfuzz import fuzz

    blocks: dict[tuple[str, ...], list[_Named]] = defaultdict(list)
    for each in named:
        digits = "".join(c for c in each.folded if c.isdigit())
        blocks[each.folded[:3], digits].append(each)
    for block in blocks.values():
        if len(block) > _LARGEST_BLOCK:
            continue
        for one, other in combinations(block, 2):
            if one.folded == other.folded:
                yield one, other, 100.0
            elif _same_type(one, other) and min(len(one.folded), len(other.folded)) >= _SHORTEST:
                alike = fuzz.ratio(one.folded, other.folded, score_cutoff=_ALIKE)
                if alike:
                    yield one, other, alike


def _same_type(one: _Named, other: _Named) -> bool:
    return one.id.partition("/")[0] == other.id.partition("/")[0]


def paper_doubts(reader: GraphReader, limit: int = 20) -> list[PaperDoubt]:
    """Papers of which records alone cannot tell whether they are one; nothing is merged while that is open."""
    rows = reader.rows(
        "SELECT paper_id, one.title, other_id, other.title, reason FROM doubt JOIN paper AS one ON one.id = paper_id "
        "JOIN paper AS other ON other.id = other_id ORDER BY paper_id, other_id, reason LIMIT ?",
        (limit,),
    )
    # An arXiv id is a better name than a DOI, and that is better than a title's: the ids sort the same way.
    return [
        PaperDoubt(p, p_title, o, o_title, r) if o < p else PaperDoubt(o, o_title, p, p_title, r)
        for p, p_title, o, o_title, r in rows
    ]


def sense_doubts(reader: GraphReader, limit: int = 20) -> list[SenseDoubt]:
    """Papers that name one of several things of a name, and not clearly which; the least certain first."""
    rows = reader.rows(
        "SELECT doubt.paper_id, title, (SELECT surface FROM evidence WHERE evidence.paper_id = doubt.paper_id "
        "AND evidence.entity_id = doubt.entity_id ORDER BY place, start LIMIT 1), doubt.entity_id, one.label, "
        "doubt.other_id, other.label, confidence FROM sense_doubt AS doubt JOIN link USING (paper_id, entity_id) "
        "JOIN paper ON paper.id = doubt.paper_id JOIN entity AS one ON one.id = doubt.entity_id "
        "JOIN entity AS other ON other.id = doubt.other_id "
        "ORDER BY confidence, doubt.paper_id, doubt.entity_id, doubt.other_id LIMIT ?",
        (limit,),
    )
    return [SenseDoubt(p, t, s or n, e, n, o, o_label, c) for p, t, s, e, n, o, o_label, c in rows]


def uncertain_links(
    reader: GraphReader, settled: Collection[tuple[str, str]] = (), limit: int = 20
) -> list[UncertainLink]:
    """The links of the lowest confidence; (paper, entity) pairs in ``settled`` are left out."""
    rows = reader.rows(
        "SELECT paper_id, title, entity_id, label, relation, confidence, (SELECT surface FROM evidence WHERE "
        "evidence.paper_id = link.paper_id AND evidence.entity_id = link.entity_id ORDER BY place, start LIMIT 1) "
        "FROM link JOIN paper ON paper.id = paper_id JOIN entity ON entity.id = entity_id "
        "WHERE confidence < 1 AND (paper_id, entity_id) NOT IN (SELECT paper_id, entity_id FROM sense_doubt) "
        "ORDER BY confidence, paper_id, entity_id LIMIT ?",
        (limit + len(settled),),
    )
    found = [UncertainLink(p, t, e, n, Relation(r), c, s or n) for p, t, e, n, r, c, s in rows if (p, e) not in settled]
    return found[:limit]
