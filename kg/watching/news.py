"""News: what a watch finds that it did not tell, by paper, with the sentences that prove it and the records broken."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from kg.errors import WatchError
from kg.model import Paper, Relation
from kg.questions.moment import of_one_moment
from kg.questions.proofs import best_evidence
from kg.questions.records import BrokenRecord, records_among
from kg.questions.results import Claim
from kg.store import GraphReader
from kg.text.dates import is_date
from kg.watching.matching import Finding, FoundLink, find
from kg.watching.told import Told, follower, told_result
from kg.watching.watches import Watch

__all__ = ["FROM_HERE", "FROM_START", "LinkNews", "News", "PaperNews", "all_of_paper", "begin", "look"]

FROM_HERE, FROM_START = "here", "start"
"""Where a watch that told nothing yet may begin; a date is the third."""


@dataclass(frozen=True, slots=True)
class LinkNews:
    """What a paper does with a thing, and the sentence that says so; None where the title or a table does."""

    entity: str
    label: str
    relation: Relation
    confidence: float
    sentence: str | None


@dataclass(frozen=True, slots=True)
class PaperNews:
    """What is new of one paper; ``is_new`` where nothing of it was told before.

    ``first_came`` and ``last_came`` are the times, in UTC, of the builds that brought the first and the last of its
    records; None where nobody told them.
    """

    paper: Paper
    is_new: bool
    links: tuple[LinkNews, ...] = ()
    results: tuple[Claim, ...] = ()
    records: tuple[BrokenRecord, ...] = ()
    first_came: str | None = None
    last_came: str | None = None


@dataclass(frozen=True, slots=True)
class News:
    """What a watch has to tell, the newest papers first, and what is to be said beside it."""

    watch: Watch
    papers: tuple[PaperNews, ...]
    remarks: tuple[str, ...] = ()

    @property
    def counts(self) -> dict[str, int]:
        """How many papers, links, results and records are new."""
        return {
            "papers": sum(each.is_new for each in self.papers),
            "links": sum(len(each.links) for each in self.papers),
            "results": sum(len(each.results) for each in self.papers),
            "records": sum(len(each.records) for each in self.papers),
        }


@of_one_moment
def begin(reader: GraphReader, watch: Watch, start: str = FROM_HERE) -> Told:
    """What counts as told of a watch that told nothing yet: all that is there; nothing, from the start; or what came
    before a date.

    Raises:
        WatchError: ``start`` is neither.
    """
    if start == FROM_START:
        return Told()
    if start != FROM_HERE and not is_date(start):
        raise WatchError(f"{start!r} is nowhere to begin; write {FROM_HERE}, {FROM_START} or a date, as 2025-03-01")
    found = find(reader, watch.query)
    return (found if start == FROM_HERE else _came_before(reader, found, start)).told


@of_one_moment
def look(reader: GraphReader, watch: Watch, told: Told) -> tuple[News, Told]:
    """What a watch has to tell beside what it told, and what it will have told then.

    Raises:
        KgError: the watch asks for what cannot be asked.
    """
    found = find(reader, watch.query)
    known = told.followed(
        follower(reader, found.papers, "paper"), follower(reader, {link.entity for link in found.links}, "entity")
    )
    links = [link for link in found.links if (link.paper, link.entity, str(link.relation)) not in known.links]
    results = [claim for claim in found.results if told_result(claim) not in known.results]
    papers = _of_papers(reader, found, links, results, found.papers.keys() - known.papers)
    remarks = (found.absent,) if found.absent else ()
    return News(watch, papers, remarks), known | found.told


@of_one_moment
def all_of_paper(reader: GraphReader, watch: Watch, most: int) -> tuple[PaperNews, ...]:
    """All that a watch finds, told or not, of the ``most`` papers that came last: for feeds, which readers of feeds
    compare by themselves."""
    found = find(reader, watch.query)
    came = _arrivals(reader, found.papers)
    newest = sorted(found.papers, key=lambda each: came[each][1] or "", reverse=True)[:most]
    kept = set(newest)
    links = [link for link in found.links if link.paper in kept]
    results = [claim for claim in found.results if claim.paper_id in kept]
    news = _of_papers(
        reader, replace(found, papers={each: found.papers[each] for each in newest}), links, results, kept
    )
    return tuple(replace(each, records=()) for each in news)


def _of_papers(
    reader: GraphReader, found: Finding, links: Iterable[FoundLink], results: Iterable[Claim], fresh: Iterable[str]
) -> tuple[PaperNews, ...]:
    links_of: dict[str, list[FoundLink]] = defaultdict(list)
    results_of: dict[str, list[Claim]] = defaultdict(list)
    records_of: dict[str, list[BrokenRecord]] = defaultdict(list)
    results = list(results)
    for link in links:
        links_of[link.paper].append(link)
    for claim in results:
        results_of[claim.paper_id].append(claim)
    for record in records_among(reader, results):
        records_of[record.claim.paper_id].append(record)
    new = set(fresh)
    told = [each for each in found.papers if each in new or each in links_of or each in results_of]
    came = _arrivals(reader, told)
    return tuple(
        PaperNews(
            found.papers[each],
            each in new,
            _proved(reader, found.papers[each], links_of[each]),
            tuple(results_of[each]),
            tuple(records_of[each]),
            *came[each],
        )
        for each in told
    )


def _proved(reader: GraphReader, paper: Paper, links: Iterable[FoundLink]) -> tuple[LinkNews, ...]:
    links = list(links)
    evidence = reader.evidence_of(paper) if links else {}
    news = []
    for link in links:
        proof = best_evidence(evidence.get(link.entity, ()), link.relation)
        sentence = proof.sentence if proof and proof.passage not in ("title", "table") else None
        news.append(LinkNews(link.entity, link.label, link.relation, link.confidence, sentence))
    return tuple(news)


def _arrivals(reader: GraphReader, papers: Iterable[str]) -> Mapping[str, tuple[str | None, str | None]]:
    """When the first and the last record of each paper came."""
    wanted = list(papers)
    rows = reader.rows(
        # The first is unknown where a record came before builds were numbered.
        "SELECT paper_id, CASE WHEN count(build) = count(*) THEN min(time) END, max(time) FROM json_each(?) AS wanted "
        "CROSS JOIN record ON paper_id = wanted.value LEFT JOIN build ON number = record.build GROUP BY paper_id",
        (json.dumps(wanted),),
    )
    return {**dict.fromkeys(wanted, (None, None)), **{paper: (first, last) for paper, first, last in rows}}


def _came_before(reader: GraphReader, found: Finding, date: str) -> Finding:
    """What of a finding is of papers whose first record came before a date, or nobody knows when."""
    came = _arrivals(reader, found.papers)
    old = {each for each, (first, _) in came.items() if first is None or first < date}
    return Finding(
        {each: paper for each, paper in found.papers.items() if each in old},
        tuple(link for link in found.links if link.paper in old),
        tuple(claim for claim in found.results if claim.paper_id in old),
    )
