"""The tools: each says when to use it, takes what another gives as id, and answers within bounds.

The docstrings are read by agents, and so are the descriptions of parameters. A tool raises our own errors; the
transport makes tool errors of them, whose text says what to do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Annotated, Any, Literal, TypeVar

from pydantic import Field

from kg.api import Graph
from kg.model import EntityType, PaperType, Relation
from kg.questions import question
from kg.server.api.paging import page
from kg.server.api.parameters import words_of
from kg.server.mcp.answers import (
    BoardsFound,
    Compared,
    EntitiesFound,
    EntityFound,
    EvidenceFound,
    NewFound,
    PaperFound,
    PapersFound,
    PathFound,
    RelatedFound,
    SparqlFound,
    TrendFound,
    cut,
)
from kg.server.mcp.profiles import boards_found, entity_found, evidence_found, new_found, paper_found
from kg.server.served import ServedGraph
from kg.server.settings import Settings
from kg.server.turns import Turns
from kg.wire import plain

__all__ = ["Tools"]

T = TypeVar("T")

_WAITING = 32
_BOARDS, _LINES, _POINTS = 3, 60, 300
_CELL, _GRAPH = 500, 20_000  # characters of a value, and of a graph, that a query gives

Names = Annotated[list[Annotated[str, Field(max_length=1_000)]], Field(max_length=20)]
Name = Annotated[str, Field(min_length=1, max_length=1_000)]
Date = Annotated[str | None, Field(description="2024, 2024-06 or 2024-06-30, itself included.")]
Cursor = Annotated[str | None, Field(description="next_cursor of the answer before, with all else as it was.")]
Limit = Annotated[int, Field(ge=1, le=50, description="How many at once.")]


class Tools:
    """Answers from one graph, a few at once."""

    def __init__(self, served: ServedGraph, settings: Settings) -> None:
        self._served = served
        self._turns = Turns(max(1, settings.readers // 2), _WAITING, max(1.0, settings.seconds))
        self._queries = Turns(settings.sparql_workers, settings.sparql_waiting, settings.sparql_patience)

    def all(self) -> tuple[Callable[..., Any], ...]:
        """The tools, in the order of use."""
        return (
            self.find_papers,
            self.show_paper,
            self.evidence,
            self.list_entities,
            self.show_entity,
            self.leaderboard,
            self.related,
            self.compare,
            self.path,
            self.trend,
            self.whats_new,
            self.sparql,
        )

    async def find_papers(
        self,
        benchmark: Annotated[Names, Field(description="Benchmarks that a paper must all name.")] = [],  # noqa: B006
        method: Annotated[Names, Field(description="Methods, likewise; PPO finds its variants too.")] = [],  # noqa: B006
        model: Annotated[Names, Field(description="Models, likewise; Qwen finds Qwen2.5-7B too.")] = [],  # noqa: B006
        dataset: Annotated[Names, Field(description="Datasets, likewise.")] = [],  # noqa: B006
        task: Annotated[Names, Field(description="Tasks, likewise.")] = [],  # noqa: B006
        metric: Annotated[Names, Field(description="Metrics, likewise.")] = [],  # noqa: B006
        relation: Annotated[
            Relation | None, Field(description="What the paper must do with the first of these.")
        ] = None,
        text: Annotated[str | None, Field(description="Words of title or abstract, all of them.")] = None,
        author: Annotated[Names, Field(description="People who wrote it, by name or ORCID.")] = [],  # noqa: B006
        venue: Annotated[str | None, Field(description="Words of where it was published.")] = None,
        type: Annotated[PaperType | None, Field(description="What kind of publication.")] = None,
        since: Date = None,
        until: Date = None,
        exact: Annotated[bool, Field(description="Only the things named, not their variants and sizes.")] = False,
        limit: Limit = 10,
        cursor: Cursor = None,
    ) -> PapersFound:
        """Find papers by what they name, do, say, and when. Use this to answer "which papers use X", "who introduced
        X", "what is recent on X". Each paper comes with the sentence that proves the match and an id for show_paper and
        evidence. Without any filter: the newest papers."""
        words = {
            "benchmark": benchmark, "method": method, "model": model, "dataset": dataset, "task": task,
            "metric": metric, "relation": relation, "text": text, "author": author, "venue": venue, "type": type,
            "since": since, "until": until, "exact": exact or None,
        }  # fmt: skip
        found = await self._page("papers", words, limit, cursor)
        papers = [
            row | {"title": cut(row["title"]), "evidence": row["evidence"] and cut(row["evidence"])}
            for row in found["items"]
        ]
        return {
            "total": found["total"],
            "papers": papers,
            "next_cursor": found["next"],
            "left_out": found["left_out"],
        }

    async def show_paper(
        self, name: Annotated[Name, Field(description="Id, arXiv id, DOI, address, title, or words of its title.")]
    ) -> PaperFound:
        """Show one paper: its abstract, what it introduces, uses, trains and evaluates on, its results, and what its
        own things build on. Use it once you have a paper; for all sentences behind one link use evidence."""
        return paper_found(await self._ask("paper", name=name))

    async def evidence(
        self,
        paper: Annotated[Name, Field(description="The paper, as for show_paper.")],
        entity: Annotated[Name, Field(description="The entity that it names, by entity_id or any name.")],
    ) -> EvidenceFound:
        """Give every sentence that proves what a paper does with an entity, with character offsets. Use it before you
        claim something of a paper, and to quote."""

        def ask(graph: Graph) -> EvidenceFound:
            with graph.moment():
                profile: Any = plain(graph.paper(paper))
                linked = {each["entity_id"] for each in profile["links"]}
                return evidence_found(profile, entity if entity in linked else graph.entity(entity).entity.id)

        return await self._call(ask)

    async def list_entities(
        self,
        type: Annotated[EntityType | None, Field(description="Only things of this type.")] = None,
        min_papers: Annotated[int, Field(ge=1, le=2**31 - 1, description="Only what so many papers name.")] = 1,
        sort: Annotated[Literal["papers", "name"], Field(description="The most named first, or by name.")] = "papers",
        limit: Limit = 25,
        cursor: Cursor = None,
    ) -> EntitiesFound:
        """List the methods, models, datasets, benchmarks, metrics and tasks that papers name, with how many papers do.
        Use it to see what there is; the ids go into show_entity, leaderboard, related, compare and path."""
        found = await self._page("entities", {"type": type, "min_papers": min_papers, "sort": sort}, limit, cursor)
        return {"total": found["total"], "entities": found["items"], "next_cursor": found["next"]}

    async def show_entity(
        self,
        name: Annotated[Name, Field(description="Id, or any spelling: GRPO, Group Relative Policy Optimization.")],
        type: Annotated[EntityType | None, Field(description="Only a thing of this type.")] = None,
    ) -> EntityFound:
        """Show one method, model, dataset, benchmark, metric or task: its names, family, who introduced it, which
        papers do what with it, results, leaderboards, and what it often goes with."""
        return entity_found(await self._ask("entity", name=name, type=type))

    async def leaderboard(
        self,
        benchmark: Annotated[Name, Field(description="A benchmark, dataset or task.")],
        metric: Annotated[str | None, Field(description="Only in this metric.")] = None,
        split: Annotated[str | None, Field(description="Only on this part of the data, as test.")] = None,
        limit: Annotated[int, Field(ge=1, le=_LINES, description="How many systems of each board.")] = 15,
    ) -> BoardsFound:
        """Rank what papers report on a benchmark. There is a board for each metric and split, and numbers compare only
        within one; the fullest three are given, name a metric or split for others. Numbers are as papers state them,
        under settings that may differ."""
        metrics = [metric] if metric is not None else []
        found = await self._ask("leaderboards", benchmark=benchmark, metric=metrics, split=split)
        return boards_found(list(found), _BOARDS, limit)

    async def related(
        self,
        name: Annotated[Name, Field(description="An entity, by id or any name.")],
        type: Annotated[EntityType | None, Field(description="Only things of this type.")] = None,
        min_papers: Annotated[int, Field(ge=1, le=2**31 - 1, description="Named together by so many papers.")] = 2,
        limit: Limit = 15,
        cursor: Cursor = None,
    ) -> RelatedFound:
        """List what the same papers name as an entity, more often than chance has it, the surest first. Use it for
        "what is X evaluated on", "what is used with X"."""
        found = await self._page("related", {"name": name, "type": type, "min_papers": min_papers}, limit, cursor)
        return {"total": found["total"], "related": found["items"], "next_cursor": found["next"]}

    async def compare(
        self,
        left: Annotated[Name, Field(description="An entity or a paper, by id or name.")],
        right: Annotated[Name, Field(description="Another of the same kind.")],
    ) -> Compared:
        """Set two entities, or two papers, side by side: papers of both, relations, what they share, results on the
        same data."""
        lines: Any = await self._ask("compare", left=left, right=right)
        shown: Any = [each | {"what": cut(each["what"])} for each in lines[:_LINES]]
        return {"total": len(lines), "lines": shown}

    async def path(
        self,
        start: Annotated[Name, Field(description="An entity or a paper, by id or name.")],
        end: Annotated[Name, Field(description="An entity or a paper, by id or name.")],
    ) -> PathFound:
        """Find a shortest way between two things through papers and families, each step with its sentence. Use it for
        "how are X and Y connected"."""
        steps: Any = await self._ask("path", start=start, end=end)
        shown: Any = [each | {"evidence": each["evidence"] and cut(each["evidence"])} for each in steps]
        return {"steps": shown}

    async def trend(
        self,
        names: Annotated[list[Name], Field(min_length=1, max_length=5, description="Entities, by id or any name.")],
        by: Annotated[Literal["month", "quarter", "year"], Field(description="What a point is.")] = "quarter",
        since: Date = None,
        until: Date = None,
    ) -> TrendFound:
        """Count the papers that name some things over time, beside all papers of each period. Use it for "is X on the
        rise", "when did X begin". Compare shares, not counts: there are more papers every year."""
        points: Any = await self._ask("trend", names=names, by=by, since=since, until=until)
        return {"total": len(points), "points": list(points[-_POINTS:])}

    async def whats_new(
        self,
        since: Annotated[str | None, Field(description="2025-03-01: what builds brought since; else the last.")] = None,
        limit: Limit = 15,
    ) -> NewFound:
        """Tell what came into the graph lately: papers, and results that beat what stood before on the same benchmark,
        split and metric. Use it for "what is new"; find_papers with since is by the date of papers instead."""
        return new_found(await self._ask("new", since=since, limit=limit), limit)

    async def sparql(
        self,
        query: Annotated[str, Field(min_length=1, max_length=50_000, description="SELECT, ASK, CONSTRUCT, DESCRIBE.")],
        limit: Annotated[int, Field(ge=1, le=500, description="At most so many rows or triples.")] = 100,
    ) -> SparqlFound:
        """Ask the graph in SPARQL 1.1, for what the other tools cannot answer. Read the resources kg://ontology and
        kg://queries first. Prefixes kg, skos, dcterms, foaf, rdf, rdfs, prov, oa, mls, schema and xsd need no
        declaration; <benchmark/gsm8k> is the IRI of an id, <paper/arxiv/2402.03300> that of a paper."""

        def ask() -> SparqlFound:
            answer = self._served.sparql.ask(query, rows=limit)
            what = "triples" if answer.kind == "graph" else "rows"
            cut_off = f"there are more than these {answer.count} {what}; raise limit, or use OFFSET"
            found: SparqlFound = {"columns": [], "rows": [], "boolean": None, "graph": None, "cut": None}
            if answer.cut:
                found["cut"] = cut_off
            if answer.kind == "boolean":
                return found | {"boolean": answer.boolean()}
            if answer.kind == "graph":
                return found | {"graph": cut(answer.serialise("turtle").decode("utf-8", "replace"), _GRAPH)}
            rows = [{name: cut(text, _CELL) for name, text in row.items()} for row in _texts(answer.terms())]
            return found | {"columns": answer.columns(), "rows": rows}

        return await self._queries.call(ask)

    async def _page(self, name: str, words: Mapping[str, Any], limit: int, cursor: str | None) -> Any:
        state = self._served.state()
        return await self._call(lambda graph: page(graph, question(name), words_of(words), limit, cursor, state))

    async def _ask(self, asked: str, /, **words: Any) -> Any:
        return await self._call(lambda graph: plain(graph.ask(asked, **words_of(words))))

    async def _call(self, ask: Callable[[Graph], T]) -> T:
        def answer() -> T:
            with self._served.graph() as graph:
                return ask(graph)

        return await self._turns.call(answer)


def _texts(rows: Iterable[Mapping[str, Mapping[str, object]]]) -> Iterator[dict[str, str]]:
    """Rows of texts: a triple that is a value is written out."""
    for row in rows:
        yield {name: str(term["value"]) for name, term in row.items()}
