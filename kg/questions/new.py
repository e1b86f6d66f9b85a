"""What is new: the papers that came since a build or a time, what they name and state, and the records they broke.

By the builds that brought the records of papers: a paper came with the first of them, what only its body says with the
record that has the body. What is found anew in papers that were there is told by watches (``kg.watching``), which
remember what they told.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.errors import ContradictionError, KgError
from kg.model import BODY, EntityType, Relation
from kg.questions.conditions import Condition
from kg.questions.moment import of_one_moment
from kg.questions.records import BrokenRecord, records_on
from kg.questions.registry import Question
from kg.questions.requests import ANY, settle
from kg.questions.results import Claim, claims_with
from kg.questions.sqltext import ANY_OF, any_of
from kg.questions.things import Thing, papers_as_things
from kg.store import GraphReader
from kg.text.dates import is_date

__all__ = ["QUESTION", "Build", "New", "NewLink", "NewRequest", "ask"]

_TIME = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z\Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class NewRequest:
    """Since when: ``since`` a date or a time (``2025-03-01T12:00:00Z``), itself included, or after the build of number
    ``after`` (0: all that builds brought); without either, what the last build brought.

    ``limit`` keeps the first so many papers, links, results and records each.

    Raises:
        KgError: ``since`` is no date or time, both are given, or a number is beyond its limits.
    """

    since: str | None = None
    after: int | None = None
    limit: int | None = None

    def __post_init__(self) -> None:
        settle(self, after=(0, ANY), limit=(1, ANY))
        if self.since is not None and self.after is not None:
            raise ContradictionError("give since or after, not both")
        if self.since is not None and not is_date(self.since) and not _TIME.match(self.since):
            raise KgError(f"{self.since!r} is no time; write 2025, 2025-03, 2025-03-01 or 2025-03-01T12:00:00Z")


@dataclass(frozen=True, slots=True)
class Build:
    """A build that brought something; ``time`` is in UTC, None where nobody told it."""

    number: int
    time: str | None


@dataclass(frozen=True, slots=True)
class NewLink:
    """A link that is new, by the paper and the entity."""

    paper: str
    entity: str
    label: str
    type: EntityType
    relation: Relation
    confidence: float


@dataclass(frozen=True, slots=True)
class New:
    """What came with ``builds``: papers (the newest first), links, results and broken records, as many as were asked
    for; ``counts`` says how many there are of each."""

    builds: tuple[Build, ...]
    papers: tuple[Thing, ...]
    links: tuple[NewLink, ...]
    results: tuple[Claim, ...]
    records: tuple[BrokenRecord, ...]
    counts: dict[str, int]


@of_one_moment
def ask(reader: GraphReader, request: NewRequest) -> New:
    """What came since then."""
    builds = _builds(reader, request)
    if not builds:
        return New((), (), (), (), (), dict.fromkeys(("papers", "links", "results", "records"), 0))
    first = builds[0].number
    papers, bodies = _papers(reader, first), _papers_with_new_body(reader, first)
    brought = _Brought(papers, bodies)
    records = _records(reader, brought)
    counts = {
        "papers": len(papers),
        "links": reader.rows(f"SELECT count(*) {_LINKS}", brought.parameters)[0][0],
        "results": reader.rows(f"SELECT count(*) FROM result WHERE {_RESULTS}", brought.parameters)[0][0],
        "records": len(records),
    }
    cut = slice(request.limit)
    return New(
        builds, tuple(papers_as_things(reader, papers[cut])), _links(reader, brought, request.limit),
        claims_with(reader, Condition(_RESULTS, brought.parameters), request.limit), records[cut], counts,
    )  # fmt: skip


QUESTION = Question(
    "new",
    "What came since a time or a build: papers, links, results, and records that they broke.",
    NewRequest,
    New,
    ask,
)


def _builds(reader: GraphReader, request: NewRequest) -> tuple[Build, ...]:
    every = [Build(*row) for row in reader.rows("SELECT number, time FROM build ORDER BY number")]
    if request.since is not None:
        since = request.since
        first = next((each.number for each in every if each.time is not None and each.time >= since), None)
    elif request.after is not None:
        first = request.after + 1
    else:
        first = every[-1].number if every else None
    return tuple(each for each in every if first is not None and each.number >= first)


def _papers(reader: GraphReader, first: int) -> list[str]:
    """The papers none of whose records came before a build."""
    rows = reader.rows(
        "SELECT id FROM paper WHERE id IN (SELECT paper_id FROM record WHERE build >= ?1) AND NOT EXISTS "
        "(SELECT 1 FROM record WHERE paper_id = paper.id AND coalesce(build, 0) < ?1) "
        "ORDER BY date IS NULL, date DESC, id",
        (first,),
    )
    return [row[0] for row in rows]


def _papers_with_new_body(reader: GraphReader, first: int) -> list[str]:
    """The papers that were there before, of which a build brought the full text."""
    rows = reader.rows(
        "SELECT paper.id FROM record JOIN paper ON paper.id = paper_id WHERE build >= ?1 AND body_record = record.id "
        "AND EXISTS (SELECT 1 FROM record AS other WHERE other.paper_id = paper.id AND coalesce(build, 0) < ?1) "
        "ORDER BY paper.id",
        (first,),
    )
    return [row[0] for row in rows]


@dataclass(frozen=True, slots=True)
class _Brought:
    """The papers that builds brought, and those that were there of which they brought the full text."""

    papers: Sequence[str]
    bodies: Sequence[str]

    @property
    def parameters(self) -> tuple[str, str]:
        """Of ``_LINKS`` and ``_RESULTS``."""
        return any_of(self.papers), any_of(self.bodies)


_LINKS = (
    f"FROM link JOIN entity ON entity.id = entity_id WHERE paper_id IN {ANY_OF} OR (paper_id IN {ANY_OF} "
    # Of a paper that was there before, what its title and abstract say is not new.
    "AND NOT EXISTS (SELECT 1 FROM evidence WHERE evidence.paper_id = link.paper_id "
    f"AND evidence.entity_id = link.entity_id AND place < {BODY}))"
)
_RESULTS = f"(result.paper_id IN {ANY_OF} OR (result.paper_id IN {ANY_OF} AND place >= {BODY}))"


def _links(reader: GraphReader, brought: _Brought, limit: int | None) -> tuple[NewLink, ...]:
    rows = reader.rows(
        f"SELECT paper_id, entity_id, label, type, relation, confidence {_LINKS} ORDER BY paper_id, entity_id LIMIT ?",
        (*brought.parameters, -1 if limit is None else limit),
    )
    return tuple(NewLink(p, e, label, EntityType(t), Relation(r), c) for p, e, label, t, r, c in rows)


def _records(reader: GraphReader, brought: _Brought) -> tuple[BrokenRecord, ...]:
    """The records that were broken; where all papers came at once, nothing stood before."""
    new, bodies = frozenset(brought.papers), frozenset(brought.bodies)
    if reader.rows("SELECT count(*) FROM paper")[0][0] == len(new):
        return ()
    measured = reader.rows(
        f"SELECT DISTINCT measured_on_id FROM result WHERE {_RESULTS} AND measured_on_id IS NOT NULL ORDER BY 1",
        brought.parameters,
    )
    return records_on(
        reader,
        [row[0] for row in measured],
        lambda claim: claim.paper_id in new or (claim.paper_id in bodies and claim.place >= BODY),
    )
